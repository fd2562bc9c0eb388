package org.hikae.logpernode;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.io.NoSpaceException;

/** Writes a node's records into its two files, in a thread of its own: data first, then what the list says of it. */
final class LogWriter implements Runnable {

    /** So much is written before waiting writers are told that there is progress. */
    private static final int PIECE = 1 << 18;

    private final RecordQueue queue;
    private final LogGathering.Session session;
    private final FileHeader header;
    private final Output list;
    private final Output data;
    private final String place;
    /** Where each file ends. */
    private volatile long listEnd;

    private volatile long dataEnd;

    /** @param place of which node and where the files are, for messages */
    LogWriter(
            RecordQueue queue,
            LogGathering.Session session,
            FileHeader header,
            Output list,
            Output data,
            String place) {
        this.queue = queue;
        this.session = session;
        this.header = header;
        this.list = list;
        this.data = data;
        this.place = place;
    }

    @Override
    public void run() {
        try (list;
                data) {
            writeAll();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            queue.finish();
        }
    }

    private void writeAll() throws IOException {
        for (Batch batch = queue.next(); batch != null; batch = queue.next()) {
            try {
                write(batch);
            } finally {
                queue.give(batch);
            }
        }
    }

    private void write(Batch batch) throws IOException {
        if (dataEnd == 0) {
            dataEnd = append(data, header.encode(FileHeader.DATA), 0);
            listEnd = append(list, header.encode(FileHeader.LIST), 0);
        }
        ByteBuffer entries = batch.entries(dataEnd, session.blockSize());
        dataEnd = append(data, batch.data(), dataEnd);
        listEnd = append(list, entries, listEnd);
    }

    /** @return where the file ends now */
    private long append(Output file, ByteBuffer bytes, long start) throws IOException {
        int all = bytes.limit();
        while (bytes.position() < all) {
            bytes.limit(Math.min(all, bytes.position() + PIECE));
            writeOnceThereIsRoom(file, bytes, start);
            bytes.limit(all);
            queue.progress();
        }
        return start + all;
    }

    private void writeOnceThereIsRoom(Output file, ByteBuffer bytes, long start) throws IOException {
        while (bytes.hasRemaining()) {
            try {
                file.write(bytes, start + bytes.position());
            } catch (NoSpaceException e) {
                session.patience().await(full(e));
                if (queue.hasFailed()) {
                    throw e;
                }
            }
        }
    }

    private IOException full(NoSpaceException e) {
        return new NoSpaceException(
                "the temporary log medium of " + place
                        + " is full: make room there, or choose 'bilog strategy --gather central'",
                e);
    }

    private void fail(Throwable cause) {
        IOException reason = cause instanceof IOException e
                ? e
                : new IOException("the temporary log of " + place + " cannot be written: " + cause, cause);
        if (queue.fail(reason)) {
            session.failed(reason);
        }
    }

    long listEnd() {
        return listEnd;
    }

    long dataEnd() {
        return dataEnd;
    }
}
