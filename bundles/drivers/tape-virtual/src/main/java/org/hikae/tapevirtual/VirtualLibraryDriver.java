package org.hikae.tapevirtual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.hikae.io.DurableFiles;
import org.osgi.service.component.annotations.Component;

/**
 * Libraries that are folders, whose cartridges are files in the format of SIMH. The location is the folder's absolute path.
 * Thread-safe.
 */
@Component(property = TapeLibraryDriver.NAME + "=virtual")
public final class VirtualLibraryDriver implements TapeLibraryDriver {

    @Override
    public void prepare(String location, Map<String, String> options) throws IOException {
        Options wanted = new Options(options);
        Path folder = parse(location);
        wanted.settings(Barcodes.prefix(folder)); // before anything is made
        if (!Files.exists(folder)) {
            create(folder);
        }
        new Preparation(real(folder), wanted).run();
    }

    @Override
    public VirtualLibrary open(String location) throws IOException {
        Path folder = real(parse(location));
        Settings settings = new SettingsFile(folder).read(Barcodes.prefix(folder));
        if (settings == null) {
            throw new IOException(folder + " is no library: there is no " + SettingsFile.NAME);
        }
        return new VirtualLibrary(folder, settings, settings.passing());
    }

    private static Path real(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder; give the path of one, or of one to be made");
        }
        return folder.toRealPath();
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
        Files.createDirectory(folder);
        // What is kept here is the content of disks, which not every user may read.
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        DurableFiles.forceFolder(parent);
    }
}
