package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.hikae.api.files.relay.RelayStatus;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.Test;

/** {@code relay}. */
class RelayTest {

    private final Platform platform = Platform.filled();

    private Outcome run(String... words) {
        platform.width = 0;
        return platform.run("relay", words);
    }

    private Outcome start() {
        return run(
                "start",
                "--listen",
                "[::1]:7443",
                "--upstream",
                "https://a:1,https://b:2",
                "--token",
                ",t-2",
                "--to",
                "m2");
    }

    @Test
    void startsWithSeveralCentersAboveInTheirOrder() {
        assertThat(start().out())
                .isEqualTo("the relay listens at [::1]:7443, and hands on to https://a:1, https://b:2\n");
        assertThat(platform.relay.tokens).containsExactly("", "t-2");
        assertThat(platform.relay.medium).isEqualTo("m2");
    }

    @Test
    void whatIsWrittenWronglyIsSaid() {
        assertThat(run("start", "--token", "t").message()).contains("--upstream");
        assertThat(run("start", "--upstream", "ht tp").message()).contains("no address of a center");
        assertThat(platform.relay.running).isFalse();
    }

    @Test
    void whatWaitsIsShownForEachCenterAbove() {
        start();
        platform.relay.upstreams.set(
                1, new RelayStatus.Upstream(URI.create("https://b:2"), null, 7, 1 << 20, "cannot be reached"));
        assertThat(run("status").out())
                .contains("hands on")
                .containsPattern("https://a:1 .* 3 +2.*MiB")
                .containsPattern("https://b:2 .*7.*cannot be reached");
        assertThat(run("status", "--json").out())
                .contains("\"waiting\": 7")
                .contains("\"bytes\": 2097152")
                .contains("\"problem\": \"cannot be reached\"");
    }

    @Test
    void stops() {
        start();
        assertThat(run("stop").exit()).isZero();
        assertThat(platform.relay.running).isFalse();
    }
}
