package org.hikae.block;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DetectedFileSystem;
import org.hikae.io.FileDevice;

/**
 * The format of a disk that is to be added.
 *
 * @param driver the name that users choose it by; raw for none
 * @param blockSize bytes of the file system's blocks; of a raw disk, what disks have by default
 */
record FormatChoice(String driver, int blockSize) {

    private static final int RAW_BLOCK_SIZE = 4096;

    private static final String ADVICE =
            "; repair it, or add the disk with --format raw, so that backups take all of its blocks";

    /**
     * Looks at the disk; reads all of a file system that a backup needs to know.
     *
     * @param wanted what the user says that it is; null if nothing
     * @throws IOException if it is something else, or cannot be read
     */
    static FormatChoice make(Formats formats, Path path, String wanted) throws IOException {
        if (DiskSettings.RAW.equals(wanted)) {
            return new FormatChoice(DiskSettings.RAW, RAW_BLOCK_SIZE);
        }
        try (BlockDevice device = FileDevice.open(path, RAW_BLOCK_SIZE, FileDevice.Mode.READ)) {
            Optional<Formats.Found> found = detect(formats, device, wanted);
            if (found.isEmpty()) {
                checkKnown(formats, wanted);
            }
            if (found.isEmpty() && wanted != null) {
                throw new IOException(path + " holds no file system of format " + wanted);
            } else if (found.isEmpty()) {
                return new FormatChoice(DiskSettings.RAW, RAW_BLOCK_SIZE);
            }
            readAll(formats, device, found.get().driver());
            return new FormatChoice(
                    found.get().driver(), found.get().fileSystem().blockSize());
        } catch (FileSystemRefusedException e) {
            throw new IOException(path + " holds a file system that cannot be read: " + e.getMessage() + ADVICE, e);
        }
    }

    /** By a driver's name, that driver alone is asked; by an exact format, whoever finds it. */
    private static Optional<Formats.Found> detect(Formats formats, BlockDevice device, String wanted)
            throws IOException {
        if (wanted != null && formats.names().contains(wanted)) {
            return formats.detect(wanted, device).map(fileSystem -> new Formats.Found(wanted, fileSystem));
        }
        return formats.detect(device)
                .filter(found -> wanted == null || found.fileSystem().name().equals(wanted));
    }

    /**
     * The name that users choose the format by, of what a device holds; raw if no driver knows it.
     *
     * @param exact the format that it was once: it decides where several drivers find something
     */
    static String driver(Formats formats, BlockDevice device, String exact) throws IOException {
        if (exact.equals(DiskSettings.RAW) || formats.names().contains(exact)) {
            return exact;
        }
        String driver = DiskSettings.RAW;
        for (String name : formats.names()) {
            String found = name.equals(DiskSettings.RAW) ? null : exactFormat(formats, name, device);
            if (exact.equals(found)) {
                return name;
            }
            driver = found == null ? driver : name;
        }
        return driver;
    }

    /** Null if it is none of that driver's. */
    private static String exactFormat(Formats formats, String driver, BlockDevice device) throws IOException {
        try {
            return formats.detect(driver, device).map(DetectedFileSystem::name).orElse(null);
        } catch (FileSystemRefusedException e) {
            return ""; // damaged, and this driver's nevertheless
        }
    }

    private static void checkKnown(Formats formats, String wanted) throws IOException {
        if (wanted != null && !formats.names().contains(wanted)) {
            throw new IOException("the disk holds nothing of a format '" + wanted + "'; the formats are: "
                    + String.join(", ", formats.names()));
        }
    }

    private static void readAll(Formats formats, BlockDevice device, String driver) throws IOException {
        try (FileSystem fileSystem = formats.open(driver, device, null)) {
            fileSystem.info();
            fileSystem.used();
        }
    }
}
