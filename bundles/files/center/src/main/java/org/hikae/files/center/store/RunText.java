package org.hikae.files.center.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;

/** What is said of a run when it is announced, as text: in parts and tables. */
public final class RunText {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private RunText() {}

    public static String write(RunInfo run) {
        return json(run).toString();
    }

    static ObjectNode json(RunInfo run) {
        ObjectNode json = JSON.createObjectNode();
        json.put("origin", run.id().origin())
                .put("backup", run.id().backup())
                .put("number", run.id().number())
                .put("identity", run.identity().toString())
                .put("base", run.base())
                .put("taken", run.taken().toString())
                .put("finish", run.finish())
                .put("frames", run.frames())
                .put("bytes", run.bytes())
                .put("files", run.files());
        if (run.baseIdentity() != null) {
            json.put("baseIdentity", run.baseIdentity().toString());
        }
        TransferWindow window = run.window();
        if (window != null) {
            ObjectNode to = json.putObject("window");
            ArrayNode days = to.putArray("days");
            window.days().stream().sorted().forEach(day -> days.add(day.name()));
            to.put("from", window.from().toString())
                    .put("to", window.to().toString())
                    .put("zone", window.zone().getId());
        }
        return json;
    }

    /** @throws IOException if it is no such text */
    public static RunInfo read(String text) throws IOException {
        try {
            return read(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IOException("what is said of a run is damaged", e);
        }
    }

    static RunInfo read(JsonNode json) throws IOException {
        try {
            RunId id = new RunId(
                    json.path("origin").asText(),
                    json.path("backup").asText(),
                    json.path("number").asLong());
            return new RunInfo(
                    id,
                    UUID.fromString(json.path("identity").asText()),
                    json.path("base").asLong(),
                    json.hasNonNull("baseIdentity")
                            ? UUID.fromString(json.path("baseIdentity").asText())
                            : null,
                    Instant.parse(json.path("taken").asText()),
                    json.has("window") ? window(json.get("window")) : null,
                    json.path("finish").asBoolean(),
                    json.path("frames").asLong(),
                    json.path("bytes").asLong(),
                    json.path("files").asLong());
        } catch (RuntimeException e) {
            throw new IOException("what is said of a run makes no sense", e);
        }
    }

    private static TransferWindow window(JsonNode json) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        json.path("days").forEach(day -> days.add(DayOfWeek.valueOf(day.asText())));
        return new TransferWindow(
                days,
                LocalTime.parse(json.path("from").asText()),
                LocalTime.parse(json.path("to").asText()),
                ZoneId.of(json.path("zone").asText()));
    }

    /** By the client's clock, which may show anything: within what tables can keep. */
    static long millis(Instant taken) {
        Instant within = taken.isBefore(FIRST) ? FIRST : taken.isAfter(LAST) ? LAST : taken;
        return within.truncatedTo(ChronoUnit.MILLIS).toEpochMilli();
    }
}
