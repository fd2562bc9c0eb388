package org.hikae.media.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hikae.io.DurableFiles;
import org.hikae.media.format.GenerationId;

/** Who needs which generation as it is, durably in the home (R21). Thread-safe. */
final class Holds {

    private final Path folder;

    /** @param folder where the home remembers: a file for each generation that is held, a line in it for each holder */
    Holds(Path folder) {
        this.folder = folder;
    }

    /**
     * Adds a holder.
     *
     * @return false if it was there already
     */
    synchronized boolean add(GenerationId id, String holder) throws IOException {
        if (holder.isBlank() || holder.lines().count() != 1 || !holder.strip().equals(holder)) {
            throw new IllegalArgumentException("a holder is one line of text, and not '" + holder + "'");
        }
        TreeSet<String> holders = new TreeSet<>(of(id));
        if (!holders.add(holder)) {
            return false;
        }
        DurableFiles.createFolders(folder);
        write(id, holders);
        return true;
    }

    synchronized void remove(GenerationId id, String holder) throws IOException {
        TreeSet<String> holders = new TreeSet<>(of(id));
        if (!holders.remove(holder)) {
            return;
        }
        if (holders.isEmpty()) {
            Files.deleteIfExists(file(id));
            DurableFiles.forceFolder(folder);
        } else {
            write(id, holders);
        }
    }

    private void write(GenerationId id, TreeSet<String> holders) throws IOException {
        DurableFiles.replace(file(id), (String.join("\n", holders) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Who holds a generation. */
    synchronized List<String> of(GenerationId id) throws IOException {
        return Files.exists(file(id))
                ? Files.readString(file(id))
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList()
                : List.of();
    }

    /** Who holds which, by the generations' ids. */
    synchronized Map<String, List<String>> all() throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        for (GenerationId id : held()) {
            all.put(id.toString(), of(id));
        }
        return all;
    }

    private List<GenerationId> held() throws IOException {
        List<GenerationId> held = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file ->
                        GenerationId.parse(file.getFileName().toString()).ifPresent(held::add));
            }
        }
        return held;
    }

    /** @throws IOException if anybody holds a generation; says who, and what cannot be done */
    void check(GenerationId id, String what) throws IOException {
        List<String> holders = of(id);
        if (!holders.isEmpty()) {
            throw new IOException("generation " + id + " cannot be " + what + ": it is held by "
                    + String.join(", ", holders) + "; end that first");
        }
    }

    private Path file(GenerationId id) {
        return folder.resolve(id.toString());
    }
}
