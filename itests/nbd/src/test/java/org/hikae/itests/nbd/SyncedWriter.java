package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Writes new files and deletes old ones until its disk fails, each synced with its folder: what is there then must not be
 * lost. Files that are being made or deleted at that moment do not count.
 */
final class SyncedWriter implements AutoCloseable {

    private static final int LONGEST = 300_000;
    private static final int FILES = 40;
    private static final long DEADLINE_MILLIS = 60_000;

    private final Path folder;
    private final Random random;
    private final Map<String, byte[]> synced = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::write, "synced-writer");
    /** Guarded by this, as the contents are. */
    private int count;
    /** What has ended it; guarded by this. */
    private IOException failure;

    /** Starts it. */
    SyncedWriter(Path folder, Random random) throws IOException {
        this.folder = Files.createDirectory(folder);
        this.random = random;
        thread.start();
    }

    private void write() {
        try {
            while (!thread.isInterrupted()) {
                writeOne();
                deleteOldest();
            }
        } catch (IOException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private void writeOne() throws IOException {
        byte[] content = new byte[random.nextInt(LONGEST)];
        random.nextBytes(content);
        String name = "f" + count;
        SyncedFiles.write(folder.resolve(name), content);
        syncFolder();
        synchronized (this) {
            synced.put(name, content);
            count++;
        }
    }

    private void deleteOldest() throws IOException {
        String oldest;
        synchronized (this) {
            if (synced.size() <= FILES) {
                return;
            }
            oldest = synced.keySet().iterator().next();
            synced.remove(oldest);
        }
        Files.delete(folder.resolve(oldest));
    }

    private void syncFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder)) {
            directory.force(true);
        }
    }

    /** Waits until it has written so many more. */
    void awaitMore(int more) {
        int enough = count() + more;
        Awaitility.await()
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .until(() -> {
                    assertFine();
                    return count() >= enough;
                });
    }

    private synchronized int count() {
        return count;
    }

    /** Nothing has failed yet. */
    synchronized void assertFine() {
        assertThat(failure).isNull();
    }

    /** What was synced, by path on the disk; to be called when it is closed. */
    Map<String, byte[]> synced() {
        Map<String, byte[]> byPath = new LinkedHashMap<>();
        synced.forEach((name, content) -> byPath.put(folder.getFileName() + "/" + name, content));
        return byPath;
    }

    /** Ends it. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(DEADLINE_MILLIS);
        assertThat(thread.isAlive()).as("it ends").isFalse();
    }
}
