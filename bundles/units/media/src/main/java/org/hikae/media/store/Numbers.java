package org.hikae.media.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.io.DurableFiles;
import org.hikae.media.format.DamagedException;

/**
 * Numbers of generations, per disk: kept in the home, so that a number is not given again after its generation was
 * removed or came to nothing. Not thread-safe.
 */
final class Numbers {

    private final Path folder;

    Numbers(Path folder) {
        this.folder = folder;
    }

    /**
     * The next number of a disk, durably taken.
     *
     * @param seen the highest number seen on media: more than the home knows of if the home is a new one
     */
    long next(String disk, long seen) throws IOException {
        DurableFiles.createFolders(folder);
        Path file = folder.resolve(disk);
        long next = Math.addExact(Math.max(seen, last(file)), 1);
        DurableFiles.replace(file, (next + "\n").getBytes(StandardCharsets.US_ASCII));
        return next;
    }

    private static long last(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9]{1,18}")) {
            throw new DamagedException(file + " does not hold the number of a generation: write the highest one that"
                    + " this disk has had into it");
        }
        return Long.parseLong(text);
    }
}
