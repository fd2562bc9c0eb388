package org.hikae.tape.store.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.io.Buffers;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.format.Table;

/** Writes one object in a session, from its beginning to its end. Used by one thread. */
public final class ObjectStream implements Closeable {

    private final Name name;
    private final long number;
    private final SessionQueue queue;
    private final RecordSizes sizes;
    private final int batch;
    private final MessageDigest digest;
    private List<Piece> stripe = new ArrayList<>();
    private Piece piece;
    private long length;
    private long stored;
    private boolean ended;

    /**
     * What an object is called.
     *
     * @param medium id of its medium
     * @param mediumName name of that medium
     * @param object its name on it
     */
    public record Name(UUID medium, String mediumName, String object) {}

    ObjectStream(Name name, long number, SessionQueue queue, RecordSizes sizes, int batch) {
        this.name = name;
        this.number = number;
        this.queue = queue;
        this.sizes = sizes;
        this.batch = batch;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
        queue.enter();
    }

    /** Bytes so far, holes too. */
    public long length() {
        return length;
    }

    /**
     * Appends bytes. Waits for the drive if it is slower.
     *
     * @param src is taken from its position to its limit; what was not taken when this throws is left in it
     * @throws NoCartridgeLeftException if no cartridge can take more: it may be tried again
     * @throws java.util.concurrent.CancellationException if the session's progress was cancelled
     * @throws IOException if it cannot be written
     */
    public void write(ByteBuffer src) throws IOException {
        while (src.hasRemaining()) {
            if (piece == null) {
                piece = new Piece(buffer(), number, length);
            }
            ByteBuffer taken = src.duplicate();
            piece.take(src, sizes);
            taken.limit(src.position());
            length += taken.remaining();
            digest.update(taken);
            if (piece.isFull(sizes)) {
                endPiece();
            }
        }
    }

    /** Appends a hole: zeros that are not written. */
    public void skip(long zeros) {
        endPiece();
        long left = zeros;
        while (left > 0) {
            ByteBuffer some = Buffers.zeros();
            some.limit((int) Math.min(some.limit(), left));
            left -= some.remaining();
            digest.update(some);
        }
        length += zeros;
    }

    private ByteBuffer buffer() throws IOException {
        ByteBuffer buffer = queue.poll();
        if (buffer != null) {
            return buffer;
        }
        handOver();
        return queue.take();
    }

    private void endPiece() {
        if (piece != null) {
            stripe.add(piece);
            stored += piece.length;
            piece = null;
            if (stripe.size() >= queue.stripe(batch)) {
                handOver();
            }
        }
    }

    private void handOver() {
        if (!stripe.isEmpty()) {
            queue.add(stripe);
            stripe = new ArrayList<>();
        }
    }

    /** The object is whole: it can be committed. */
    public Table.StoredObject finish() {
        endPiece();
        handOver();
        close();
        return new Table.StoredObject(
                number, name.medium(), name.mediumName(), name.object(), length, digest.digest(), stored);
    }

    /** Idempotent. What was not committed is lost. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            if (piece != null) {
                stripe.add(piece);
                piece = null;
            }
            queue.give(stripe);
            stripe = new ArrayList<>();
            queue.leave();
        }
    }
}
