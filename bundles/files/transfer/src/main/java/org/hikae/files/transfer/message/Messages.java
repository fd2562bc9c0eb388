package org.hikae.files.transfer.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Messages as JSON, in UTF-8. What is read is checked: types, limits, names, ranges; fields that are not known are left
 * alone, so that a newer side can say more. Thread-safe.
 */
public final class Messages {
    private static final int MAX_DEPTH = 10;
    private static final int MAX_NUMBER = 25;
    private static final int MAX_ORDERS = 10_000;
    private static final int MAX_PROTOCOLS = 100;
    private static final int MAX_BACKUPS = 100_000;
    private static final int MAX_PEM = 20_000;
    private static final int MAX_WAIT = 24 * 3600;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxNameLength(Fields.MAX_TEXT)
                            .maxStringLength(Fields.MAX_PATH)
                            .maxDocumentLength(Protocol.MAX_RESPONSE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Messages() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Fields parse(byte[] json) throws MessageException {
        try {
            JsonNode node = JSON.readTree(json);
            if (node != null && node.isObject()) {
                return new Fields(node);
            }
        } catch (JsonProcessingException e) {
            throw new MessageException("a message that is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MessageException("a message that is no JSON", e);
        }
        throw new MessageException("a message that is no object");
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message that cannot be written", e);
        }
    }

    public static byte[] write(About about) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode protocol = json.putArray("protocol");
        about.protocol().forEach(protocol::add);
        return bytes(json.put("id", about.id().toString()));
    }

    public static About about(byte[] json) throws MessageException {
        Fields fields = parse(json);
        return new About(fields.counts("protocol", MAX_PROTOCOLS), fields.id("id"));
    }

    public static byte[] write(EnrollRequest request) {
        return bytes(JSON.createObjectNode()
                .put("token", request.token())
                .put("publicKey", request.publicKey())
                .put("proof", request.proof()));
    }

    public static EnrollRequest enrollRequest(byte[] json) throws MessageException {
        Fields fields = parse(json);
        return new EnrollRequest(fields.text("token"), fields.text("publicKey"), fields.text("proof"));
    }

    public static byte[] write(EnrollReply reply) {
        ObjectNode json = JSON.createObjectNode()
                .put("name", reply.name())
                .put("certificate", reply.certificate())
                .put("ca", reply.ca());
        ObjectNode runs = json.putObject("lastRuns");
        reply.lastRuns().forEach(runs::put);
        return bytes(json);
    }

    public static EnrollReply enrollReply(byte[] json) throws MessageException {
        Fields fields = parse(json);
        Fields runs = fields.object("lastRuns");
        Map<String, Long> last = new HashMap<>();
        if (runs.json().size() > MAX_BACKUPS) {
            throw Fields.wrong("lastRuns");
        }
        for (Iterator<String> names = runs.json().fieldNames(); names.hasNext(); ) {
            String name = names.next();
            last.put(Values.backup(name), runs.number(name));
        }
        return new EnrollReply(
                Values.name(fields.text("name")),
                fields.text("certificate", MAX_PEM),
                fields.text("ca", MAX_PEM),
                last);
    }

    public static byte[] write(PollRequest request) {
        ObjectNode json = JSON.createObjectNode()
                .put("incarnation", request.incarnation().toString())
                .put("sequence", request.sequence());
        ArrayNode route = json.putArray("route");
        request.route().forEach(id -> route.add(id.toString()));
        ArrayNode runs = json.putArray("runs");
        request.runs().forEach(run -> Values.put(run, runs.addObject()));
        if (!request.asked().isEmpty()) {
            ArrayNode asked = json.putArray("asked");
            request.asked().forEach(run -> Values.put(run, asked.addObject()));
        }
        return bytes(json.put("more", request.more()));
    }

    public static PollRequest pollRequest(byte[] json) throws MessageException {
        Fields fields = parse(json);
        return new PollRequest(
                fields.id("incarnation"),
                fields.number("sequence"),
                fields.ids("route", PollRequest.MAX_ROUTE),
                fields.list("runs", Protocol.MAX_RUNS, Values::runInfo),
                fields.flag("more"),
                fields.has("asked") ? fields.list("asked", Protocol.MAX_RUNS, Values::runKey) : List.of());
    }

