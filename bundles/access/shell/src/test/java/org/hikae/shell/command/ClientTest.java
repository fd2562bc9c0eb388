package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.client.BackupRow;
import org.hikae.api.files.client.BufferSettings;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.Test;

/** {@code client} (e.1, e.2, e.7). */
class ClientTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Platform platform = Platform.filled();

    private Outcome run(String... words) {
        return platform.run("client", words);
    }

    private void addDocs() {
        run(
                "add",
                "docs",
                "/home/*/docs",
                "here",
                "--exclude",
                "*.tmp",
                "--exclude",
                "/home/bob/",
                "--backup",
                "0 22 * * *",
                "--window",
                "Sat,Sun 22:00-06:00",
                "--zone",
                "Europe/Berlin",
                "--finish",
                "--keep",
                "7d",
                "--center",
                "office");
    }

    @Test
    void everythingCanBeGiven() {
        addDocs();

        assertThat(platform.filesClient.rows.get("docs"))
                .isEqualTo(new BackupRow(
                        "docs",
                        List.of("/home/*/docs", "/work dir/here"),
                        List.of("*.tmp", "/home/bob"),
                        "0 22 * * *",
                        BERLIN,
                        new TransferWindow(
                                EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                LocalTime.of(22, 0),
                                LocalTime.of(6, 0),
                                BERLIN),
                        true,
                        "office",
                        Duration.ofDays(7)));
    }

    @Test
    void editLeavesTheRest() {
        addDocs();

        assertThat(run("edit", "docs", "--window", "", "--finish=false").out()).isEqualTo("backup docs is changed\n");

        BackupRow row = platform.filesClient.rows.get("docs");
        assertThat(row.window()).isNull();
        assertThat(row.finish()).isFalse();
        assertThat(row.times()).isEqualTo("0 22 * * *");
        assertThat(row.exclusions()).hasSize(2);
        run("edit", "docs", "/other", "--backup", "", "--zone", "UTC");
        row = platform.filesClient.rows.get("docs");
        assertThat(row.paths()).containsExactly("/other");
        assertThat(row.times()).isNull();
        assertThat(row.zone()).isEqualTo(ZoneId.of("UTC"));
    }

    @Test
    void saysWhatComesNext() {
        Outcome outcome = run("add", "docs", "/d", "--backup", "0 22 * * *", "--zone", "UTC");

        assertThat(outcome.out()).isEqualTo("backup docs is added\n");
        assertThat(outcome.err()).contains("next: 2026-11-05T13:00:00Z").contains("no center was joined");
        assertThat(run("add", "by", "/d").err()).contains("made when asked for");
    }

    @Test
    void joinsAndLeaves() {
        Outcome outcome = run("join", "https://backup.example:7443", "--token", "abc");

        assertThat(outcome.out()).isEqualTo("joined center backup.example as client laptop\n");
        assertThat(run("leave", "backup.example", "--force").exit()).isZero();
        assertThat(platform.filesClient.asked).containsExactly("leave backup.example true");
        assertThat(run("leave", "other").exit()).isNotZero();
        assertThat(run("join", "https://x").exit()).isNotZero();
    }

    @Test
    void listsForProgramsToo() throws IOException {
        addDocs();

        JsonNode row = new ObjectMapper().readTree(run("list", "--json").out()).get(0);

        assertThat(row.get("window").asText()).isEqualTo("Sat,Sun 22:00-06:00 Europe/Berlin");
        assertThat(row.get("pending").get(0).get("number").asLong()).isEqualTo(7);
        assertThat(run("list").out()).contains("docs").contains("2 MiB");
        assertThat(run("status").out()).contains("/home/buffer").contains("docs");
    }

    @Test
    void restoresAsItWas() {
        run("restore", "letter.txt", "--at", "2026-11-01T12:00:00Z", "--to", "/tmp/then", "--overwrite");

        assertThat(platform.filesClient.restores)
                .containsExactly(new RestoreFiles(
                        "/work dir/letter.txt",
                        Instant.parse("2026-11-01T12:00:00Z"),
                        Path.of("/tmp/then"),
                        true,
                        null));
        run("restore", "/x", "--incomplete");
        assertThat(platform.filesClient.restores.get(1))
                .isEqualTo(new RestoreFiles("/x", null, null, false, null, true));
        assertThat(run("restore", "/x", "--at", "yesterday").exit()).isNotZero();
        assertThat(run("versions", "/x").out()).contains("buffer").contains("/x");
    }

    @Test
    void whatAListingOfVersionsLacksIsToldAndFails() {
        platform.filesClient.missed = "run 2 is damaged";

        Outcome outcome = run("versions", "/x");

        assertThat(outcome.out()).contains("/x");
        assertThat(outcome.message()).contains("run 2 is damaged");
        assertThat(outcome.exit()).isNotZero();
        assertThat(run("versions", "/x", "--json").out()).startsWith("[");
    }

    @Test
    void theBufferIsShownAndChanged() {
        assertThat(run("buffer", "--limit", "2GiB", "--when-full", "wait").out())
                .contains("2 GiB")
                .contains("wait");
        assertThat(platform.filesClient.buffer().whenFull()).isEqualTo(BufferSettings.WhenFull.WAIT);
        assertThat(run("buffer", "--when-full", "never").exit()).isNotZero();
    }

    @Test
    void runsAndRemoves() {
        addDocs();

        assertThat(run("run", "docs", "--detach").out()).isEqualTo("9\n");
        run("remove", "docs", "--force");

        assertThat(platform.filesClient.asked).containsExactly("run docs", "remove docs true");
        assertThat(run("list").err()).contains("nothing is backed up");
    }

    @Test
    void namesAreCompleted() throws IOException {
        addDocs();
        run("join", "https://office", "--token", "abc");

        assertThat(complete(2, "client", "run", "")).containsExactly("docs");
        assertThat(complete(2, "client", "leave", "")).containsExactly("office");
        assertThat(complete(3, "client", "buffer", "--when-full", "")).containsExactly("fail", "wait");
    }

    private List<String> complete(int index, String... words) throws IOException {
        var call = new org.hikae.shell.call.Call(
                platform.caller(new java.io.ByteArrayOutputStream(), new java.io.ByteArrayOutputStream()),
                platform,
                platform.cancellation);
        return new Completion(call).candidates(index, List.of(words));
    }
}
