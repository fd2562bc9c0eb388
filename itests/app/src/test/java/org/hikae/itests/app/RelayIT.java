package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/**
 * e.8, e.9: files go from a client through a relay to the centers above, bit for bit, and are deleted at the relay when all of these have
 * them; restores pass through it. Real processes, killed with -9 on the way.
 */
class RelayIT extends RelayFixture {

    @Test
    void aFileGoesThroughARelayIsDeletedThereAndComesBackThroughIt() throws Exception {
        center("center");
        serve("relay");
        at("relay")
                .ok(medium("relay") + "; relay start --listen " + address("relay") + " --upstream https://"
                        + address("center") + " --token " + invite("center", "r1") + " --to m");
        client("relay");
        at("client").ok("client run docs");
        await(
                "it arrives",
                () -> has("center", "alice@r1", files.resolve("large").toString()));
        await("it is deleted at the relay", () -> isEmpty("relay"));
        assertComesBack("first");

        // Both that stand on the way are killed; what is new goes on by itself.
        kill("relay");
        Files.setPosixFilePermissions(files.resolve("large"), PosixFilePermissions.fromString("r--------"));
        write("new", 2_000_000);
        Files.delete(files.resolve("small"));
        at("client").ok("client run docs");
        kill("center");
        serve("relay");
        await(
                "the relay has it",
                () -> has("relay", "alice", files.resolve("new").toString()));
        assertComesBackOnlyWithAll();
        serve("center");
        await("it arrives", () -> has("center", "alice@r1", files.resolve("new").toString()));
        await("it is deleted at the relay", () -> isEmpty("relay"));
        assertComesBack("second");
        assertThat(at("relay").ok("relay status --json"))
                .contains("\"waiting\": 0")
                .contains("\"problem\": null");
    }

    /** What is above cannot be asked: that is said, rather than to give a part. */
    private void assertComesBackOnlyWithAll() throws IOException {
        Path to = Files.createDirectory(folder.resolve("part"));
        assertThat(at("client").fails("client restore '" + files + "' --to '" + to + "'"))
                .isNotEmpty();
    }

    @Test
    void aBranchDeletesWhenAllCentersHaveItAndWaitsForNone() throws Exception {
        center("a");
        center("b");
        serve("branch");
        at("branch")
                .ok(medium("branch") + "; relay start --listen " + address("branch") + " --upstream https://"
                        + address("a") + ",https://" + address("b") + " --token " + invite("a", "r1") + ","
                        + invite("b", "r2") + " --to m");
        client("branch");
        kill("b");
        at("client").ok("client run docs");
        String large = files.resolve("large").toString();
        await("it arrives at one", () -> has("a", "alice@r1", large));
        assertThat(has("branch", "alice", large)).isTrue();
        kill("branch");
        serve("branch");
        assertThat(has("branch", "alice", large)).isTrue();
        serve("b");
        await("it arrives at the other", () -> has("b", "alice@r2", large));
        await("it is deleted at the branch", () -> isEmpty("branch"));
        kill("a");
        assertComesBack("from b");
    }

    @Test
    void aLoopIsNoticed() throws Exception {
        center("a");
        serve("b");
        at("b").ok(medium("b") + "; relay start --listen " + address("b") + " --upstream https://" + address("a")
                + " --token " + invite("a", "b") + " --to m");
        await("it has announced itself", () -> !at("a").ok("center clients --json")
                .contains("\"heard\": null"));
        // Else its announcement, with nothing in it, is answered when that has waited for as long as it may.
        at("a").ok("center collect --now");
        await("it is heard of", () -> !at("b").ok("relay status --json").contains("\"heard\": null"));
        String token = invite("b", "a");
        assertThat(at("a").fails("relay start --upstream https://" + address("b") + " --token " + token))
                .contains("loop");
        assertThat(at("a").ok("relay status --json")).contains("\"running\": false");
    }
}
