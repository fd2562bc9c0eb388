package org.hikae.files.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hikae.io.DurableFiles;

/**
 * What a relay is told to do, in one small file that is written as one step.
 *
 * @param members all that were joined, each address once
 */
record RelayState(boolean running, List<Member> members) {

    static final RelayState NEVER = new RelayState(false, List.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "relay.json";
    private static final int VERSION = 1;

    RelayState {
        members = List.copyOf(members);
    }

    List<Member> active() {
        return members.stream().filter(Member::active).toList();
    }

    Optional<Member> at(URI address) {
        return members.stream()
                .filter(member -> member.address().equals(address))
                .findFirst();
    }

    /** @throws IOException if there is one that cannot be read */
    static RelayState load(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.notExists(file)) {
            return NEVER;
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (json.path("version").asInt() != VERSION) {
                throw new IOException(file + " is of another version, or none");
            }
            List<Member> members = new ArrayList<>();
            for (JsonNode each : json.required("upstreams")) {
                members.add(new Member(
                        URI.create(each.required("address").asText()),
                        each.required("folder").asText(),
                        each.required("name").asText(),
                        UUID.fromString(each.required("id").asText()),
                        Instant.parse(each.required("since").asText()),
                        each.required("active").asBoolean()));
            }
            return new RelayState(json.required("running").asBoolean(), members);
        } catch (RuntimeException e) {
            throw new IOException(file + " makes no sense", e);
        }
    }

    void store(Path folder) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION).put("running", running);
        ArrayNode upstreams = json.putArray("upstreams");
        for (Member member : members) {
            upstreams
                    .addObject()
                    .put("address", member.address().toString())
                    .put("folder", member.folder())
                    .put("name", member.name())
                    .put("id", member.id().toString())
                    .put("since", member.since().toString())
                    .put("active", member.active());
        }
        DurableFiles.createFolders(folder);
        DurableFiles.replace(folder.resolve(FILE), JSON.writeValueAsBytes(json));
    }
}
