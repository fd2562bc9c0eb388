package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slots that are being read from tape, each once for all who want it: whoever comes while it is on its way joins them. Thread-safe;
 * takers are called by threads that hold no lock.
 */
final class Fetches {

    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);

    private final Queues queues;
    private final Slots slots;
    private final int slotBytes;
    private final Consumer<Cartridge> server;
    /** Those that are not delivered yet; guarded by {@link #queues}, as {@link #closed}. */
    private final Map<SlotKey, Fetch> open = new HashMap<>();
    /** Why nothing is fetched any more; null: it is. */
    private String closed;

    /** @param server sees to it that what is to be read of a cartridge is, until {@link Queues#isOver} */
    Fetches(Queues queues, Slots slots, int slotBytes, Consumer<Cartridge> server) {
        this.queues = queues;
        this.slots = slots;
        this.slotBytes = slotBytes;
        this.server = server;
    }

    /**
     * Asks for a slot.
     *
     * @param keep whether it belongs into the buffer
     */
    void request(Source source, SlotKey key, Taker taker, boolean keep) {
        Fetch begun = null;
        String refusal;
        synchronized (queues) {
            refusal = closed;
            if (refusal == null) {
                Fetch fetch = open.get(key);
                if (fetch == null) {
                    begun = new Fetch(source, key, slotBytes);
                    open.put(key, begun);
                    fetch = begun;
                }
                fetch.join(taker, keep);
            }
        }
        if (refusal != null) {
            taker.fail(new IOException(refusal));
        } else if (begun != null && !deliverKept(begun)) {
            choose(begun);
        }
    }

    /** One that was not kept when it was looked for, but has come before it was asked for. */
    private boolean deliverKept(Fetch fetch) {
        if (!slots.contains(fetch.key)) {
            return false;
        }
        ByteBuffer data = queues.take(fetch.length);
        if (!slots.read(fetch.key, 0, data)) {
            queues.give(data);
            return false;
        }
        deliver(fetch, data, true);
        return true;
    }

    /** What has to come before some slots can be read, a sentence; null: nothing, they are on their way. */
    String awaited(List<SlotKey> keys) {
        synchronized (queues) {
            for (SlotKey key : keys) {
                Fetch fetch = open.get(key);
                String awaited = fetch == null ? null : queues.awaited(fetch);
                if (awaited != null) {
                    return awaited;
                }
            }
            return null;
        }
    }

    /** Does not wait for a slot any more. */
    void leave(SlotKey key, Taker taker) {
        List<MountProgress> needless = List.of();
        synchronized (queues) {
            Fetch fetch = open.get(key);
            if (fetch != null && fetch.leave(taker)) {
                open.remove(key);
                needless = queues.end(fetch);
            }
        }
        needless.forEach(MountProgress::cancel);
    }

    /** Lets a slot be read from the copy that is the best now. */
    private void choose(Fetch fetch) {
        try {
            Set<Long> tried;
            List<IOException> failures;
            synchronized (queues) {
                tried = fetch.tried();
                failures = fetch.failures();
            }
            Layout layout = fetch.source.choose(tried, fetch.from, fetch.from + fetch.length);
            if (layout == null) {
                fail(fetch, Failures.none(fetch.key.object(), failures));
                return;
            }
            Fetch.Attempt attempt = new Fetch.Attempt(fetch, layout);
            if (attempt.pieces.isEmpty()) {
                deliver(fetch, queues.zeros(fetch.length), true);
            } else {
                queue(attempt);
            }
        } catch (IOException | RuntimeException e) {
            fail(fetch, Failures.of(fetch.key.object(), e));
        }
    }

    private void queue(Fetch.Attempt attempt) throws IOException {
        Map<UUID, String> barcodes = new HashMap<>(2);
        for (Piece piece : attempt.pieces) {
            barcodes.put(piece.volume(), attempt.fetch.source.barcode(piece.volume()));
        }
        List<Cartridge> begun;
        synchronized (queues) {
            if (!attempt.fetch.isWanted()) {
                return; // whoever waited has left, or was told why
            }
            attempt.fetch.begin(attempt);
            begun = queues.add(attempt, barcodes);
        }
        begun.forEach(this::serve);
    }

    private void serve(Cartridge cartridge) {
        try {
            server.accept(cartridge);
        } catch (RuntimeException | Error e) {
            // whoever waits, and whoever comes, would wait for ever
            IOException why =
                    new IOException("cartridge " + cartridge.barcode + " cannot be read now: " + Reason.of(e), e);
            do {
                cancel(cartridge, why);
            } while (!queues.isOver(cartridge));
        }
    }

    private void fail(Fetch fetch, IOException why) {
        List<Taker> takers;
        synchronized (queues) {
            open.remove(fetch.key, fetch);
            takers = fetch.takeTakers();
        }
        takers.forEach(taker -> taker.fail(why));
    }

    /** A piece was read into the attempt's data. */
    void done(Cartridge cartridge, Piece piece) {
        Fetch.Attempt attempt = piece.attempt;
        boolean whole;
        boolean wanted;
        synchronized (queues) {
            queues.read(cartridge, piece);
            whole = attempt.pieces.isEmpty();
            wanted = whole && attempt.isCurrent();
            if (wanted) {
                attempt.fetch.deliver();
            }
        }
        if (wanted) {
            deliver(attempt.fetch, attempt.data, false);
        } else if (whole) {
            queues.give(attempt.data);
        }
    }

    /** A piece could not be read: its slot is read from another copy, and this one is not relied upon. */
    void bad(Cartridge cartridge, Piece piece, IOException why) {
        queues.failed(cartridge);
        try {
            piece.attempt.fetch.source.doubt(piece.attempt.layout.copy().number(), Reason.of(why));
        } catch (IOException | RuntimeException e) {
            LOG.warn("It could not be remembered that {}", Reason.of(why), e);
        }
        failed(piece.attempt, why);
    }

    /** Nothing can be read from a cartridge now: what is to be is read from others. */
    void unreadable(Cartridge cartridge, IOException why) {
        Set<Fetch.Attempt> attempts = new LinkedHashSet<>();
        queues.takeAll(cartridge).forEach(piece -> attempts.add(piece.attempt));
        attempts.forEach(attempt -> failed(attempt, why));
    }

    private void failed(Fetch.Attempt attempt, IOException why) {
        Fetch fetch = attempt.fetch;
        List<MountProgress> needless;
        synchronized (queues) {
            if (!attempt.isCurrent()) {
                return;
            }
            fetch.failed(attempt.layout.copy().number(), why);
            needless = queues.end(fetch);
        }
        needless.forEach(MountProgress::cancel);
        choose(fetch);
    }

    /**
     * Gives the slot to all who wait for it, and to those who come as long as that lasts.
     *
     * @param known whether it need not be kept
     */
    private void deliver(Fetch fetch, ByteBuffer data, boolean known) {
        try {
            boolean kept = known;
            boolean passed = known;
            Handing next = hand(fetch, kept);
            while (next != null) {
                if (next.keep) {
                    slots.missed();
                }
                next.takers.forEach(taker -> taker.take(data.duplicate().rewind()));
                if (next.keep) {
                    slots.keep(fetch.key, data.duplicate().rewind());
                    kept = true;
                } else if (!kept && !passed) {
                    slots.pass(fetch.key, data.duplicate().rewind());
                    passed = true;
                }
                next = hand(fetch, kept);
            }
        } finally {
            fail(fetch, new IOException("object " + fetch.key.object().name() + " could not be handed over"));
            queues.give(data);
        }
    }

    /** Who is to be given a slot now, and whether it belongs into the buffer and is not there yet. */
    private record Handing(List<Taker> takers, boolean keep) {}

    /** @return null if nobody is left: the fetch has ended */
    private Handing hand(Fetch fetch, boolean kept) {
        synchronized (queues) {
            fetch.deliver();
            Handing next = new Handing(fetch.takeTakers(), fetch.isKept() && !kept);
            if (next.takers.isEmpty() && !next.keep) {
                open.remove(fetch.key, fetch);
                return null;
            }
            return next;
        }
    }

    /** Ends all that is to be read from a cartridge, and being read: whoever waits is told. */
    void cancel(Cartridge cartridge, IOException why) {
        Map<Fetch, List<MountProgress>> ended = new LinkedHashMap<>();
        synchronized (queues) {
            for (Fetch fetch : open.values()) {
                if (fetch.needs(cartridge)) {
                    ended.put(fetch, queues.end(fetch));
                }
            }
        }
        ended.forEach((fetch, needless) -> {
            needless.forEach(MountProgress::cancel);
            fail(fetch, Failures.of(fetch.key.object(), why));
        });
    }

    /** Number of slots that are being read or handed over. */
    int open() {
        synchronized (queues) {
            return open.size();
        }
    }

    /** Nothing is fetched any more; whoever waits is told why. */
    void close(String why) {
        List<Taker> takers = new ArrayList<>();
        List<MountProgress> needless = new ArrayList<>();
        synchronized (queues) {
            closed = why;
            for (Fetch fetch : open.values()) {
                takers.addAll(fetch.takeTakers());
                needless.addAll(queues.end(fetch));
            }
            open.clear();
            queues.close();
        }
        needless.forEach(MountProgress::cancel);
        takers.forEach(taker -> taker.fail(new IOException(why)));
    }
}
