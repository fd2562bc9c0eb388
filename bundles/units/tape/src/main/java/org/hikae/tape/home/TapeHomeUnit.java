package org.hikae.tape.home;

import java.io.IOException;
import org.hikae.config.PlatformHome;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds the home of the platform. */
@Component(service = TapeHomeUnit.class)
public final class TapeHomeUnit {

    private final TapeHome home;

    @Activate
    public TapeHomeUnit(BundleContext context) throws IOException {
        home = TapeHome.open(PlatformHome.folder(context, "tape"));
    }

    public TapeHome home() {
        return home;
    }
}
