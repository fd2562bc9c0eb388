package org.hikae.media.medium;

import java.io.IOException;
import org.hikae.config.PlatformHome;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds the home of the platform. */
@Component(service = HomeUnit.class)
public final class HomeUnit {

    private final Home home;

    @Activate
    public HomeUnit(BundleContext context) throws IOException {
        home = Home.open(PlatformHome.folder(context, "media"));
    }

    public Home home() {
        return home;
    }
}
