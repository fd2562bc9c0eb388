package org.hikae.files.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.client.BackupRow;
import org.junit.jupiter.api.Test;

/** The backup control table (e.1), and what becomes of the runs of a row. */
class ClientRowsTest extends ClientUnitFixture {

    @Test
    void aHomeWithoutRowsStaysEmpty() throws IOException {
        unit.look();

        assertThat(unit.list()).isEmpty();
        assertThat(temp.resolve("home/files")).doesNotExist();
    }

    @Test
    void rowsAreKeptAsTheyAre() throws IOException {
        BackupRow row = new BackupRow(
                "docs",
                List.of("/a", "/b/*"),
                List.of("x"),
                "0 22 * * *",
                ZoneOffset.UTC,
                new TransferWindow(
                        EnumSet.of(java.time.DayOfWeek.MONDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(3, 30),
                        ZoneOffset.UTC),
                true,
                null,
                Duration.ofHours(36));
        unit.add(row);

        assertThat(unit.get("docs").row()).isEqualTo(row);
        assertThat(unit.get("docs").next()).isEqualTo(Instant.parse("2026-03-01T22:00:00Z"));
        assertThatThrownBy(() -> unit.add(row)).hasMessageContaining("already");
        assertThatThrownBy(() -> unit.add(row("x", "0 0 30 2 *"))).hasMessageContaining("never come");
        assertThatThrownBy(() -> unit.add(row("../x", null))).hasMessageContaining("cannot be the name");
        assertThatThrownBy(() -> unit.edit(row("none", null))).hasMessageContaining("no backup");
        unit.edit(row("docs", null));
        assertThat(unit.get("docs").next()).isNull();
    }

    /** R23: a word that is not understood releases nothing sooner. */
    @Test
    void whatReleasesARunIsKeptAndInDoubtIsTheLater() throws IOException {
        BackupRow row = row("docs", null);
        BackupRow endToEnd = new BackupRow(
                "docs", row.paths(), row.exclusions(), null, row.zone(), null, false, null, Duration.ZERO, true);
        unit.add(endToEnd);
        assertThat(unit.get("docs").row()).isEqualTo(endToEnd);
        unit.edit(row);
        assertThat(unit.get("docs").row()).isEqualTo(row);

        stored.put("org.hikae.client.backup~odd", Map.of("name", "odd", "paths", "/a", "release", "sometime"));
        assertThat(unit.get("odd").row().endToEnd()).isTrue();
        assertThat(unit.get("odd").problem()).contains("'sometime', is not next or end-to-end");
    }

    @Test
    void aRowThatMakesNoSenseHarmsNoOther() throws Exception {
        unit.add(row("docs", "0 22 * * *"));
        stored.put("org.hikae.client.backup~bad", Map.of("name", "bad", "paths", "relative", "times", "x"));
        now = now.plus(Duration.ofDays(1));

        unit.look();
        settle();

        assertThat(runs()).isEqualTo(1);
        assertThat(unit.get("bad").problem()).isNotNull();
        assertThatThrownBy(() -> unit.run("bad")).hasMessageContaining("cannot be made");
    }

    @Test
    void numbersOutliveTheRow() throws Exception {
        unit.add(row("docs", null));
        unit.run("docs").await(Duration.ofSeconds(20));
        assertThatThrownBy(() -> unit.remove("docs", false)).hasMessageContaining("not been sent");
        unit.remove("docs", true);
        assertThat(unit.list()).isEmpty();

        unit.add(row("docs", null));
        unit.run("docs").await(Duration.ofSeconds(20));

        assertThat(unit.get("docs").pending()).singleElement().satisfies(run -> {
            assertThat(run.id().number()).isEqualTo(2);
            assertThat(run.base()).isZero();
        });
    }

    @Test
    void aRunThatCannotBeReadWasNotSentEither() throws Exception {
        unit.add(row("docs", null));
        unit.run("docs").await(Duration.ofSeconds(20));
        unit.deactivate();
        Path run = temp.resolve("home/files/buffer/docs/1");
        Files.write(run.resolve("run"), new byte[3]);
        unit = begin();

        assertThatThrownBy(() -> unit.remove("docs", false)).hasMessageContaining("not been sent");
        assertThat(run).exists();
        unit.remove("docs", true);
        assertThat(run).doesNotExist();
    }

    @Test
    void runsOfARowThatIsGoneGoWhateverCameBetween() throws Exception {
        unit.add(row("docs", null));
        unit.run("docs").await(Duration.ofSeconds(20));
        killed = true;
        assertThatThrownBy(() -> unit.remove("docs", true)).isInstanceOf(AssertionError.class);
        unit.deactivate();
        killed = false;
        assertThat(temp.resolve("home/files/buffer/docs/1")).exists();

        unit = begin();
        assertThat(unit.list()).isEmpty();
        unit.memberships();
        assertThat(temp.resolve("home/files/buffer")).isEmptyDirectory();
    }

    @Test
    void aNameThatLeadsElsewhereDeletesNothingThere() throws IOException {
        String name = "../../../tree";
        stored.put("org.hikae.client.backup~evil", Map.of("name", name, "paths", root.toString()));

        unit.look();
        assertThat(unit.list()).singleElement().satisfies(status -> assertThat(status.problem())
                .contains("cannot be the name"));
        unit.remove(name, true);

        assertThat(unit.list()).isEmpty();
        assertThat(root.resolve("a")).hasContent("a");
    }
}
