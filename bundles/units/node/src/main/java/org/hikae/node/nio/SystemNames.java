package org.hikae.node.nio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of numbers as the operating system knows them: a file such as {@code /etc/passwd}, whose lines begin with name,
 * password and number. Read again when it has changed. Thread-safe.
 */
final class SystemNames {

    private final Path file;
    private volatile Names names = new Names(FileTime.fromMillis(0));

    SystemNames(Path file) {
        this.file = file;
    }

    Optional<String> name(long id) {
        return Optional.ofNullable(names().byId.get(id));
    }

    Optional<Long> id(String name) {
        return Optional.ofNullable(names().byName.get(name));
    }

    /** Where the system has no such file, or a broken one, files have numbers for owners: no reason to fail. */
    private Names names() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            if (!names.modified.equals(modified)) {
                names = read(modified);
            }
        } catch (IOException e) {
            return names;
        }
        return names;
    }

    private Names read(FileTime modified) throws IOException {
        Names read = new Names(modified);
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 3 && fields[2].matches("[0-9]{1,10}")) {
                long id = Long.parseLong(fields[2]);
                read.byId.putIfAbsent(id, fields[0]);
                read.byName.putIfAbsent(fields[0], id);
            }
        }
        return read;
    }

    private static final class Names {
        private final FileTime modified;
        private final Map<Long, String> byId = new ConcurrentHashMap<>();
        private final Map<String, Long> byName = new ConcurrentHashMap<>();

        private Names(FileTime modified) {
            this.modified = modified;
        }
    }
}
