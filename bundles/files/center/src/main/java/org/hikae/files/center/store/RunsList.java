package org.hikae.files.center.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hikae.api.files.RunInfo;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.files.center.table.RunRow;

/**
 * Runs of a backup that are not kept, as an object on the medium: what is left of them does not bring them back when the tables are
 * made anew. A line {@code hikae-files-runs 1 CRC32C}, then JSON. The list with the highest number counts, and says what those before
 * say, too.
 */
record RunsList(List<Run> runs) {

    private static final String MAGIC = "hikae-files-runs 1 ";
    private static final int HEAD = MAGIC.length() + 9;
    private static final int MAX = 64 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A run.
     *
     * @param durable number of its frames that were here
     * @param complete whether these were all
     */
    record Run(RunInfo info, RunRow.State state, long durable, boolean complete) {}

    void write(Medium medium, PartName name) throws IOException {
        try (ObjectWriter writer = medium.create(name.toString())) {
            writer.write(ByteBuffer.wrap(encode()));
            writer.commit();
        }
    }

    private byte[] encode() throws IOException {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("runs");
        for (Run run : runs) {
            all.addObject()
                    .put("state", run.state.name())
                    .put("durable", run.durable)
                    .put("complete", run.complete)
                    .set("run", RunText.json(run.info));
        }
        byte[] text = JSON.writeValueAsBytes(json);
        byte[] head =
                (MAGIC + String.format(Locale.ROOT, "%08x\n", PartHead.crc(text))).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, bytes, head.length, text.length);
        return bytes;
    }

    /** @throws DamagedPartException if it is no list, or damaged */
    static RunsList read(Medium medium, PartName name) throws IOException {
        byte[] bytes;
        try (ObjectReader reader = medium.open(name.toString())) {
            if (reader.length() < HEAD || reader.length() > MAX) {
                throw new DamagedPartException("it has " + reader.length() + " bytes");
            }
            bytes = new byte[(int) reader.length()];
            reader.read(ByteBuffer.wrap(bytes), 0);
        }
        byte[] text = Arrays.copyOfRange(bytes, HEAD, bytes.length);
        String head = new String(bytes, 0, HEAD, StandardCharsets.UTF_8);
        if (!head.equals(MAGIC + String.format(Locale.ROOT, "%08x\n", PartHead.crc(text)))) {
            throw new DamagedPartException("it is damaged");
        }
        try {
            List<Run> runs = new ArrayList<>();
            for (JsonNode each : JSON.readTree(text).path("runs")) {
                runs.add(new Run(
                        RunText.read(each.path("run")),
                        RunRow.State.valueOf(each.path("state").asText()),
                        each.path("durable").asLong(),
                        each.path("complete").asBoolean()));
            }
            return new RunsList(runs);
        } catch (RuntimeException e) {
            throw new DamagedPartException("it makes no sense", e);
        }
    }
}
