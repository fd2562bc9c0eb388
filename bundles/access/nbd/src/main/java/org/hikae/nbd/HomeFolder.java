package org.hikae.nbd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hikae.config.PlatformHome;
import org.hikae.wire.Ownership;
import org.osgi.framework.BundleContext;

/** Where the socket goes. */
final class HomeFolder {

    private HomeFolder() {}

    /**
     * The home, if its owner alone can enter it; else a folder in it that is made so.
     *
     * @throws IOException if others can enter that one
     */
    static Path find(BundleContext context) throws IOException {
        Path root = PlatformHome.folder(context, "");
        Files.createDirectories(root);
        return Ownership.isPrivateFolder(root) ? root : within(root.toRealPath());
    }

    private static Path within(Path root) throws IOException {
        Path folder = root.resolve("nbd");
        if (!Files.exists(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(Ownership.PRIVATE_FOLDER));
        }
        if (!Ownership.isPrivateFolder(folder)) {
            throw new IOException("others can enter " + folder + ": make it your own, with mode 0700");
        }
        return folder;
    }
}
