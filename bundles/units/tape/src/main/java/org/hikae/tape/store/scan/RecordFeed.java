package org.hikae.tape.store.scan;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.mount.Mounted;

/**
 * Reads records in a row, while those before are looked at. Used by one thread; nobody else uses the drive until {@link #stop} has
 * returned.
 */
final class RecordFeed implements AutoCloseable {

    private static final int BATCH = 16;

    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "hikae-tape-read");
        thread.setDaemon(true);
        return thread;
    });

    private final List<List<ByteBuffer>> buffers = List.of(room(), room());
    private Mounted mounted;
    private Future<Batch> next;
    private long left;
    private int turn;

    /**
     * Records in a row.
     *
     * @param records each from its position to its limit; until the next batch but one is asked for
     * @param end what was met behind them
     * @param failure why no more could be read; null: nothing
     */
    record Batch(List<ByteBuffer> records, ReadRecords.End end, IOException failure) {}

    private static List<ByteBuffer> room() {
        List<ByteBuffer> room = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            room.add(ByteBuffer.allocateDirect(RecordSizes.USUAL + 1));
        }
        return room;
    }

    /**
     * Begins to read where the head is.
     *
     * @param count records at most
     */
    void start(Mounted from, long count) {
        mounted = from;
        left = count;
        begin();
    }

    private void begin() {
        List<ByteBuffer> into = buffers.get(turn).subList(0, (int) Math.min(BATCH, left));
        turn = 1 - turn;
        left -= into.size();
        next = into.isEmpty() ? null : reader.submit(() -> read(mounted.drive(), into));
    }

    private static Batch read(TapeDrive drive, List<ByteBuffer> into) {
        into.forEach(ByteBuffer::clear);
        try {
            ReadRecords read = drive.read(into);
            return new Batch(into.subList(0, read.records()), read.end(), null);
        } catch (IOException e) {
            // those before it were read, and are shorter than the room that they had
            int good = 0;
            while (good < into.size() && into.get(good).limit() < into.get(good).capacity()) {
                good++;
            }
            return new Batch(into.subList(0, good), ReadRecords.End.NONE, e);
        }
    }

    /** The next records; null if all that were to be read were. */
    Batch take() throws IOException {
        if (next == null) {
            return null;
        }
        Batch batch = await();
        next = null;
        if (batch.failure() == null && batch.end() == ReadRecords.End.NONE) {
            begin();
        }
        return batch;
    }

    private Batch await() throws IOException {
        try {
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a cartridge");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Waits until nothing is read any more. */
    void stop() {
        boolean interrupted = false;
        while (next != null) {
            try {
                next.get();
                next = null;
            } catch (InterruptedException e) {
                interrupted = true;
                mounted.drive().cancel();
            } catch (ExecutionException e) {
                next = null; // what was read ahead is not needed
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        reader.shutdownNow();
    }
}
