package org.hikae.tape.home;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.hikae.io.DurableFiles;

/** The settings, kept in the file {@code settings.json}. Thread-safe. */
public final class SettingsFile {

    private static final String MAGIC = "hikae-tape-settings";
    private static final int VERSION = 1;

    private final Path file;
    private volatile Settings settings;

    /**
     * Reads the file; where there is none, nobody has chosen anything.
     *
     * @throws IOException if it cannot be read, or is not what was written
     */
    public SettingsFile(TapeHome home) throws IOException {
        file = home.folder().resolve("settings.json");
        settings = Files.exists(file) ? decode(Files.readAllBytes(file)) : Settings.DEFAULT;
    }

    /** The settings as they are now. */
    public Settings get() {
        return settings;
    }

    /**
     * Changes them, durably.
     *
     * @throws IOException if they cannot be stored: then they are as they were
     */
    public synchronized Settings change(UnaryOperator<Settings> change) throws IOException {
        Settings next = change.apply(settings);
        ObjectNode content = SealedText.object()
                .put("buffer", next.buffer())
                .put("bufferBytes", next.bufferBytes())
                .put("patience", next.patience().toString());
        DurableFiles.replace(file, SealedText.encode(MAGIC, VERSION, content, 0));
        settings = next;
        return next;
    }

    private Settings decode(byte[] bytes) throws IOException {
        try {
            ObjectNode content = SealedText.decode(MAGIC, VERSION, bytes);
            return new Settings(
                    content.path("buffer").asText(),
                    content.path("bufferBytes").asLong(),
                    Duration.parse(content.path("patience").asText()));
        } catch (NotSealedException | DateTimeException | IllegalArgumentException e) {
            throw new IOException(
                    file + " " + e.getMessage()
                            + "; bring it back, or remove it: then buffer and patience are the usual ones",
                    e);
        }
    }
}
