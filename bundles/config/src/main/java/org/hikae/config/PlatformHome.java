package org.hikae.config;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** The folder that a platform keeps its own things in. */
public final class PlatformHome {

    private PlatformHome() {}

    /**
     * A folder in the home, which may not be there yet: where the launcher says that the home is, or in the data of Karaf, or in
     * those of the bundle.
     *
     * @param name of the folder
     */
    public static Path folder(BundleContext context, String name) {
        String home = context.getProperty("hikae.home");
        String karaf = context.getProperty("karaf.data");
        Path root = home != null
                ? Path.of(home)
                : karaf != null
                        ? Path.of(karaf, "hikae")
                        : context.getDataFile("").toPath();
        return root.resolve(name);
    }
}
