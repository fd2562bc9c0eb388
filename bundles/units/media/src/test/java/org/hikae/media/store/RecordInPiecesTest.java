package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hikae.api.job.Progress;
import org.hikae.api.media.LogReplay;
import org.hikae.media.replay.Replay;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record of which a merge has left out the midst, since another one was older there (figure 5). */
class RecordInPiecesTest {

    private static final int BLOCK = 4096;

    @TempDir
    Path folder;

    /** The pieces in one object, and in two. */
    @ParameterizedTest
    @ValueSource(longs = {1_000_000_000, 1})
    void isOneRecord(long objectBytes) throws IOException {
        byte[] disk = new byte[200 * BLOCK];
        new Random(1).nextBytes(disk);
        ReplayedLog logs = new ReplayedLog(folder, disk.length, BLOCK);
        List<Path> log = logs.make("log", objectBytes, sink -> {
            logs.put(sink, 1, 50, 1, disk);
            logs.put(sink, 7, 0, 50, disk);
            logs.put(sink, 7, 51, 149, disk);
            assertThatThrownBy(() -> logs.put(sink, 6, 60, 1, disk)).hasMessage("record 6 after 7");
        });
        Path image = Files.write(folder.resolve("image"), new byte[disk.length]);
        try (Replay replay = new Replay()) {
            LogReplay.Replayed replayed = replay.replay(log, image, Progress.NONE);
            assertThat(replayed.records()).isEqualTo(2);
        }
        assertThat(image).hasBinaryContent(disk);
    }
}
