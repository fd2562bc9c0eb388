package org.hikae.tapevirtual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/** A library of one drive and a few slots, whose first cartridge can be loaded. */
final class Rig implements AutoCloseable {

    static final Place SLOT = new Place(Kind.SLOT, 0);
    static final Place DRIVE = new Place(Kind.DRIVE, 0);

    private final VirtualLibraryDriver driver = new VirtualLibraryDriver();
    private final Path folder;
    private VirtualLibrary library;

    /** @param options pairs of names and values */
    Rig(Path folder, String... options) throws IOException {
        this.folder = folder;
        Map<String, String> all = new HashMap<>(Map.of("slots", "4", "cartridges", "3", "prefix", "HK"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        driver.prepare(folder.toString(), all);
        library = driver.open(folder.toString());
    }

    VirtualLibrary library() {
        return library;
    }

    /** The first cartridge's file, wherever it is. */
    Path file() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals("HK0001L9.tap"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The drive with the first cartridge. */
    VirtualDrive loaded() throws IOException {
        VirtualDrive drive = library.drive(0);
        if (!drive.isLoaded()) {
            if (library.inventory().stream().noneMatch(e -> e.place().equals(DRIVE) && e.isFull())) {
                library.move(SLOT, DRIVE);
            }
            drive.load();
        }
        return drive;
    }

    /** Opens the library again. */
    void reopen() throws IOException {
        library.close();
        library = driver.open(folder.toString());
    }

    @Override
    public void close() throws IOException {
        library.close();
    }
}
