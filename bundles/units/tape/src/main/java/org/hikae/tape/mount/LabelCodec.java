package org.hikae.tape.mount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.hikae.api.tape.spi.RecordLimits;
import org.hikae.tape.home.NotSealedException;
import org.hikae.tape.home.SealedText;

/** The label as the record at position 0 of a cartridge. */
public final class LabelCodec {

    /** No label is longer: what is longer is none. */
    public static final int MOST = 16 << 10;

    private static final String MAGIC = "hikae-tape";
    private static final int VERSION = 1;

    private LabelCodec() {}

    /**
     * The record.
     *
     * @throws IOException if a drive with these limits cannot take it
     */
    public static byte[] encode(Label label, RecordLimits limits) throws IOException {
        ObjectNode content = SealedText.object();
        write(label, content);
        byte[] plain = SealedText.encode(MAGIC, VERSION, content, 0);
        int length = fit(plain.length, limits);
        if (length > Math.min(MOST, limits.most())) {
            throw new IOException("the drive takes no record of " + plain.length + " bytes, which a label needs");
        }
        return SealedText.encode(MAGIC, VERSION, content, length);
    }

    /** The shortest record that holds so many bytes. */
    private static int fit(int length, RecordLimits limits) {
        long over = Math.max(0, (long) length - limits.least());
        long steps = (over + limits.step() - 1) / limits.step();
        return (int) Math.min(Integer.MAX_VALUE, limits.least() + steps * limits.step());
    }

    /** Whether a record begins as a label does, damaged or not. */
    static boolean begins(byte[] record) {
        return new String(record, 0, Math.min(record.length, MAGIC.length()), StandardCharsets.ISO_8859_1)
                .equals(MAGIC);
    }

    /** @throws NotSealedException if it is no label, or damaged; the message goes on after "its first record" */
    public static Label decode(byte[] record) throws NotSealedException {
        ObjectNode content = SealedText.decode(MAGIC, VERSION, record);
        try {
            return read(content);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new NotSealedException("is a label without what a label says", e);
        }
    }

    static void write(Label label, ObjectNode content) {
        content.put("volume", label.volume().toString())
                .put("barcode", label.barcode())
                .put("pool", label.pool())
                .put("home", label.home().toString())
                .put("labelled", label.labelled().toString());
    }

    /**
     * @throws IllegalArgumentException if an id is none
     * @throws DateTimeException if the time is none
     */
    static Label read(JsonNode content) {
        return new Label(
                UUID.fromString(content.path("volume").asText()),
                content.path("barcode").asText(),
                content.path("pool").isTextual() ? content.path("pool").asText() : null,
                UUID.fromString(content.path("home").asText()),
                Instant.parse(content.path("labelled").asText()));
    }
}
