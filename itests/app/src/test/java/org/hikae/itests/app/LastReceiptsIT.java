package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** R23: a client that wants the receipts of the last centers keeps what it has sent until these come down through what lies between. */
class LastReceiptsIT extends RelayFixture {

    private boolean isInBuffer() throws IOException {
        return !at("client").ok("client list --json").replaceAll("\\s", "").contains("\"pending\":[]");
    }

    private boolean isAwaited() throws IOException {
        return at("client").ok("client list --json").replaceAll("\\s", "").contains("\"awaited\":[{");
    }

    /** The relay has it, and may be lost; what is in the buffer goes when the center has it. */
    @Test
    void aClientThatWantsTheCentersReceiptKeepsARunUntilTheRelayPassesItDown() throws Exception {
        center("center");
        serve("relay");
        at("relay")
                .ok(medium("relay") + "; relay start --listen " + address("relay") + " --upstream https://"
                        + address("center") + " --token " + invite("center", "r1") + " --to m");
        client("relay");
        at("client").ok("client edit docs --release end-to-end");
        kill("center");
        String large = files.resolve("large").toString();
        at("client").ok("client run docs");
        await("the relay has it", () -> has("relay", "alice", large));
        await("its receipt is here", this::isAwaited);
        kill("relay");
        kill("client");
        serve("client");
        serve("relay");
        assertThat(isAwaited()).isTrue();
        assertThat(isInBuffer()).isTrue();

        serve("center");
        await("it arrives", () -> has("center", "alice@r1", large));
        await("it is deleted in the buffer", () -> !isInBuffer());
        await("it is deleted at the relay", () -> isEmpty("relay"));
        assertComesBack("back");
    }

    @Test
    void aClientThatWantsTheCentersReceiptsWaitsForEachOfABranch() throws Exception {
        center("a");
        center("b");
        serve("branch");
        at("branch")
                .ok(medium("branch") + "; relay start --listen " + address("branch") + " --upstream https://"
                        + address("a") + ",https://" + address("b") + " --token " + invite("a", "r1") + ","
                        + invite("b", "r2") + " --to m");
        client("branch");
        at("client").ok("client edit docs --release end-to-end");
        kill("b");
        at("client").ok("client run docs");
        String large = files.resolve("large").toString();
        await("it arrives at one", () -> has("a", "alice@r1", large));
        await("that one's receipt is here", () -> at("client")
                .ok("client list --json")
                .replaceAll("\\s", "")
                .contains("\"centers\":[\""));
        assertThat(isInBuffer()).isTrue();
        kill("branch");
        serve("branch");
        serve("b");
        await("it arrives at the other", () -> has("b", "alice@r2", large));
        await("it is deleted in the buffer", () -> !isInBuffer());
    }
}
