package org.hikae.tape.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.io.DurableFiles;

/**
 * This unit's folder in the platform's home.
 *
 * @param folder it
 * @param id the home's id, which the labels of its cartridges carry
 */
public record TapeHome(Path folder, UUID id) {

    /** Opens the folder; the first time it is made, and the home gets its id. */
    public static TapeHome open(Path folder) throws IOException {
        DurableFiles.createFolders(folder);
        Path file = folder.resolve("home-id");
        if (!Files.exists(file)) {
            DurableFiles.replace(file, (UUID.randomUUID() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        String text = Files.readString(file).strip();
        try {
            return new TapeHome(folder, UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file
                            + " does not hold the id of this home; bring it back, or remove it: then the cartridges"
                            + " that this home has labelled are another one's until they are scanned",
                    e);
        }
    }
}
