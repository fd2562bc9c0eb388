package org.hikae.media.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** A home and its media, which are made once and put back as often as a test changes them. */
public final class MadeOnce {

    private final Path folder;
    private final Path made;
    private final List<MemoryDriver> media;
    private final Map<MemoryDriver, SortedMap<String, byte[]>> kept = new HashMap<>();
    private int copies;
    private Path home;

    /** @param folder for homes */
    public MadeOnce(Path folder, MemoryDriver... media) throws IOException {
        this.folder = folder;
        this.media = List.of(media);
        made = Files.createDirectory(folder.resolve("home"));
        home = made;
    }

    /** That of the platform now. */
    public Path home() {
        return home;
    }

    /** All is made. */
    public void keep() {
        media.forEach(driver -> kept.put(driver, driver.copy()));
    }

    /** All is as it was made, in a home that remembers no more than was so then. */
    public void putBack() throws IOException {
        kept.forEach((driver, objects) -> {
            driver.objects.clear();
            driver.objects.putAll(objects);
        });
        home = folder.resolve("home" + copies++);
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.toList()) {
                Files.copy(file, home.resolve(made.relativize(file).toString()));
            }
        }
    }
}
