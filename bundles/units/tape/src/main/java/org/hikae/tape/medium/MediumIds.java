package org.hikae.tape.medium;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.io.DurableFiles;

/** The ids of media by library and pool, each given once and kept in the home. Thread-safe. */
final class MediumIds {

    private final Path folder;

    /** @param folder one file for each, {@code LIBRARY@POOL}, which holds the id */
    MediumIds(Path folder) {
        this.folder = folder;
    }

    /** Is told of an id before it is used for the first time. */
    @FunctionalInterface
    interface Beginning {
        void of(UUID id) throws IOException;
    }

    /** @throws IOException if it cannot be read or stored, or the other cannot take it in */
    synchronized UUID of(String library, String pool, Beginning beginning) throws IOException {
        Path file = folder.resolve(library + "@" + pool);
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        file + " does not hold the id of a medium; bring it back, or remove it and run"
                                + " 'catalog rebuild --from tape'",
                        e);
            }
        }
        UUID id = UUID.randomUUID();
        beginning.of(id);
        DurableFiles.createFolders(folder);
        DurableFiles.replace(file, (id + "\n").getBytes(StandardCharsets.US_ASCII));
        return id;
    }
}