    public static byte[] write(PollReply reply) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode orders = json.putArray("orders");
        for (PollReply.Order order : reply.orders()) {
            Values.put(order.run(), orders.addObject())
                    .put("fromFrame", order.fromFrame())
                    .put("bytesPerSecond", order.bytesPerSecond())
                    .put("until", order.until().toString())
                    .put("finish", order.finish());
        }
        ArrayNode receipts = json.putArray("receipts");
        for (PollReply.Receipt receipt : reply.receipts()) {
            Values.put(receipt.run(), receipts.addObject())
                    .put("identity", receipt.identity().toString())
                    .put("frames", receipt.frames())
                    .put("complete", receipt.complete());
        }
        ArrayNode full = json.putArray("full");
        for (PollReply.Full wanted : reply.full()) {
            full.addObject()
                    .put("origin", wanted.origin())
                    .put("backup", wanted.backup())
                    .put("above", wanted.above());
        }
        ArrayNode problems = json.putArray("problems");
        for (PollReply.Problem problem : reply.problems()) {
            Values.put(problem.run(), problems.addObject())
                    .put("identity", problem.identity().toString())
                    .put("text", Values.cut(problem.text()))
                    .put("never", problem.never());
        }
        if (!reply.confirmed().isEmpty()) {
            ArrayNode confirmed = json.putArray("confirmed");
            reply.confirmed().forEach(each -> Values.put(each, confirmed.addObject()));
        }
        return bytes(json.put("retryAfterSeconds", reply.retryAfterSeconds()));
    }

    public static PollReply pollReply(byte[] json) throws MessageException {
        Fields fields = parse(json);
        return new PollReply(
                fields.list("orders", MAX_ORDERS, Values::order),
                fields.list(
                        "receipts",
                        MAX_ORDERS,
                        each -> new PollReply.Receipt(
                                Values.run(each), each.id("identity"), each.number("frames"), each.flag("complete"))),
                fields.list(
                        "full",
                        MAX_ORDERS,
                        each -> new PollReply.Full(
                                Values.origin(each.text("origin")),
                                Values.backup(each.text("backup")),
                                each.number("above"))),
                fields.list(
                        "problems",
                        MAX_ORDERS,
                        each -> new PollReply.Problem(
                                Values.run(each), each.id("identity"), each.text("text"), each.flag("never"))),
                fields.count("retryAfterSeconds", MAX_WAIT),
                fields.has("confirmed")
                        ? fields.list("confirmed", Protocol.MAX_RUNS, Values::confirmation)
                        : List.of());
    }

    public static byte[] write(UploadReply reply) {
        return bytes(JSON.createObjectNode()
                .put("identity", reply.identity().toString())
                .put("frames", reply.frames())
                .put("complete", reply.complete())
                .put("why", word(reply.why())));
    }

    public static UploadReply uploadReply(byte[] json) throws MessageException {
        Fields fields = parse(json);
        return new UploadReply(
                fields.id("identity"),
                fields.number("frames"),
                fields.flag("complete"),
                fields.choice("why", UploadReply.Why.class));
    }

    public static byte[] write(VersionsRequest request) {
        ObjectNode json = JSON.createObjectNode().put("origin", request.origin());
        json.put("backup", request.backup());
        json.put("path", request.path() == null ? null : request.path().toString());
        json.put("recursive", request.recursive());
        json.put("at", request.at() == null ? null : request.at().toString());
        return bytes(
                json.put("all", request.all()).put("after", request.after()).put("limit", request.limit()));
    }

    public static VersionsRequest versionsRequest(byte[] json) throws MessageException {
        Fields fields = parse(json);
        VersionsRequest request = new VersionsRequest(
                Values.origin(fields.text("origin")),
                fields.has("backup") ? Values.backup(fields.text("backup")) : null,
                fields.has("path") ? Values.path(fields, "path") : null,
                fields.flag("recursive"),
                fields.timeOrNull("at"),
                fields.flag("all"),
                fields.has("after") ? fields.text("after", Fields.MAX_PATH) : null,
                fields.count("limit", VersionsRequest.MAX_LIMIT));
        if (request.limit() < 1 || (request.at() != null && request.all())) {
            throw new MessageException("a request for versions that makes no sense");
        }
        return request;
    }

    /** With the line feed. */
    public static byte[] write(VersionsLine line) {
        ObjectNode json = JSON.createObjectNode();
        if (line instanceof VersionsLine.Version version) {
            Values.put(version.version(), json);
        } else if (line instanceof VersionsLine.Last last) {
            json.put("last", true).put("next", last.next());
            if (last.reach() != null) {
                Values.put(last.reach(), json.putArray("runs"));
            }
        }
        byte[] bytes = bytes(json);
        byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
        ended[bytes.length] = '\n';
        return ended;
    }

    public static VersionsLine versionsLine(byte[] json) throws MessageException {
        Fields fields = parse(json);
        return fields.flag("last")
                ? new VersionsLine.Last(
                        fields.has("next") ? fields.text("next", Fields.MAX_PATH) : null,
                        fields.has("runs") ? Values.reach(fields) : null)
                : new VersionsLine.Version(Values.version(fields));
    }

    public static byte[] write(ContentRequest request) {
        ObjectNode json = JSON.createObjectNode().put("origin", request.origin());
        ArrayNode versions = json.putArray("versions");
        for (VersionKey key : request.versions()) {
            versions.addObject()
                    .put("backup", key.backup())
                    .put("run", key.run())
                    .put("path", key.path().toString());
        }
        if (request.begun() != null) {
            json.put("skipBytes", request.begun().bytes())
                    .put("sha256", request.begun().sha256());
        }
        return bytes(json.put("skipFiles", request.skipFiles()));
    }

    public static ContentRequest contentRequest(byte[] json) throws MessageException {
        Fields fields = parse(json);
        List<VersionKey> keys = new ArrayList<>(fields.list(
                "versions",
                ContentRequest.MAX_VERSIONS,
                each -> new VersionKey(
                        Values.backup(each.text("backup")), Values.number(each, "run"), Values.path(each, "path"))));
        if (keys.isEmpty()) {
            throw Fields.wrong("versions");
        }
        return new ContentRequest(
                Values.origin(fields.text("origin")), keys, fields.count("skipFiles", keys.size()), begun(fields));
    }

    private static ContentRequest.Begun begun(Fields fields) throws MessageException {
        long bytes = fields.has("skipBytes") ? fields.number("skipBytes") : 0;
        try {
            return bytes == 0 ? null : new ContentRequest.Begun(bytes, fields.text("sha256"));
        } catch (IllegalArgumentException e) {
            throw Fields.wrong("sha256");
        }
    }

    public static byte[] write(ErrorReply reply) {
        ObjectNode json = JSON.createObjectNode().put("code", reply.code()).put("text", Values.cut(reply.text()));
        if (!reply.missing().isEmpty()) {
            reply.missing().forEach(json.putArray("missing")::add);
        }
        return bytes(json);
    }

    public static ErrorReply errorReply(byte[] json) throws MessageException {
        Fields fields = parse(json);
        return new ErrorReply(
                fields.text("code"),
                fields.text("text"),
                fields.has("missing") ? fields.counts("missing", ContentRequest.MAX_VERSIONS) : List.of());
    }
}
