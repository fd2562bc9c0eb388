package org.hikae.files.client.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.files.client.Client;
import org.hikae.files.client.ModelCenter;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.client.select.Selection;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.hikae.io.OpenedFile;
import org.junit.jupiter.api.Test;

/** Files that are frozen into the buffer, where the file system can do that. */
class FrozenTest extends CaptureFixture {

    @Test
    void frozenFilesTakeNoRoomAndHaveTheSameFrames() throws IOException {
        Path file = root.resolve("big");
        byte[] content = new byte[5_000_000];
        new java.util.Random(3).nextBytes(content);
        Files.write(file, content);
        List<Path> copies = new ArrayList<>();
        LocalBackups freezing = freezing((opened, copy) -> {
            copies.add(copy);
            Files.copy(file, copy);
            return true;
        });

        freezing.run("docs", selection(), Client.IMPATIENT, Progress.NONE);
        Files.write(file, new byte[] {1});

        BufferedRun run = client.buffer.runs("docs").get(0);
        assertThat(client.buffer.used()).isLessThan(2_500_000);
        assertThat(Files.size(temp.resolve("home/buffer/docs/1/frames"))).isLessThan(2_500_000);
        List<RunItem> items = items(1);
        ByteBuffer back = ByteBuffer.allocate(content.length);
        of(items, RunItem.Data.class)
                .forEach(data -> back.put(
                        (int) data.offset(), data.bytes(), 0, data.bytes().remaining()));
        assertThat(back.array()).isEqualTo(content);
        // From any frame on.
        try (var tail = run.open(run.frames() - 2);
                RunReader reader =
                        new RunReader(tail, org.hikae.files.transfer.run.RunState.unknown(run.frames() - 2))) {
            assertThat(reader.next()).isNotNull();
        }
        assertThat(new ModelCenter().take(run)).isTrue();
        assertThat(copies).hasSize(1);
    }

    @Test
    void aFileThatChangesWhileItIsFrozenIsFrozenAgain() throws IOException {
        Path file = root.resolve("big");
        Files.write(file, new byte[2_000_000]);
        int[] count = new int[1];
        LocalBackups freezing = freezing((opened, copy) -> {
            Files.copy(file, copy);
            if (count[0]++ == 0) {
                append(file);
            }
            return true;
        });

        freezing.run("docs", selection(), Client.IMPATIENT, Progress.NONE);

        assertThat(count[0]).isEqualTo(2);
        List<RunItem> items = items(1);
        assertThat(of(items, RunItem.FileVoid.class)).isEmpty();
        assertThat(of(items, RunItem.FileItem.class))
                .last()
                .extracting(RunItem.FileItem::size)
                .isEqualTo(2_000_001L);
    }

    private LocalBackups freezing(Capture.Freezer freezer) {
        return new LocalBackups(
                client.buffer, client.states, List.of(client.home), () -> client.now, Steps.NONE, freezer);
    }

    private Selection selection() {
        return new Selection(List.of(root.toString()), List.of());
    }

    @Test
    void aFileSystemThatCannotFreezeSaysSo() throws IOException {
        Path file = Files.write(root.resolve("a"), new byte[2_000_000]);
        Path copy = temp.resolve("copy");
        try (OpenedFile opened = OpenedFile.open(file)) {
            assertThat(opened.shareWith(copy)).isEqualTo(Files.exists(copy));
        }
    }
}
