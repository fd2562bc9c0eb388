package org.hikae.files.client.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.hikae.api.fs.FileName;
import org.hikae.api.job.Progress;
import org.hikae.files.client.ModelCenter;
import org.hikae.files.client.Trees;
import org.hikae.files.client.buffer.RunTable;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.io.ExactPaths;
import org.junit.jupiter.api.Test;

class CaptureTest extends CaptureFixture {

    /** Does something at the look of that number, each look a place where others may have had their way. */
    static Progress at(int look, Change change) {
        int[] looks = new int[1];
        return new Progress() {
            @Override
            public void phase(String phase) {}

            @Override
            public void total(long bytes) {}

            @Override
            public void advance(long bytes) {}

            @Override
            public void check() {
                looks[0]++;
                if (look < 0 || looks[0] == look) {
                    try {
                        change.make();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            @Override
            public void pass(Check check) {}

            @Override
            public void onCancel(Runnable action) {}
        };
    }

    interface Change {
        void make() throws IOException;
    }

    @Test
    void aFileThatChangesIsCopiedAgain() throws IOException {
        Path file = root.resolve("a");
        Files.write(file, new byte[600_000]);

        Map<String, Object> result = client.run("docs", at(2, () -> append(file)), root);

        assertThat(result).containsEntry("doubtfulFiles", 0L).doesNotContainKey("problem");
        List<RunItem> items = items(1);
        assertThat(of(items, RunItem.FileVoid.class)).hasSize(1);
        assertThat(of(items, RunItem.FileItem.class))
                .last()
                .extracting(RunItem.FileItem::size)
                .isEqualTo(600_001L);
        assertThat(of(items, RunItem.FileEnd.class))
                .singleElement()
                .extracting(RunItem.FileEnd::doubt)
                .isNull();
    }

    @Test
    void oneThatChangesEachTimeIsMarkedAndLookedIntoAgain() throws IOException {
        Path file = root.resolve("a");
        Files.write(file, new byte[600_000]);

        Map<String, Object> result = client.run("docs", at(-1, () -> append(file)), root);

        assertThat(result).containsEntry("doubtfulFiles", 1L);
        assertThat(result.get("problem")).asString().contains("1 file changed each time");
        assertThat(of(items(1), RunItem.FileVoid.class)).hasSize(3);
        assertThat(of(items(1), RunItem.FileEnd.class))
                .singleElement()
                .extracting(RunItem.FileEnd::doubt)
                .isNotNull();
        client.run("docs", root);
        assertThat(of(items(2), RunItem.FileEnd.class))
                .singleElement()
                .extracting(RunItem.FileEnd::doubt)
                .isNull();
    }

    @Test
    void oneThatVanishesMeanwhileIsGone() throws IOException {
        Path file = root.resolve("a");
        Files.write(file, new byte[100]);
        client.run("docs", root);
        Files.write(file, new byte[600_000]);

        Map<String, Object> result = client.run("docs", at(1, () -> Files.delete(file)), root);

        assertThat(result).doesNotContainKey("problem").containsEntry("goneFiles", 1L);
        assertThat(of(items(2), RunItem.Gone.class))
                .containsExactly(new RunItem.Gone(FileName.of(ExactPaths.bytes(file))));
    }

    @Test
    void oneThatIsReplacedByAFifoIsNotWaitedFor() throws IOException {
        Path file = root.resolve("a");
        Files.write(file, new byte[600_000]);
        Progress progress = at(1, () -> {
            Files.delete(file);
            org.hikae.io.UnixFiles.createSpecial(file, org.hikae.io.UnixFiles.FIFO, 0, 0);
        });

        Map<String, Object> result = client.run("docs", progress, root);

        assertThat(result).containsEntry("unreadFiles", 1L);
    }

    @Test
    void unchangedFilesAreNotCopiedAgain() throws IOException {
        Files.write(root.resolve("a"), new byte[5000]);
        Files.createDirectory(root.resolve("d"));
        client.run("docs", root);

        Map<String, Object> result = client.run("docs", root);

        assertThat(result)
                .containsEntry("files", 3L)
                .containsEntry("changedFiles", 0L)
                .containsEntry("bytes", 0L);
        assertThat(items(2)).hasSize(2);
    }

    @Test
    void contentThatWasSentBeforeIsNotSentAgain() throws IOException {
        Path file = root.resolve("a");
        Files.write(file, new byte[5000]);
        client.run("docs", root);
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1000));

        client.run("docs", root);

        assertThat(of(items(2), RunItem.Data.class)).isEmpty();
        FileName path = FileName.of(ExactPaths.bytes(file));
        assertThat(of(items(2), RunItem.FileItem.class))
                .singleElement()
                .extracting(RunItem.FileItem::content)
                .isEqualTo(new RunItem.Same(1, path));
    }

    @Test
    void aLargeFileThatGotAnotherNameIsNotSentAgain() throws IOException {
        Path old = root.resolve("old");
        byte[] content = new byte[3 << 20];
        new java.util.Random(4).nextBytes(content);
        Files.write(old, content);
        client.run("docs", root);
        Path moved = Files.createDirectory(root.resolve("d")).resolve("new");
        Files.move(old, moved);

        client.run("docs", root);

        assertThat(of(items(2), RunItem.Data.class)).isEmpty();
        assertThat(of(items(2), RunItem.FileItem.class))
                .filteredOn(item -> item.path().equals(FileName.of(ExactPaths.bytes(moved))))
                .singleElement()
                .extracting(RunItem.FileItem::content)
                .isEqualTo(new RunItem.Same(1, FileName.of(ExactPaths.bytes(old))));
        ModelCenter center = new ModelCenter();
        client.send("docs", center);
        Path to = Files.createDirectory(temp.resolve("to"));
        client.restore(root, null, to, center);
        assertThat(Trees.describe(to.resolve("tree"))).isEqualTo(Trees.describe(root));
        // And once more, upon what was itself not sent.
        Files.move(moved, root.resolve("third"));
        client.run("docs", root);
        assertThat(of(items(3), RunItem.Data.class)).isEmpty();
    }

    @Test
    void anotherFileInItsPlaceIsSent() throws IOException {
        Path old = root.resolve("old");
        Files.write(old, new byte[2 << 20]);
        client.run("docs", root);
        var time = Files.getLastModifiedTime(old);
        Path moved = root.resolve("new");
        Files.move(old, moved);
        try (FileChannel channel = FileChannel.open(moved, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {9}), 70);
        }
        Files.setLastModifiedTime(moved, time);

        client.run("docs", root);

        assertThat(of(items(2), RunItem.Data.class)).isNotEmpty();
    }

