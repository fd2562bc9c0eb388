package org.hikae.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.schedule.ScheduledRun.State;

/** A history in a file: JSON, with a version that grows when an older reader would misread it. */
final class HistoryJson {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private HistoryJson() {}

    static byte[] write(History history) throws IOException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", VERSION);
        node.put("handled", history.handled().toString());
        node.put("paused", history.paused());
        ArrayNode runs = node.putArray("runs");
        history.runs().forEach(run -> put(runs.addObject(), run));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    }

    private static void put(ObjectNode node, Run run) {
        put(node, "since", run.since());
        put(node, "due", run.due());
        node.put("covered", run.covered());
        node.put("full", run.full());
        put(node, "state", run.state());
        put(node, "started", run.started());
        put(node, "ended", run.ended());
        node.put("jobsBefore", run.jobsBefore());
        node.put("job", run.job());
        put(node, "generation", run.generation());
        put(node, "reason", run.reason());
    }

    private static void put(ObjectNode node, String name, Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    /** @throws IOException if it is no history, or a newer Hikae's */
    static History read(byte[] bytes) throws IOException {
        JsonNode node = tree(bytes);
        long version = node == null ? 0 : node.path("version").asLong();
        if (version > VERSION) {
            throw new IOException(
                    "written by a newer Hikae (version " + version + ", known are up to " + VERSION + ")");
        } else if (version < 1) {
            throw new IOException("not the record of a schedule");
        }
        try {
            List<Run> runs = new ArrayList<>();
            node.required("runs").forEach(run -> runs.add(run(run)));
            return new History(instant(node, "handled"), node.required("paused").booleanValue(), runs);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("not the record of a schedule: " + e.getMessage(), e);
        }
    }

    private static JsonNode tree(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("no JSON in line " + e.getLocation().getLineNr());
        }
    }

    private static Run run(JsonNode node) {
        State state = State.valueOf(node.required("state").asText());
        return new Run(
                instant(node, "since"),
                instant(node, "due"),
                node.required("covered").intValue(),
                node.required("full").booleanValue(),
                state,
                started(node, state),
                node.hasNonNull("ended") ? instant(node, "ended") : null,
                node.path("jobsBefore").longValue(),
                node.path("job").longValue(),
                text(node, "generation"),
                text(node, "reason"));
    }

    /** One that runs has begun, or nothing could be done with it; one may also have ended without. */
    private static Instant started(JsonNode node, State state) {
        boolean begun = state == State.RUNNING || (state != State.WAITING && node.hasNonNull("started"));
        return begun ? instant(node, "started") : null;
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(node.required(name).asText());
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
}
