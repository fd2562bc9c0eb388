package org.hikae.files.center.collect;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.Transfer;
import org.hikae.files.center.collect.Outcome.End;
import org.hikae.files.center.store.AlreadyHereException;
import org.hikae.files.center.store.CenterStore;
import org.hikae.files.center.store.CenterStore.Stored;
import org.hikae.files.center.store.MissingBaseException;
import org.hikae.files.center.store.MissingReferenceException;
import org.hikae.files.center.store.PartWriter;
import org.hikae.files.center.store.RefusedFrameException;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.FrameHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transfer: frames come off a stream, not faster than is allowed at each moment (I7), into a part, which is committed whatever ends the
 * transfer. One thread reads; when the order ends while it waits for a sender that is silent, another one commits and ends the
 * transfer, and what comes later is not taken.
 */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private static final int PIECE = 1 << 16;
    private static final long LOOK_NANOS = 20_000_000;

    /** A sender is too slow that is waited for so long without so many bytes. */
    private static final long SLOW_NANOS = 60_000_000_000L;

    private static final long SLOW_BYTES = 60 << 10;
    /** Below this rate it is the order that makes it slow. */
    private static final long SLOW_RATE = 4 << 10;

    private final Order order;
    private final String peer;
    private final String address;
    private final long from;
    private final Surroundings around;
    private final Instant started;
    private final Meter meter;

    /** Held while the part is written to, and when the transfer is ended. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock; null: not open yet, or closed. */
    private PartWriter writer;
    /** Guarded by the lock to write. */
    private volatile Outcome outcome;

    private volatile long received;
    private volatile long next;
    private long waitedNanos;
    private long cameMeanwhile;

    /** What a transfer is told by. */
    interface Surroundings {

        CenterStore store();

        Instant now();

        long nanos();

        Supplier<Limits> limits();

        /** Pacers that the transfer has to keep to besides its own. */
        List<Pacer> pacers(String origin);

        /** Counts what was received. */
        void count(long bytes);
    }

    Reception(Order order, String peer, String address, long from, Surroundings around) {
        this.order = order;
        this.peer = peer;
        this.address = address;
        this.from = from;
        this.around = around;
        next = from;
        started = around.now();
        meter = new Meter(around.nanos());
    }

    /** Leaves the reading of frames. */
    private static final class Stop extends Exception {

        private static final long serialVersionUID = 1;

        private final End end;

        Stop(End end, String why) {
            super(why);
            this.end = end;
        }
    }

    /** Receives until the sender, the order or the part is at its end. Never throws. */
    Outcome receive(InputStream in) {
        Outcome failed = open();
        if (failed != null) {
            return failed;
        }
        try {
            for (ByteBuffer frame = read(in); frame != null; frame = read(in)) {
                if (!take(frame)) {
                    break;
                }
            }
            return finish(End.PART, null);
        } catch (Stop e) {
            return finish(e.end, e.getMessage());
        } catch (RefusedFrameException | FormatException e) {
            return finish(End.REFUSED, e.getMessage());
        } catch (IOException e) {
            return finish(End.CUT, "the sender went away: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a transfer of {} failed", order.run.id(), e);
            return abandon(e);
        }
    }

    private Outcome open() {
        lock.lock();
        try {
            if (outcome != null) {
                return outcome;
            }
            writer = around.store().write(order.run);
            if (writer.next() != from) {
                // What was not known to be here, after a failure, is: the next order goes on behind it.
                Stored here = around.store().stored(order.run);
                return end(new Outcome(End.CUT, here, "frame " + writer.next() + " comes next, not " + from));
            }
            return null;
        } catch (AlreadyHereException e) {
            return end(new Outcome(End.COMPLETE, new Stored(order.run.id(), order.run.frames(), true), null));
        } catch (MissingBaseException e) {
            return end(new Outcome(End.FULL_WANTED, null, e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return abandon(e);
        } finally {
            lock.unlock();
        }
    }

    /** False if that was the part's last frame, or the transfer was ended meanwhile. */
    private boolean take(ByteBuffer frame) throws IOException, Stop {
        lock.lock();
        try {
            if (outcome != null) {
                return false;
            }
            writer.write(frame);
            next = writer.next();
            return !writer.isFull();
        } catch (RefusedFrameException e) {
            throw e;
        } catch (IOException e) {
            throw new Stop(End.FAILED, e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** The next frame as it was sent; null if the sender has no more. */
    private ByteBuffer read(InputStream in) throws IOException, Stop {
        ByteBuffer head = ByteBuffer.allocate(FrameHeader.LENGTH);
        if (!fill(in, head)) {
            return null;
        }
        FrameHeader header = FrameHeader.take(head.flip());
        ByteBuffer frame = ByteBuffer.allocate(header.frameLength());
        frame.put(head.flip());
        if (!fill(in, frame)) {
            throw new EOFException("a frame was cut off");
        }
        return frame.flip();
    }

    /** False if nothing more came before the first byte. */
    private boolean fill(InputStream in, ByteBuffer to) throws IOException, Stop {
        int begin = to.position();
        while (to.hasRemaining()) {
            int allowed = allowed(Math.min(PIECE, to.remaining()));
            long before = around.nanos();
            int came = in.read(to.array(), to.position(), allowed);
            pacers().forEach(pacer -> pacer.giveBack(allowed - Math.max(0, came)));
            if (came < 0) {
                if (to.position() == begin) {
                    return false;
                }
                throw new EOFException("a frame was cut off");
            }
            to.position(to.position() + came);
            count(came, around.nanos() - before);
        }
        return true;
    }

    private List<Pacer> pacers() {
        List<Pacer> all = new ArrayList<>(around.pacers(order.run.id().origin()));
        all.add(order.pacer());
        return all;
    }

    /** Waits until at least a byte may come. */
    private int allowed(int most) throws Stop {
        while (true) {
            Instant now = around.now();
            String ended = order.ended(now);
            if (ended == null) {
                ended = around.limits().get().forbids(order.run, true, order.forced, now);
            }
            if (ended != null || outcome != null) {
                throw new Stop(End.PAUSED, ended);
            }
            int granted = Pacer.takeOfAll(pacers(), most, around.nanos());
            if (granted > 0) {
                return granted;
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    private void count(int came, long nanos) throws Stop {
        // Written by this thread alone.
        long sum = received + came;
        received = sum;
        meter.count(came, around.nanos());
        around.count(came);
        waitedNanos += nanos;
        cameMeanwhile += came;
        if (waitedNanos >= SLOW_NANOS) {
            if (cameMeanwhile < SLOW_BYTES && order.bytesPerSecond() > SLOW_RATE) {
                throw new Stop(End.CUT, "less than 1 KiB per second came");
            }
            waitedNanos = 0;
            cameMeanwhile = 0;
        }
    }

    /** Ends the transfer, which may be waiting for its sender, with what has come; if it has ended, nothing happens. */
    Outcome expire(String why) {
        return finish(End.PAUSED, why);
    }

    private Outcome finish(End end, String why) {
        lock.lock();
        try {
            if (outcome != null) {
                return outcome;
            } else if (writer == null) {
                return end(new Outcome(end, null, why));
            }
            Stored stored = end == End.FAILED ? around.store().stored(order.run) : writer.commit();
            next = Math.max(from, stored.frames());
            return end(new Outcome(stored.complete() ? End.COMPLETE : end, stored, stored.complete() ? null : why));
        } catch (MissingReferenceException e) {
            next = from;
            return end(new Outcome(End.FULL_WANTED, null, e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return abandon(e);
        } finally {
            lock.unlock();
        }
    }

    private Outcome abandon(Exception why) {
        lock.lock();
        try {
            String text = why.getMessage() == null ? why.toString() : why.getMessage();
            next = from;
            return end(new Outcome(End.FAILED, null, text));
        } finally {
            lock.unlock();
        }
    }

    private Outcome end(Outcome how) {
        if (outcome == null) {
            outcome = how;
        }
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                LOG.warn("the part of a transfer of {} cannot be given up: {}", order.run.id(), e.getMessage());
            }
            writer = null;
        }
        return outcome;
    }

    RunId run() {
        return order.run.id();
    }

    UUID identity() {
        return order.run.identity();
    }

    Order order() {
        return order;
    }

    String peer() {
        return peer;
    }

    /** Number of the frame that comes next. */
    long next() {
        return next;
    }

    long bytesPerSecond() {
        return meter.perSecond(around.nanos());
    }

    boolean hasEnded() {
        return outcome != null;
    }

    /** As it stands. */
    Transfer transfer(Instant ended) {
        Outcome how = outcome;
        String word = how == null
                ? null
                : how.end().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return new Transfer(
                run(),
                peer,
                address,
                started,
                how == null ? null : ended,
                from,
                Math.max(0, next - from),
                received,
                word,
                order.forced,
                how == null ? null : how.why());
    }
}
