package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hikae.api.job.Reason;
import org.hikae.io.BufferPool;
import org.hikae.io.Buffers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slots that are being read from tape, and what is to be read of which cartridge. Whoever wants a slot that is on its way joins those
 * who wait for it. Thread-safe; takers are called by threads that hold no lock.
 */
final class Fetches {

    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);
    private static final int SPARE_BUFFERS = 8;

    private final Slots slots;
    private final Limits limits;
    private final LongSupplier nanos;
    private final Consumer<Cartridge> server;
    /** For slots while they are read: one for each drive that reads, and for each that lies on two cartridges or apart on one. */
    private final BufferPool buffers;
    /** Guards everything below, all fetches, pieces and cartridges. Nothing that may take long is done under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Map<SlotKey, Fetch> open = new HashMap<>();
    /** Those that are served, by the ids of their volumes. */
    private final Map<UUID, Cartridge> cartridges = new LinkedHashMap<>();
    /** Why nothing is fetched any more; null: it is. */
    private String closed;

    /** @param server sees to it that what is to be read of a cartridge is, until {@link #isOver} */
    Fetches(Slots slots, Limits limits, LongSupplier nanos, Consumer<Cartridge> server) {
        this.slots = slots;
        this.limits = limits;
        this.nanos = nanos;
        this.server = server;
        buffers = new BufferPool(limits.slot(), SPARE_BUFFERS);
    }

    /**
     * Asks for a slot.
     *
     * @param keep whether it belongs into the buffer
     */
    void request(Source source, SlotKey key, Taker taker, boolean keep) {
        Fetch begun = null;
        String refusal;
        lock.lock();
        try {
            refusal = closed;
            if (refusal == null) {
                Fetch fetch = open.get(key);
                if (fetch == null) {
                    begun = new Fetch(source, key, limits.slot());
                    open.put(key, begun);
                    fetch = begun;
                }
                fetch.join(taker, keep);
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            taker.fail(new IOException(refusal));
        } else if (begun != null) {
            choose(begun);
        }
    }

    /** Does not wait for a slot any more. */
    void leave(SlotKey key, Taker taker) {
        List<MountProgress> needless = List.of();
        lock.lock();
        try {
            Fetch fetch = open.get(key);
            if (fetch != null && fetch.leave(taker)) {
                open.remove(key);
                needless = unqueue(fetch);
            }
        } finally {
            lock.unlock();
        }
        needless.forEach(MountProgress::cancel);
    }

    /** @return the mounts that nobody needs any more */
    private List<MountProgress> unqueue(Fetch fetch) {
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

    /** Lets a slot be read from the copy that is the best now. */
    private void choose(Fetch fetch) {
        try {
            Set<Long> tried = locked(fetch::tried);
            Layout layout = fetch.source.choose(tried, fetch.from, fetch.from + fetch.length);
            if (layout == null) {
                fail(fetch, Failures.none(fetch.key.object(), locked(fetch::failures)));
                return;
            }
            Fetch.Attempt attempt = new Fetch.Attempt(fetch, layout);
            if (attempt.pieces.isEmpty()) {
                deliver(fetch, zero(buffers.take().limit(fetch.length)));
            } else {
                queue(attempt);
            }
        } catch (IOException | RuntimeException e) {
            fail(fetch, Failures.of(fetch.key.object(), e));
        }
    }

    private <T> T locked(java.util.function.Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private static ByteBuffer zero(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            ByteBuffer zeros = Buffers.zeros();
            buffer.put(zeros.limit(Math.min(zeros.limit(), buffer.remaining())));
        }
        return buffer.flip();
    }

    private void queue(Fetch.Attempt attempt) throws IOException {
        Map<UUID, String> barcodes = new HashMap<>(2);
        for (Piece piece : attempt.pieces) {
            barcodes.put(piece.volume(), attempt.fetch.source.barcode(piece.volume()));
        }
        List<Cartridge> begun = new ArrayList<>(1);
        lock.lock();
        try {
            if (closed != null || !attempt.fetch.isWanted()) {
                return; // whoever waited was told, or has left
            }
            attempt.fetch.begin(attempt);
            long now = nanos.getAsLong();
            for (Piece piece : attempt.pieces) {
                Cartridge cartridge = cartridges.get(piece.volume());
                if (cartridge == null) {
                    cartridge = new Cartridge(piece.volume(), barcodes.get(piece.volume()), limits.fair(), now);
                    cartridges.put(piece.volume(), cartridge);
                    begun.add(cartridge);
                }
                cartridge.add(piece, now, limits.show().toNanos());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        begun.forEach(server);
    }

    private void fail(Fetch fetch, IOException why) {
        List<Taker> takers = locked(() -> {
            open.remove(fetch.key, fetch);
            return fetch.takeTakers();
        });
        takers.forEach(taker -> taker.fail(why));
    }

    /** Takes note of what is waiting for a drive; null: that has ended. It is cancelled as soon as nobody waits for it. */
    void mounting(Cartridge cartridge, MountProgress progress) {
        boolean needless = locked(() -> {
            cartridge.mounting(progress);
            return progress != null && (closed != null || cartridge.isEmpty());
        });
        if (needless) {
            progress.cancel();
        }
    }

    /**
     * What is to be read next.
     *
     * @param position the first that is not behind the head
     * @return with the attempt's data ready to take it; null: nothing now
     */
    Piece next(Cartridge cartridge, long position) {
        return locked(() -> {
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
        });
    }

    /** Waits until there may be something to be read, but not longer than some milliseconds. */
    void await(Cartridge cartridge, long millis) throws InterruptedException {
        lock.lock();
        try {
            if (cartridge.isEmpty() && closed == null) {
                changed.await(millis, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return locked(() -> closed != null);
    }

    /** Whether nothing is to be read; then the cartridge is not served any more, and whoever comes lets it be served anew. */
    boolean isOver(Cartridge cartridge) {
        return locked(() -> {
            boolean over = closed != null || cartridge.isEmpty();
            if (over) {
                cartridges.remove(cartridge.volume, cartridge);
            }
            return over;
        });
    }

    /** A piece was read into the attempt's data. */
    void done(Cartridge cartridge, Piece piece) {
        Fetch.Attempt attempt = piece.attempt;
        boolean whole;
        boolean wanted;
        lock.lock();
        try {
            cartridge.ended(true, nanos.getAsLong());
            attempt.pieces.remove(piece);
            whole = attempt.pieces.isEmpty();
            wanted = whole && attempt.isCurrent();
            if (wanted) {
                attempt.fetch.deliver();
            }
        } finally {
            lock.unlock();
        }
        if (wanted) {
            deliver(attempt.fetch, attempt.data);
        } else if (whole) {
            buffers.give(attempt.data);
        }
    }

    /** A piece could not be read, and is tried again as all others are. */
    void again(Cartridge cartridge, Piece piece) {
        locked(() -> {
            long now = nanos.getAsLong();
            cartridge.ended(false, now);
            if (piece.attempt.isCurrent()) {
                cartridge.add(piece, now, limits.show().toNanos());
            }
            return null;
        });
    }

    /** A piece could not be read: its slot is read from another copy, and this one is not relied upon. */
    void bad(Cartridge cartridge, Piece piece, IOException why) {
        locked(() -> {
            cartridge.ended(false, nanos.getAsLong());
            return null;
        });
        try {
            piece.attempt.fetch.source.doubt(piece.attempt.layout.copy().number(), Reason.of(why));
        } catch (IOException | RuntimeException e) {
            LOG.warn("That {} could not be remembered", Reason.of(why), e);
        }
        failed(piece.attempt, why);
    }

    /** Nothing can be read from a cartridge now: what is to be is read from others. */
    void unreadable(Cartridge cartridge, IOException why) {
        Set<Fetch.Attempt> attempts = new LinkedHashSet<>();
        locked(() -> cartridge.takeAll(nanos.getAsLong())).forEach(piece -> attempts.add(piece.attempt));
        attempts.forEach(attempt -> failed(attempt, why));
    }

    private void failed(Fetch.Attempt attempt, IOException why) {
        Fetch fetch = attempt.fetch;
        List<MountProgress> needless = locked(() -> {
            if (!attempt.isCurrent()) {
                return null;
            }
            fetch.failed(attempt.layout.copy().number(), why);
            return unqueue(fetch);
        });
        if (needless != null) {
            needless.forEach(MountProgress::cancel);
            choose(fetch);
        }
    }

    /** Gives the slot to all who wait for it, and to those who come as long as that lasts. */
    private void deliver(Fetch fetch, ByteBuffer data) {
        boolean stored = false;
        try {
            while (true) {
                boolean keep;
                List<Taker> takers;
                lock.lock();
                try {
                    takers = fetch.takeTakers();
                    keep = fetch.isKept() && !stored;
                    if (takers.isEmpty() && !keep) {
                        open.remove(fetch.key, fetch);
                        break;
                    }
                } finally {
                    lock.unlock();
                }
                takers.forEach(taker -> taker.take(data.duplicate().rewind()));
                if (keep) {
                    slots.keep(fetch.key, data.duplicate().rewind());
                    stored = true;
                }
            }
        } finally {
            fail(fetch, new IOException("object " + fetch.key.object().name() + " could not be handed over"));
            buffers.give(data);
        }
        if (!stored) {
            slots.past(fetch.length);
        }
    }

    /** Ends all that is to be read from a cartridge, and being read: whoever waits is told. */
    void cancel(Cartridge cartridge, IOException why) {
        List<Taker> takers = new ArrayList<>();
        List<MountProgress> needless = new ArrayList<>(1);
        lock.lock();
        try {
            for (Fetch fetch : List.copyOf(open.values())) {
                Fetch.Attempt attempt = fetch.attempt();
                if (attempt != null && attempt.pieces.stream().anyMatch(piece -> piece.volume().equals(cartridge.volume))) {
                    takers.addAll(fetch.takeTakers());
                    open.remove(fetch.key);
                    needless.addAll(unqueue(fetch));
                }
            }
        } finally {
            lock.unlock();
        }
        needless.forEach(MountProgress::cancel);
        takers.forEach(taker -> taker.fail(why));
    }

    Cartridge.Activity activity(Cartridge cartridge) {
        return locked(cartridge::activity);
    }

    /** What is waited for now. */
    List<String> awaited() {
        return locked(() ->
                cartridges.values().stream().map(Cartridge::awaited).filter(Objects::nonNull).toList());
    }

    /** Nothing is fetched any more; whoever waits is told why. */
    void close(String why) {
        List<Taker> takers = new ArrayList<>();
        List<MountProgress> needless = new ArrayList<>();
        lock.lock();
        try {
            closed = why;
            for (Fetch fetch : open.values()) {
                takers.addAll(fetch.takeTakers());
                needless.addAll(unqueue(fetch));
            }
            open.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        needless.forEach(MountProgress::cancel);
        takers.forEach(taker -> taker.fail(new IOException(why)));
    }
}
