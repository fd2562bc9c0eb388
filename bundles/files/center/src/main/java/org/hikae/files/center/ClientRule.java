package org.hikae.files.center;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tells the center of what is configured of one client. */
@Component(
        service = ClientRule.class,
        immediate = true,
        configurationPid = CenterSettings.CLIENT_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ClientConfig.class, factory = true)
public final class ClientRule {

    private final CenterWatch watch;

    @Activate
    public ClientRule(@Reference CenterWatch watch) {
        this.watch = watch;
        watch.changed();
    }

    @Modified
    void changed() {
        watch.changed();
    }

    @Deactivate
    void deactivate() {
        watch.changed();
    }
}
