package org.hikae.media.medium;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.io.DurableFiles;
import org.hikae.media.format.DamagedException;

/**
 * This unit's folder in the platform's home.
 *
 * @param id the home's id, which media carry as their owner's
 */
public record Home(Path folder, UUID id) {

    /** Opens the folder; the first time it is made, and the home gets its id. */
    public static Home open(Path folder) throws IOException {
        DurableFiles.createFolders(folder);
        Path file = folder.resolve("home-id");
        if (!Files.exists(file)) {
            DurableFiles.replace(file, (UUID.randomUUID() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        String text = Files.readString(file).strip();
        try {
            return new Home(folder, UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new DamagedException(
                    file + " does not hold the id of this home; bring it back, or remove it and take your media over",
                    e);
        }
    }
}
