package org.hikae.files.center.authority;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import org.hikae.files.transfer.identity.Certificates;

/** Members and invitations as they are stored: JSON, so that later versions can add to them. */
final class MemberCodec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private MemberCodec() {}

    static byte[] bytes(Member member) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", member.name());
        node.put("revoked", member.revoked());
        node.put("certificate", Certificates.text(member.certificate()));
        node.put("invitation", member.invitation());
        node.put("joined", member.joined().toEpochMilli());
        return bytes(node);
    }

    static byte[] bytes(Invitation invitation) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", invitation.name());
        node.put("replace", invitation.replace());
        node.put("expires", invitation.expires().toEpochMilli());
        return bytes(node);
    }

    private static byte[] bytes(ObjectNode node) throws JsonProcessingException {
        return JSON.writeValueAsBytes(node);
    }

    static Member member(byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        return new Member(
                text(node, "name"),
                need(node, "revoked").asBoolean(),
                Certificates.parse(text(node, "certificate")),
                text(node, "invitation"),
                Instant.ofEpochMilli(need(node, "joined").asLong()));
    }

    static Invitation invitation(byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        return new Invitation(
                text(node, "name"),
                need(node, "replace").asBoolean(),
                Instant.ofEpochMilli(need(node, "expires").asLong()));
    }

    private static String text(JsonNode node, String field) throws IOException {
        return need(node, field).asText();
    }

    private static JsonNode need(JsonNode node, String field) throws IOException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new IOException("an entry of the members lacks '" + field + "'");
        }
        return value;
    }
}
