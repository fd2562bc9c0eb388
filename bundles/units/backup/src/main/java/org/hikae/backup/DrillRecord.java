package org.hikae.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.hikae.api.backup.Drill;

/**
 * What is kept of the last drill of a generation, as JSON: see {@code docs/formats/drill.md}.
 *
 * @param expected what every drill must read, since the first one that could read all has read it; null: none could yet
 * @param expectedSince when that one ended; null likewise
 */
record DrillRecord(Drill drill, String expected, Instant expectedSince) {

    /** Grows when an older reader would misread a record, or when a digest is made of something else. */
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] write() throws IOException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", VERSION);
        node.put("generation", drill.generation());
        node.put("instant", drill.instant().toString());
        node.put("problem", drill.problem());
        node.put("checker", drill.checker());
        node.put("files", drill.files());
        node.put("bytes", drill.bytes());
        node.put("digest", drill.digest());
        node.put("expectedDigest", expected);
        node.put("expectedSince", expectedSince == null ? null : expectedSince.toString());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    }

    /** @throws IOException if it is no record, or a newer Hikae's */
    static DrillRecord read(byte[] bytes) throws IOException {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node == null || node.path("version").asInt() != VERSION) {
                throw new IOException("not a record of a drill, or that of a newer Hikae");
            }
            Drill drill = new Drill(
                    node.required("generation").asText(),
                    Instant.parse(node.required("instant").asText()),
                    text(node, "problem"),
                    text(node, "checker"),
                    node.required("files").asLong(),
                    node.required("bytes").asLong(),
                    text(node, "digest"));
            String since = text(node, "expectedSince");
            return new DrillRecord(drill, text(node, "expectedDigest"), since == null ? null : Instant.parse(since));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new IOException("not a record of a drill: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
}
