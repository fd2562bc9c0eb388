package org.hikae.logpernode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two files of one temporary log.
 *
 * @param list the log management file (32)
 * @param data the before-images
 */
record LogFiles(Path list, Path data) {

    private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);

    private static final Pattern NAME =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.(list|data)");

    static LogFiles in(Path folder, UUID id) {
        return new LogFiles(folder.resolve(id + ".list"), folder.resolve(id + ".data"));
    }

    /** Whether the file can only be one of a temporary log. */
    static boolean isOne(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    /** What cannot be removed now is removed before the folder is used again. */
    void delete() {
        delete(list);
        delete(data);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("the temporary log {} cannot be removed yet", file, e);
        }
    }
}
