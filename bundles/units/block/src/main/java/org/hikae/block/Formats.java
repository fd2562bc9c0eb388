package org.hikae.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DetectedFileSystem;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.FormatOptions;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.api.shared.spi.SharedFormat;
import org.hikae.block.allocation.FreeSpaceTable;

/** The one registry of file system formats, by the names that users choose them by. Thread-safe. */
final class Formats {

    private final Map<String, FileSystemFormat> formats = new ConcurrentSkipListMap<>();

    /**
     * What is on a disk.
     *
     * @param driver the name that users choose the format by
     * @param fileSystem what the driver said
     */
    record Found(String driver, DetectedFileSystem fileSystem) {}

    void bind(String name, FileSystemFormat format) {
        formats.put(name, format);
    }

    void unbind(String name, FileSystemFormat format) {
        formats.remove(name, format);
    }

    List<String> names() {
        List<String> names = new ArrayList<>(formats.keySet());
        names.add(DiskSettings.RAW);
        return names;
    }

    /** Those that nodes can write. */
    List<String> sharedNames() {
        return formats.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof SharedFormat)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The file system on a device, whatever its format.
     *
     * @return empty if no format knows it
     * @throws FileSystemRefusedException if one knows it, but cannot read it
     * @throws IOException if several formats know it
     */
    Optional<Found> detect(BlockDevice device) throws IOException {
        return only(all(device));
    }

    private List<Found> all(BlockDevice device) throws IOException {
        List<Found> found = new ArrayList<>();
        for (String name : formats.keySet()) {
            detect(name, device).ifPresent(fileSystem -> found.add(new Found(name, fileSystem)));
        }
        return found;
    }

    private static Optional<Found> only(List<Found> found) throws IOException {
        if (found.size() > 1) {
            throw new IOException("several formats find a file system of theirs on it: "
                    + String.join(", ", found.stream().map(Found::driver).toList()) + "; choose one with --format");
        }
        return found.stream().findFirst();
    }

    /** As {@link #detect(BlockDevice)}, of one format. */
    Optional<DetectedFileSystem> detect(String name, BlockDevice device) throws IOException {
        FileSystemFormat format = get(name);
        return Guard.call(name, () -> format.detect(device));
    }

    /**
     * Opens a file system.
     *
     * @param owned the device, if it is to be closed with the file system; else null
     */
    FileSystem open(String name, BlockDevice device, BlockDevice owned) throws IOException {
        FileSystemFormat format = get(name);
        return new OpenFileSystem(name, Guard.call(name, () -> format.open(device)), owned);
    }

    /**
     * Opens a file system by the name of a driver, or by an exact format. A format may have changed within its family since
     * it was noted, as ext3 becomes ext4; so an exact one only decides where several drivers find something.
     *
     * @param format raw or null: whatever there is
     * @throws IOException if no driver finds anything
     */
    FileSystem openAny(String format, BlockDevice device) throws IOException {
        if (format != null && formats.containsKey(format)) {
            return open(format, device, null);
        }
        List<Found> found = all(device);
        List<Found> exact = found.stream()
                .filter(one -> one.fileSystem().name().equals(format))
                .toList();
        Found chosen = only(exact.isEmpty() ? found : exact)
                .orElseThrow(() -> new IOException("no file system is found "
                        + (format == null || format.equals(DiskSettings.RAW)
                                ? "on it"
                                : "on it, though it was " + format)
                        + "; the formats that can be read are: " + String.join(", ", formats.keySet())));
        return open(chosen.driver(), device, null);
    }

    /** Makes an empty file system. */
    void format(String name, BlockDevice device, FormatOptions options) throws IOException {
        SharedFormat format = shared(name);
        Guard.call(name, () -> {
            format.format(device, options);
            return null;
        });
    }

    /** Opens a file system for use by nodes. */
    SharedFileSystem mount(String name, BlockDevice device) throws IOException {
        SharedFormat format = shared(name);
        return Guard.call(name, () -> format.mount(device, FreeSpaceTable::new));
    }

    /** Checks a file system. */
    CheckReport check(String name, BlockDevice device) throws IOException {
        SharedFormat format = shared(name);
        return Guard.call(name, () -> format.check(device));
    }

    private SharedFormat shared(String name) throws IOException {
        if (formats.get(name) instanceof SharedFormat format) {
            return format;
        }
        List<String> others = sharedNames();
        throw new IOException("the format '" + name + "' is none that is made, written or checked here; "
                + (others.isEmpty() ? "no bundle with such a format has been started" : "such formats are: ")
                + String.join(", ", others));
    }

    private FileSystemFormat get(String name) throws IOException {
        FileSystemFormat format = formats.get(name);
        if (format == null) {
            throw new IOException(
                    "the driver of its format '" + name + "' is not there: start the bundle that brings it");
        }
        return format;
    }
}
