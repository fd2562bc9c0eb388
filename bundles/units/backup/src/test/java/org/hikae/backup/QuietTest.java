package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.awaitility.Awaitility;
import org.hikae.api.backup.Quieting;
import org.hikae.api.job.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around T0, with a real shell. */
class QuietTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Quieting quieting(String before, String after, Duration limit) {
        return new Quieting(before, after, limit, folder);
    }

    @Test
    void oneCommandRunsBeforeAndOneAfter() throws IOException {
        try (Quiet quiet = Quiet.begin(quieting("echo b > before", "cat before > after", LONG), Progress.NONE)) {
            assertThat(folder.resolve("before")).hasContent("b");
            assertThat(folder.resolve("after")).doesNotExist();
            quiet.close();
            assertThat(quiet.warning()).isNull();
        }
        assertThat(folder.resolve("after")).hasContent("b");
    }

    @Test
    void withoutCommandsNothingRuns() throws IOException {
        try (Quiet quiet = Quiet.begin(Quieting.NONE, Progress.NONE)) {
            assertThat(quiet.warning()).isNull();
        }
    }

    @Test
    void ifTheOneBeforeFailsTheOneAfterRunsAllTheSame() {
        assertThatThrownBy(() -> Quiet.begin(
                        quieting("echo one; echo the database is busy >&2; exit 3", "touch after", LONG),
                        Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the command before T0")
                .hasMessageEndingWith("ended with exit code 3: the database is busy");
        assertThat(folder.resolve("after")).exists();
    }

    @Test
    void oneThatTakesTooLongIsKilledWithWhatItStarted() throws IOException {
        assertThatThrownBy(() -> Quiet.begin(
                        quieting("sleep 600 & echo $! > child; wait", "touch after", Duration.ofSeconds(1)),
                        Progress.NONE))
                .hasMessageContaining("did not end within 1 s and was killed");
        assertThat(folder.resolve("after")).exists();
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        Awaitility.await()
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aCancelledBackupDoesNotWaitForIt() {
        Progress cancelled = new CancelledProgress();
        assertThatThrownBy(() -> Quiet.begin(quieting("sleep 600", "touch after", LONG), cancelled))
                .isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("after")).exists();
    }

    @Test
    void thatTheOneAfterFailsIsSaid() throws IOException {
        Quiet quiet = Quiet.begin(quieting(null, "exit 9", LONG), Progress.NONE);
        quiet.close();
        assertThat(quiet.warning()).isEqualTo("the command after T0 (exit 9) ended with exit code 9");
    }

    /** What is quiet must not stay so because there is no room for what the command says. */
    @Test
    void theOneAfterRunsThoughItsOutputCannotBeKept() throws IOException {
        Quieting both = quieting("touch before", "touch after; echo busy; exit 9", LONG);
        Quiet quiet = Quiet.begin(both, Progress.NONE, folder.resolve("nowhere"));
        quiet.close();
        assertThat(folder.resolve("after")).exists();
        assertThat(quiet.warning()).endsWith("ended with exit code 9");
    }

    /** Whatever a command prints, only the end of it is read. */
    @Test
    void ofMuchOutputTheLastLineIsTold() {
        String much = "printf '\\nthe database is busy' | dd of=/dev/stdout bs=64 seek=3G oflag=seek_bytes conv=notrunc"
                + " status=none; exit 3";
        assertThatThrownBy(() -> Quiet.begin(quieting(much, null, LONG), Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("ended with exit code 3: the database is busy");
    }

    private static final class CancelledProgress implements Progress {
        @Override
        public void phase(String phase) {}

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {
            throw new CancellationException("by the test");
        }

        @Override
        public void pass(Check check) {
            check();
        }

        @Override
        public void onCancel(Runnable action) {}
    }
}
