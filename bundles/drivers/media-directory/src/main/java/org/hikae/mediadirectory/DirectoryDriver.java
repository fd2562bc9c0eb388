package org.hikae.mediadirectory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.io.DurableFiles;
import org.osgi.service.component.annotations.Component;

/** Media that are folders of a file system: every object is a file. The location is the folder's absolute path. */
@Component(property = MediumDriver.NAME + "=directory")
public final class DirectoryDriver implements MediumDriver {

    @Override
    public Medium open(String location) throws IOException {
        Path folder = parse(location);
        if (!Files.exists(folder)) {
            create(folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder; give the path of one, or of one to be made");
        }
        return new DirectoryMedium(folder.toRealPath());
    }

    private static Path parse(String location) throws IOException {
        Path folder;
        try {
            folder = Path.of(location);
        } catch (InvalidPathException e) {
            throw new IOException("'" + location + "' is not a path: " + e.getReason(), e);
        }
        if (!folder.isAbsolute()) {
            throw new IOException("'" + location + "' is not an absolute path; give the folder's path from / on");
        }
        return folder.normalize();
    }

    /** Makes the last folder of the path alone: a missing parent is a typing error, or a disk that is not mounted. */
    private static void create(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException(
                    parent + " is not there; make it, or mount what it is on, before " + folder + " can be made in it");
        }
        try {
            Files.createDirectory(folder);
            // What is kept here is the content of disks, which not every user may read.
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            DurableFiles.forceFolder(parent);
        } catch (IOException e) {
            throw new IOException("cannot make the folder " + folder + ": " + Failures.reason(e), e);
        }
    }
}
