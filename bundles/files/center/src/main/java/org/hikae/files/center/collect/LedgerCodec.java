package org.hikae.files.center.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Transfer;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollRequest;

/** Rows of the ledger as JSON. A run is in it as the protocol announces it. */
final class LedgerCodec {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID NOBODY = new UUID(0, 0);

    private LedgerCodec() {}

    static byte[] bytes(Ledger.Arrival arrival) {
        return bytes(announced(arrival.run()).put("arrived", arrival.arrived().toEpochMilli()));
    }

    static byte[] bytes(Ledger.Done done) {
        return bytes(announced(done.run())
                .put("arrived", done.arrived().toEpochMilli())
                .put("ended", done.ended().toEpochMilli()));
    }

    static byte[] bytes(Transfer transfer) {
        return bytes(JSON.createObjectNode()
                .put("origin", transfer.run().origin())
                .put("backup", transfer.run().backup())
                .put("number", transfer.run().number())
                .put("from", transfer.from())
                .put("address", transfer.address())
                .put("started", transfer.started().toEpochMilli())
                .put("ended", transfer.ended().toEpochMilli())
                .put("firstFrame", transfer.firstFrame())
                .put("frames", transfer.frames())
                .put("bytes", transfer.bytes())
                .put("outcome", transfer.outcome())
                .put("forced", transfer.forced())
                .put("why", transfer.why()));
    }

    private static ObjectNode announced(RunInfo run) {
        byte[] message = Messages.write(new PollRequest(NOBODY, 1, List.of(), List.of(run), false));
        return JSON.createObjectNode().put("announced", message);
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row that cannot be written", e);
        }
    }

    static Ledger.Arrival arrival(byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        return new Ledger.Arrival(run(node), time(node, "arrived"));
    }

    static Ledger.Done done(byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        return new Ledger.Done(run(node), time(node, "arrived"), time(node, "ended"));
    }

    static Transfer transfer(byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        JsonNode why = node.path("why");
        return new Transfer(
                new RunId(
                        node.path("origin").asText(),
                        node.path("backup").asText(),
                        node.path("number").asLong()),
                node.path("from").asText(),
                node.path("address").asText(),
                time(node, "started"),
                time(node, "ended"),
                node.path("firstFrame").asLong(),
                node.path("frames").asLong(),
                node.path("bytes").asLong(),
                node.path("outcome").asText(),
                node.path("forced").asBoolean(),
                why.isTextual() ? why.asText() : null);
    }

    private static RunInfo run(JsonNode node) throws IOException {
        byte[] message = node.path("announced").binaryValue();
        if (message == null) {
            throw new IOException("it lacks the run");
        }
        List<RunInfo> runs = Messages.pollRequest(message).runs();
        if (runs.size() != 1) {
            throw new IOException("it has " + runs.size() + " runs");
        }
        return runs.get(0);
    }

    private static Instant time(JsonNode node, String field) {
        return Instant.ofEpochMilli(node.path(field).asLong());
    }
}
