package org.hikae.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The file of a database of H2 in the home, which is the default.
 *
 * @param scheme the file system, by its name in H2
 * @param name of the file, without its end
 */
public record DatabaseFile(String scheme, Path folder, String name) {

    private static final String END = ".mv.db";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public DatabaseFile(Path folder, String name) {
        this("file", folder, name);
    }

    /**
     * It is closed by the platform, not by a hook of its own, when its bundle would be gone; and what is wrong is said by
     * exceptions, not in a file beside. A commit writes, so that a full disk is noticed. The cache is in KiB. Statements
     * are parsed once, however often they are prepared: there are fewer than are remembered.
     */
    String url() {
        return "jdbc:h2:" + scheme + ":" + folder.resolve(name).toAbsolutePath()
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;WRITE_DELAY=0;CACHE_SIZE=8192;QUERY_CACHE_SIZE=128";
    }

    public Path path() {
        return folder.resolve(name + END);
    }

    /** Gives the file another name, and returns that. */
    Path setAside(Instant now) throws IOException {
        String other = name + ".damaged-" + TIME.format(now);
        Path aside = folder.resolve(other + END);
        for (int i = 2; Files.exists(aside); i++) {
            aside = folder.resolve(other + "-" + i + END);
        }
        return Files.move(path(), aside);
    }

    /** Undoes {@link #setAside}; what has been begun instead is lost. */
    void putBack(Path aside) throws IOException {
        Files.move(aside, path(), StandardCopyOption.REPLACE_EXISTING);
    }
}
