package org.hikae.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;

/** The paths in configurations of disks, which somebody may have edited into what no disk can be. */
final class ConfiguredPaths {

    private ConfiguredPaths() {}

    /** Null if there is none. */
    static Path path(Dictionary<String, Object> configuration) {
        Object path = configuration.get("path");
        try {
            return path == null ? null : Path.of(path.toString());
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /**
     * The disk that a file is.
     *
     * @param configured configurations by the names of the disks
     */
    static Optional<String> diskAt(Map<String, Dictionary<String, Object>> configured, Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Dictionary<String, Object>> entry : configured.entrySet()) {
            Path disk = path(entry.getValue());
            if (disk != null && Files.exists(disk) && Files.isSameFile(disk, file)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }
}
