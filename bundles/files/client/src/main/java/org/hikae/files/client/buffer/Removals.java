package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hikae.io.DurableFiles;

/**
 * Removes rows with all the runs that they have. That a row is to go is noted in the buffer first, in an empty file, durably: if the row is gone
 * when the platform begins again, its runs go too, which nobody would send or delete otherwise. If the row is still there nothing has
 * happened.
 */
public final class Removals {

    /** Before the row's name; no row's name begins with a dot. */
    private static final String PREFIX = ".removed-";

    private final Buffer buffer;

    public Removals(Buffer buffer) {
        this.buffer = buffer;
    }

    /** Removes the row itself. */
    @FunctionalInterface
    public interface Row {
        /** @throws IOException if it is still there */
        void remove() throws IOException;
    }

    /**
     * Removes a row and its runs, whether these can be read or not.
     *
     * @throws IOException if the row is still there, or something of its runs is: that goes the next time
     */
    public void remove(String name, Row row) throws IOException {
        DurableFiles.replace(note(name), new byte[0]);
        try {
            row.remove();
        } catch (IOException e) {
            forget(name);
            throw e;
        }
        buffer.forget(name);
        forget(name);
    }

    /**
     * Finishes what was begun before the platform ended.
     *
     * @param rows whether there is a row of that name
     */
    public void finish(Predicate<String> rows) throws IOException {
        List<Path> notes = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(buffer.folder(), PREFIX + "*")) {
            found.forEach(notes::add);
        }
        for (Path each : notes) {
            String name = each.getFileName().toString().substring(PREFIX.length());
            if (!rows.test(name)) {
                buffer.forget(name);
            }
            forget(name);
        }
    }

    private Path note(String name) {
        return buffer.folder().resolve(PREFIX + name);
    }

    private void forget(String name) throws IOException {
        Files.deleteIfExists(note(name));
        DurableFiles.forceFolder(buffer.folder());
    }
}
