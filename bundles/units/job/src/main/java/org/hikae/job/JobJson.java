package org.hikae.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;

/** The record of a job in a file: JSON, with a version that grows when an older reader would misread it. */
final class JobJson {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private JobJson() {}

    static byte[] write(JobInfo job) throws IOException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", VERSION);
        node.put("id", job.id());
        node.put("kind", job.kind());
        node.put("subject", job.subject());
        node.put("state", job.state().name());
        node.put("phase", job.phase());
        node.put("doneBytes", job.doneBytes());
        node.put("totalBytes", job.totalBytes());
        node.put("bytesPerSecond", job.bytesPerSecond());
        node.put("started", job.started().toString());
        node.put("ended", job.ended() == null ? null : job.ended().toString());
        node.put("reason", job.reason());
        ObjectNode result = node.putObject("result");
        job.result().forEach((name, value) -> put(result, name, value));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    }

    /** @throws IOException if it is no record, or a newer Hikae's */
    static JobInfo read(byte[] bytes) throws IOException {
        JsonNode node = tree(bytes);
        long version = node == null ? 0 : node.path("version").asLong();
        if (version > VERSION) {
            throw new IOException(
                    "written by a newer Hikae (version " + version + ", known are up to " + VERSION + ")");
        } else if (version < 1) {
            throw new IOException("not a record of a job");
        }
        try {
            return info(node);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("not a record of a job: " + e.getMessage(), e);
        }
    }

    private static JsonNode tree(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("no JSON in line " + e.getLocation().getLineNr());
        }
    }

    /** The result as it would be read back: numbers are {@code Long} or {@code Double}, everything else text. */
    static Map<String, Object> plain(Map<String, Object> result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        result.forEach((name, value) -> put(node, name, value));
        return values(node);
    }

    private static JobInfo info(JsonNode node) {
        return new JobInfo(
                node.required("id").longValue(),
                node.required("kind").asText(),
                node.required("subject").asText(),
                State.valueOf(node.required("state").asText()),
                false,
                text(node, "phase"),
                node.path("doneBytes").asLong(),
                node.path("totalBytes").asLong(-1),
                node.path("bytesPerSecond").asLong(),
                -1,
                Instant.parse(node.required("started").asText()),
                text(node, "ended") == null ? null : Instant.parse(text(node, "ended")),
                text(node, "reason"),
                values(node.path("result")));
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }

    private static void put(ObjectNode node, String name, Object value) {
        if (value instanceof Boolean flag) {
            node.put(name, flag);
        } else if (value instanceof Float || value instanceof Double) {
            node.put(name, ((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            node.put(name, number.longValue());
        } else {
            node.put(name, value == null ? null : value.toString());
        }
    }

    private static Map<String, Object> values(JsonNode node) {
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
        return Collections.unmodifiableMap(values);
    }

    private static Object value(JsonNode node) {
        if (node.isNull()) {
            return null;
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.isNumber() ? (Object) node.doubleValue() : node.asText();
    }
}
