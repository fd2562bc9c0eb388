package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.tape.BufferStatus;
import org.hikae.tape.home.Settings;
import org.hikae.tape.store.Extent;

/** Recall with small slots, over drives and media in memory. */
final class Lab implements AutoCloseable {

    static final int SLOT = 4096;
    /** Slots and records end at different places. */
    static final int PAYLOAD = 1000;

    static final UUID MEDIUM = UUID.fromString("00000000-0000-0000-0000-000000000001");

    static final Limits LIMITS = new Limits(
            SLOT, 16, 8, 64, 1 << 20, Duration.ofDays(1), Duration.ZERO, Duration.ofHours(1), Duration.ofSeconds(30));

    final FakeMounts mounts;
    final FakeMap map = new FakeMap();
    final FakeSpaces spaces = new FakeSpaces();
    final FakeJobs jobs = new FakeJobs();
    final Recall recall;
    private final ExecutorService readers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "reader");
        thread.setDaemon(true);
        return thread;
    });

    Lab(int drives) {
        this(drives, LIMITS, 256 * SLOT);
    }

    Lab(int drives, Limits limits, int bufferBytes) {
        mounts = new FakeMounts(drives);
        recall = new Recall(
                map,
                mounts,
                spaces,
                jobs,
                new Settings(Settings.AUTO, 16 << 20, Duration.ZERO),
                limits,
                mounts.clock::get);
        try {
            recall.buffer(bufferBytes == 0 ? Settings.NONE : Settings.AUTO, bufferBytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    FakeTape tape(String barcode) {
        FakeTape tape = new FakeTape(barcode);
        mounts.add(tape);
        map.volume(tape);
        return tape;
    }

    /** An object on one cartridge, in one piece. */
    byte[] object(String name, int length, FakeTape tape) {
        byte[] bytes = Data.random(name.hashCode(), length);
        copy(name, bytes, tape);
        return bytes;
    }

    /** Another copy of it, on as many cartridges as are given, evenly. */
    long copy(String name, byte[] bytes, FakeTape... tapes) {
        List<Extent> extents = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < tapes.length; i++) {
            int end = (int) ((long) bytes.length * (i + 1) / tapes.length);
            extents.add(tapes[i].write(bytes, at, end - at, PAYLOAD));
            tapes[i].filemark();
            at = end;
        }
        return map.add(name, bytes, extents);
    }

    ObjectReader open(String name) throws IOException {
        return recall.open(MEDIUM, name);
    }

    static byte[] read(ObjectReader reader, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        reader.read(buffer, position);
        assertThat(buffer.hasRemaining()).isFalse();
        return buffer.array();
    }

    static byte[] part(byte[] bytes, int from, int length) {
        return java.util.Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Does something in another thread. */
    <T> CompletableFuture<T> go(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                readers);
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    BufferStatus status() {
        return recall.status(Duration.ofMinutes(5));
    }

    /** Whether nothing is read from tape, handed over or put into the buffer. */
    boolean isIdle() {
        return recall.asked() == 0;
    }

    /** Waits until something is so. */
    static void until(BooleanSupplier question) {
        if (!question.getAsBoolean()) {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(question::getAsBoolean);
        }
    }

    @Override
    public void close() {
        recall.close();
        readers.shutdownNow();
        assertThat(mounts.mounted()).isZero();
        assertThat(spaces.openNow()).isZero();
    }
}