    /** The same size, and the time set back: only its last change tells, or nothing within a tick of the clock. */
    @Test
    void contentThatChangesBehindItsTimesIsSeen() throws IOException {
        Path file = root.resolve("a");
        Files.write(file, new byte[5000]);
        var time = Files.getLastModifiedTime(file);
        client.run("docs", root);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {9}), 70);
        }
        Files.setLastModifiedTime(file, time);

        client.run("docs", root);

        assertThat(of(items(2), RunItem.Data.class)).hasSize(1);
    }

    @Test
    void whatCannotBeLookedAtIsNotGone() throws IOException {
        Path deep = root;
        for (int i = 0; i < 10; i++) {
            deep = Files.createDirectory(deep.resolve("n".repeat(200)));
        }
        Files.write(deep.resolve("a"), new byte[10]);
        client.run("docs", root);
        // Its path becomes longer than the system takes.
        Path longer = temp.resolve("longer");
        Files.createDirectory(longer);
        Path at = longer;
        for (int i = 0; i < 10; i++) {
            at = Files.createDirectory(at.resolve("m".repeat(250)));
        }
        client.states.begin("long", 0, client.now);
        client.run("long", longer);
        Files.move(root.resolve("n".repeat(200)), at.resolve("x"));

        Map<String, Object> result = client.run("long", longer);

        assertThat((Long) result.get("unreadFiles")).isPositive();
        assertThat(result).containsEntry("goneFiles", 0L);
        assertThat(result.get("problem")).asString().contains("could not be read");
        assertThat(client.run("docs", root)).containsEntry("goneFiles", 11L);
        Files.move(at.resolve("x"), root.resolve("back"));
    }

    @Test
    void whatIsBelowAFileIsGone() throws IOException {
        Path folder = Files.createDirectory(root.resolve("d"));
        Files.write(folder.resolve("a"), new byte[10]);
        client.run("docs", folder);
        Trees.delete(folder);
        Files.write(root.resolve("d"), new byte[1]);

        assertThat(client.run("docs", folder.resolve("a"))).containsEntry("goneFiles", 2L);
    }

    @Test
    void aPathThatIsNotThereIsTold() throws IOException {
        Map<String, Object> result = client.run("docs", root, temp.resolve("nowhere"));

        assertThat(result.get("problem")).asString().contains("nowhere: no such file or folder");
        assertThat(client.states.get("docs", client.now).lastRun().problem()).contains("nowhere");
    }

    @Test
    void holesAreNotRead() throws IOException {
        Path file = root.resolve("sparse");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(100L << 30);
            sparse.write(new byte[] {1, 2, 3});
            sparse.setLength(101L << 30);
        }

        client.run("docs", root);

        List<RunItem> items = items(1);
        long bytes = of(items, RunItem.Data.class).stream()
                .mapToLong(data -> data.bytes().remaining())
                .sum();
        assertThat(bytes).isLessThan(1 << 20);
        assertThat(of(items, RunItem.FileItem.class))
                .last()
                .extracting(RunItem.FileItem::size)
                .isEqualTo(101L << 30);
        Path to = Files.createDirectory(temp.resolve("to"));
        client.restore(file, null, to);
        try (FileChannel back = FileChannel.open(to.resolve("sparse"))) {
            ByteBuffer three = ByteBuffer.allocate(3);
            back.read(three, 100L << 30);
            assertThat(three.array()).containsExactly(1, 2, 3);
            assertThat(back.size()).isEqualTo(101L << 30);
        }
        assertThat(Files.getAttribute(to.resolve("sparse"), "unix:size")).isEqualTo(101L << 30);
    }

    @Test
    void itsOwnFolderIsNotBackedUp() throws IOException {
        client.run("docs", temp);

        try (RunTable.Reader table = client.buffer.runs("docs").get(0).table()) {
            for (RunTable.Entry entry = table.next(); entry != null; entry = table.next()) {
                assertThat(entry.path().toString()).doesNotContain("/home");
            }
        }
    }
}
