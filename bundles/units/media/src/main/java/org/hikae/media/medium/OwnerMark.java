package org.hikae.media.medium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.SealedText;

/**
 * Whose a medium is, as an object on it says: one home owns a medium (R19).
 *
 * @param medium the medium's own id, which it keeps
 * @param home id of the home that owns it
 * @param since when that home took it
 */
record OwnerMark(UUID medium, UUID home, Instant since) {

    /** Name of the object. */
    static final String NAME = "hikae-medium";

    /** Where the next mark stands while the one before is replaced, so that a kill in between loses neither. */
    private static final String NEXT = "hikae-medium.next";

    private static final String MAGIC = "hikae-medium";
    private static final int VERSION = 1;
    private static final int MAX_LENGTH = 10_000;

    /**
     * The mark on a medium, if there is one.
     *
     * @throws DamagedException if it is damaged or of a newer version
     * @throws IOException if it cannot be read
     */
    static Optional<OwnerMark> read(Medium medium) throws IOException {
        Optional<OwnerMark> mark = read(medium, NAME);
        return mark.isPresent() ? mark : read(medium, NEXT);
    }

    private static Optional<OwnerMark> read(Medium medium, String name) throws IOException {
        byte[] bytes;
        try (ObjectReader reader = medium.open(name)) {
            bytes = new byte[(int) Math.min(reader.length(), MAX_LENGTH)];
            reader.read(ByteBuffer.wrap(bytes), 0);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(SealedText.decode(MAGIC, VERSION, bytes)));
        } catch (DamagedException e) {
            throw new DamagedException("the object " + name + ", which says whose the medium is, " + e.getMessage(), e);
        }
    }

    private static OwnerMark decode(ObjectNode json) throws DamagedException {
        try {
            return new OwnerMark(
                    UUID.fromString(text(json, "medium")),
                    UUID.fromString(text(json, "home")),
                    Instant.parse(text(json, "since")));
        } catch (RuntimeException e) {
            throw new DamagedException("makes no sense", e);
        }
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asText();
    }

    /** Writes the mark, instead of one that may be there. */
    void write(Medium on) throws IOException {
        ObjectNode json = SealedText.object();
        json.put("medium", medium.toString()).put("home", home.toString()).put("since", since.toString());
        byte[] text = SealedText.encode(MAGIC, VERSION, json);
        on.delete(NEXT);
        create(on, NEXT, text);
        on.delete(NAME);
        create(on, NAME, text);
        on.delete(NEXT);
    }

    private static void create(Medium on, String name, byte[] text) throws IOException {
        try (ObjectWriter writer = on.create(name)) {
            writer.write(ByteBuffer.wrap(text));
            writer.commit();
        }
    }
}
