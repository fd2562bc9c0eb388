package org.hikae.nbd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hikae.wire.Ownership;
import org.osgi.framework.BundleContext;

/** Where the socket goes. */
final class HomeFolder {

    private HomeFolder() {}

    /**
     * The home, which its owner alone can enter; in a container without one a folder that is made so.
     *
     * @throws IOException if others can enter it
     */
    static Path find(BundleContext context) throws IOException {
        String home = context.getProperty("hikae.home");
        if (home != null) {
            return Path.of(home);
        }
        String karaf = context.getProperty("karaf.data");
        Path data = karaf != null
                ? Path.of(karaf, "hikae")
                : context.getDataFile("").toPath();
        Path folder = data.resolve("nbd");
        Files.createDirectories(data);
        if (!Files.exists(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(Ownership.PRIVATE_FOLDER));
        }
        if (!Ownership.isPrivateFolder(folder)) {
            throw new IOException("others can enter " + folder + ": make it your own, with mode 0700");
        }
        return folder.toRealPath();
    }
}
