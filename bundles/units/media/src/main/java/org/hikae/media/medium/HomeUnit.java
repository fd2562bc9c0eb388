package org.hikae.media.medium;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds the home of the platform. */
@Component(service = HomeUnit.class)
public final class HomeUnit {

    private final Home home;

    @Activate
    public HomeUnit(BundleContext context) throws IOException {
        home = Home.open(folder(context));
    }

    public Home home() {
        return home;
    }

    private static Path folder(BundleContext context) {
        String home = context.getProperty("hikae.home");
        String karaf = context.getProperty("karaf.data");
        File data = context.getDataFile("");
        Path root = home != null ? Path.of(home) : karaf != null ? Path.of(karaf, "hikae") : data.toPath();
        return root.resolve("media");
    }
}
