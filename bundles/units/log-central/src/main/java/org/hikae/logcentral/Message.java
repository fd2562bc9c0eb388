package org.hikae.logcentral;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.NodeLog;

/**
 * Before-images of a node on their way to the log manager: of one writer, or of several who came while the message before
 * was under way. The images stay where their writers have them, who wait for the answer: they are copied once, by the log
 * manager. Not thread-safe: {@link NodeMessages} fills it and answers it under its lock, and in between it does not change.
 */
final class Message {

    /** As much as one writer may send. */
    static final int MAX_BYTES = NodeLog.MAX_RECORD_BYTES;

    /** What describes a record: its first block and their number. */
    private static final int DESCRIPTION_BYTES = 2 * Long.BYTES;

    /**
     * What one writer sends.
     *
     * @param data the images, one run after the other, from position to limit
     */
    record Part(List<BlockRun> runs, ByteBuffer data) {}

    private final List<Part> parts = new ArrayList<>();
    /** When the first of its writers came, in {@link System#nanoTime} of this process. */
    private final long since;

    private int dataBytes;
    private int records;
    private boolean answered;
    private IOException failure;

    Message(long since) {
        this.since = since;
    }

    boolean hasRoom(int bytes) {
        return dataBytes + bytes <= MAX_BYTES;
    }

    void add(List<BlockRun> runs, ByteBuffer data) {
        parts.add(new Part(runs, data));
        dataBytes += data.remaining();
        records += runs.size();
    }

    List<Part> parts() {
        return parts;
    }

    long since() {
        return since;
    }

    /** Of the images alone. */
    int dataBytes() {
        return dataBytes;
    }

    /** Of the images and of what describes them. */
    long bytes() {
        return dataBytes + (long) records * DESCRIPTION_BYTES;
    }

    /** @param reason why the records are not held; null: they are */
    void answer(IOException reason) {
        answered = true;
        failure = reason;
    }

    boolean isAnswered() {
        return answered;
    }

    /** @throws IOException if the answer was that the records are not held */
    void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }
}
