package org.hikae.logpernode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.Overload;
import org.hikae.io.BufferPool;
import org.hikae.io.NoSpaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that are slower than writers, or full. */
@Timeout(60)
class OverloadTest {

    private static final int LARGEST = (1 << 20) / Kept.BLOCK;
    private static final Duration SHORT = Duration.ofMillis(50);

    private final TestSession session = new TestSession();
    private final BufferPool buffers = new BufferPool(Batch.BYTES, 4);
    private final RecordQueue queue = new RecordQueue(session, buffers);

    private void append(long megabyte) throws IOException {
        BlockRun run = new BlockRun(megabyte * LARGEST, LARGEST);
        queue.append(List.of(run), Kept.image(run, 1));
    }

    /** Nobody writes: one batch is being written for ever, the other is full. */
    private Batch full() throws IOException {
        append(0);
        Batch written = queue.next();
        append(1);
        append(2);
        return written;
    }

    private CompletableFuture<Void> appending(long megabyte) {
        return CompletableFuture.runAsync(() -> {
            try {
                append(megabyte);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aWriterWaitsNoLongerThanTheLimit() throws IOException {
        full();
        for (Overload overload : new Overload[] {new Overload(false, SHORT), new Overload(true, SHORT)}) {
            session.overload = overload;
            assertThatThrownBy(() -> append(3))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the log cannot keep up");
        }
        assertThat(queue.records()).isEqualTo(3);
        assertThat(queue.missing(new BlockRun(3L * LARGEST, 1))).hasSize(1);
    }

    @Test
    void aWriterGoesOnWhenThereIsRoom() throws Exception {
        session.overload = new Overload(true, Duration.ofSeconds(30));
        Batch written = full();
        CompletableFuture<Void> waiting = appending(3);
        assertThatThrownBy(() -> waiting.get(50, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        Batch next = queue.next();
        assertThat(next).isNotNull();
        queue.give(written);
        waiting.get(30, TimeUnit.SECONDS);
        assertThat(queue.records()).isEqualTo(4);
    }

    @Test
    void aWriterDoesNotWaitForABackupThatHasFailed() throws Exception {
        session.overload = new Overload(true, Duration.ofHours(1));
        full();
        CompletableFuture<Void> waiting = appending(3);
        session.failed(new IOException("for whatever reason"));
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasMessageContaining("the backup has failed");
        assertThatThrownBy(queue::close).hasMessageContaining("the backup has failed");
    }

    @Test
    void aWriterIsToldThatTheFilesCannotBeWritten() throws Exception {
        session.overload = new Overload(true, Duration.ofHours(1));
        full();
        CompletableFuture<Void> waiting = appending(3);
        assertThat(queue.fail(new IOException("broken"))).isTrue();
        assertThat(queue.fail(new IOException("again"))).isFalse();
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasMessageContaining("broken");
    }

    /** A file of a medium with little room, which writes what fits. */
    private static class Small implements Output {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        volatile int room;
        volatile boolean closed;

        Small(int room) {
            this.room = room;
        }

        @Override
        public void write(ByteBuffer src, long at) throws IOException {
            assertThat(at).isEqualTo(content.size());
            while (src.hasRemaining() && content.size() < room) {
                content.write(src.get());
            }
            if (src.hasRemaining()) {
                throw new NoSpaceException("no space left for it", null);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Thread write(Small list, Small data) {
        FileHeader header = new FileHeader(UUID.randomUUID(), Kept.BLOCK, "n1", 1, "data");
        Thread writer = new Thread(new LogWriter(queue, session, header, list, data, "node 'n1' in there"));
        writer.start();
        return writer;
    }

    @Test
    void aFullMediumFailsTheBackup() throws Exception {
        Small list = new Small(1 << 20);
        Small data = new Small(1 << 20);
        Thread writer = write(list, data);
        append(0);
        writer.join();
        assertThat(session.failure.get())
                .isInstanceOf(NoSpaceException.class)
                .hasMessageContaining("the temporary log medium of node 'n1' in there is full");
        assertThatThrownBy(() -> append(1)).hasMessageContaining("is full");
        assertThatThrownBy(queue::close).hasMessageContaining("is full");
        assertThat(list.closed && data.closed).isTrue();
    }

    @Test
    void whereWritesAreHeldAFullMediumIsWaitedFor() throws Exception {
        Small list = new Small(10);
        Small data = new Small(100);
        AtomicInteger asked = new AtomicInteger();
        session.patience = full -> {
            assertThat(full).hasMessageContaining("is full");
            asked.incrementAndGet();
            list.room += 5000;
            data.room += 700_000;
        };
        Thread writer = write(list, data);
        append(0);
        append(1);
        queue.close();
        writer.join();
        assertThat(asked).hasPositiveValue();
        assertThat(session.failure).hasNullValue();
        assertThat(data.content.size()).isEqualTo(FileHeader.BYTES + (2 << 20));
        assertThat(list.content.size()).isEqualTo(FileHeader.BYTES + 2 * ListEntry.BYTES);
        ByteBuffer first = ByteBuffer.wrap(data.content.toByteArray(), FileHeader.BYTES, 1 << 20)
                .slice();
        assertThat(first).isEqualTo(Kept.image(new BlockRun(0, LARGEST), 1));
    }

    @Test
    void whoeverWaitsForRoomStopsWithTheBackup() throws Exception {
        session.patience = full -> queue.fail(new IOException("the gathering was stopped"));
        Thread writer = write(new Small(0), new Small(0));
        append(0);
        writer.join();
        assertThatThrownBy(queue::close).hasMessageContaining("was stopped");
        assertThat(session.failure).hasNullValue();
    }

    @Test
    void aFileThatCannotBeClosedIsNotWritten() throws Exception {
        Small data = new Small(1 << 24) {
            @Override
            public void close() {
                throw new java.io.UncheckedIOException(new IOException("quota"));
            }
        };
        Thread writer = write(new Small(1 << 24), data);
        append(0);
        assertThatThrownBy(queue::close).hasMessageContaining("quota");
        writer.join();
        assertThat(session.failure.get()).hasMessageContaining("quota");
    }

    /** Two batches are all the memory there is, however much goes through. */
    @Test
    void batchesAreUsedAgain() throws Exception {
        Set<Batch> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Batch written = full();
        for (int i = 3; i < 50; i += 2) {
            seen.add(written);
            Batch next = queue.next();
            queue.give(written);
            append(i);
            append(i + 1);
            written = next;
        }
        assertThat(seen).hasSize(2);
    }
}
