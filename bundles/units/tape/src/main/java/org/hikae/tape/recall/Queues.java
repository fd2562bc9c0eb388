package org.hikae.tape.recall;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.hikae.io.BufferPool;
import org.hikae.io.Buffers;

/**
 * What is to be read of which cartridge. Thread-safe: its monitor guards all fetches, attempts, pieces and cartridges too. Nothing that
 * may take long is done under it.
 */
final class Queues {

    private static final int SPARE_BUFFERS = 8;

    private final Limits limits;
    private final LongSupplier nanos;
    /** For slots while they are read: one for each drive that reads, and for each slot that lies apart and was read in part. */
    private final BufferPool buffers;
    /** Those that are served, by the ids of their volumes. */
    private final Map<UUID, Cartridge> cartridges = new LinkedHashMap<>();
    /** Whether nothing is read any more. */
    private boolean closed;

    Queues(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        buffers = new BufferPool(limits.slot(), SPARE_BUFFERS);
    }

    /**
     * Takes in what is to be read for an attempt.
     *
     * @param barcodes of its volumes
     * @return the cartridges that are to be served from now on, until {@link #isOver}
     */
    synchronized List<Cartridge> add(Fetch.Attempt attempt, Map<UUID, String> barcodes) {
        List<Cartridge> begun = new ArrayList<>(1);
        for (Piece piece : attempt.pieces) {
            Cartridge cartridge = cartridges.get(piece.volume());
            if (cartridge == null) {
                String barcode = barcodes.get(piece.volume());
                cartridge = new Cartridge(piece.volume(), barcode, limits.fair(), nanos.getAsLong());
                cartridges.put(piece.volume(), cartridge);
                begun.add(cartridge);
            }
            cartridge.add(piece, nanos.getAsLong(), limits.show().toNanos());
        }
        notifyAll();
        return begun;
    }

    /**
     * Ends a fetch's attempt; what was not read of it is not.
     *
     * @return the mounts that nobody needs any more, to be cancelled without the monitor
     */
    synchronized List<MountProgress> end(Fetch fetch) {
        List<MountProgress> needless = new ArrayList<>(1);
        Fetch.Attempt attempt = fetch.attempt();
        fetch.end();
        if (attempt != null) {
            for (Piece piece : attempt.pieces) {
                Cartridge cartridge = cartridges.get(piece.volume());
                if (cartridge != null) {
                    cartridge.remove(piece, nanos.getAsLong());
                    needless.addAll(cartridge.needlessMount());
                }
            }
        }
        return needless;
    }

    /** Room for a slot, of any content. */
    ByteBuffer take(int length) {
        return buffers.take().limit(length);
    }

    /** A slot of zeros. */
    ByteBuffer zeros(int length) {
        return zero(take(length));
    }

    private static ByteBuffer zero(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            ByteBuffer zeros = Buffers.zeros();
            buffer.put(zeros.limit(Math.min(zeros.limit(), buffer.remaining())));
        }
        return buffer.flip();
    }

    /** Gives room back. */
    void give(ByteBuffer data) {
        buffers.give(data);
    }

    /** Takes note of what is waiting for a drive; null: that has ended. It is cancelled as soon as nobody waits for it. */
    void mounting(Cartridge cartridge, MountProgress progress) {
        boolean needless;
        synchronized (this) {
            cartridge.mounting(progress);
            needless = progress != null && cartridge.isEmpty();
        }
        if (needless) {
            progress.cancel();
        }
    }

    /**
     * What is to be read next of a cartridge.
     *
     * @param position the first that is not behind the head
     * @return with the attempt's data ready to take it; null: nothing now
     */
    synchronized Piece next(Cartridge cartridge, long position) {
        if (cartridge.isEmpty()) {
            return null;
        }
        Piece piece = cartridge.next(position, nanos.getAsLong());
        Fetch.Attempt attempt = piece.attempt;
        if (attempt.data == null) {
            attempt.data = buffers.take().limit(attempt.fetch.length);
            if (attempt.hasHoles()) {
                zero(attempt.data);
            }
        }
        return piece;
    }

    /** Waits until there may be something to be read, but not longer than some milliseconds. */
    synchronized void await(Cartridge cartridge, long millis) throws InterruptedException {
        if (cartridge.isEmpty() && !closed) {
            wait(millis);
        }
    }

    synchronized boolean hasMore(Cartridge cartridge) {
        return !cartridge.isEmpty();
    }

    /** What was being read of a cartridge is read. */
    synchronized void read(Cartridge cartridge, Piece piece) {
        cartridge.ended(true, nanos.getAsLong());
        piece.attempt.pieces.remove(piece);
    }

    /** What was being read of a cartridge could not be. */
    synchronized void failed(Cartridge cartridge) {
        cartridge.ended(false, nanos.getAsLong());
    }

    /** What was being read of a cartridge could not be, and is to be tried again as if it came now. */
    synchronized void again(Cartridge cartridge, Piece piece) {
        failed(cartridge);
        if (piece.attempt.isCurrent()) {
            cartridge.add(piece, nanos.getAsLong(), limits.show().toNanos());
        }
    }

    /** Everything that is to be read of a cartridge, which is not any more. */
    synchronized List<Piece> takeAll(Cartridge cartridge) {
        return cartridge.takeAll(nanos.getAsLong());
    }

    /** Whether there is nothing to be read of a cartridge; then it is not served any more. */
    synchronized boolean isOver(Cartridge cartridge) {
        boolean over = cartridge.isEmpty();
        if (over) {
            cartridges.remove(cartridge.volume, cartridge);
        }
        return over;
    }

    synchronized Cartridge.Activity activity(Cartridge cartridge) {
        return cartridge.activity();
    }

    /** What has to come before a slot can be read, a sentence; null: nothing. */
    synchronized String awaited(Fetch fetch) {
        if (fetch.attempt() != null) {
            for (Piece piece : fetch.attempt().pieces) {
                Cartridge cartridge = cartridges.get(piece.volume());
                if (cartridge != null && cartridge.awaited() != null) {
                    return cartridge.awaited();
                }
            }
        }
        return null;
    }

    /** What is waited for now, a sentence each. */
    synchronized List<String> awaited() {
        return cartridges.values().stream()
                .map(Cartridge::awaited)
                .filter(Objects::nonNull)
                .toList();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Who waits for something to be read does not any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
