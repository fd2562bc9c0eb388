package org.hikae.tape.recall;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.io.BufferPool;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is to be read of a cartridge, as long as there is something. */
final class Server implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /** How often in a row drives may fail without one block read between. */
    private static final int MOST_BREAKS = 3;

    /** For so long it is not asked whether others want the drive. */
    private static final int LOOK_MILLIS = 50;

    private final Mounts mounts;
    private final Queues queues;
    private final Fetches fetches;
    private final Limits limits;
    private final BufferPool buffers;
    private final LongSupplier nanos;
    private final Cartridge cartridge;
    private final RecallJob job;
    private final BooleanSupplier isOpen;
    private final Pace pace;
    /** Read by another thread, which ends the server. */
    private volatile TapeDrive drive;

    private int breaks;
    /** What is to be tried in another drive, since the drive may be at fault; null: nothing was yet, and so it may be. */
    private Piece doubtful;

    /**
     * @param buffers for records
     * @param isOpen whether there is anybody who could ask for more
     */
    Server(
            Mounts mounts,
            Queues queues,
            Fetches fetches,
            Limits limits,
            BufferPool buffers,
            LongSupplier nanos,
            Cartridge cartridge,
            RecallJob job,
            BooleanSupplier isOpen) {
        this.mounts = mounts;
        this.queues = queues;
        this.fetches = fetches;
        this.limits = limits;
        this.buffers = buffers;
        this.nanos = nanos;
        this.cartridge = cartridge;
        this.job = job;
        this.isOpen = isOpen;
        pace = new Pace(limits.gap());
    }

    @Override
    public void run() {
        try {
            do {
                turn();
            } while (!rest());
        } catch (RuntimeException | Error e) {
            // whoever waits would wait for ever
            LOG.error("Reading from cartridge {} failed", cartridge.barcode, e);
            IOException failure =
                    new IOException("reading from cartridge " + cartridge.barcode + " failed: " + Reason.of(e), e);
            do {
                fetches.cancel(cartridge, failure);
            } while (!queues.isOver(cartridge));
        } finally {
            job.end();
        }
    }

    /** Ends what the drive does now. */
    void cancelDrive() {
        TapeDrive now = drive;
        if (now != null) {
            now.cancel();
        }
    }

    /** Has a drive, and reads until others shall have it. */
    private void turn() {
        MountProgress progress = new MountProgress(cartridge::phase);
        queues.mounting(cartridge, progress);
        try (Mounted mounted = mounts.mount(cartridge.barcode, cartridge.volume, Mounts.Purpose.READ, progress)) {
            queues.mounting(cartridge, null);
            drive = mounted.drive();
            serve(mounted);
        } catch (CancellationException e) {
            if (!progress.isCancelled()) {
                unreadable(new IOException("cartridge " + cartridge.barcode + " could not be had: " + Reason.of(e), e));
            }
        } catch (IOException e) {
            unreadable(e);
        } catch (RuntimeException e) {
            unreadable(new IOException("cartridge " + cartridge.barcode + " could not be had: " + Reason.of(e), e));
        } finally {
            drive = null;
            queues.mounting(cartridge, null);
        }
    }

    private void unreadable(IOException why) {
        job.failed(Reason.of(why));
        fetches.unreadable(cartridge, why);
    }

    private void serve(Mounted mounted) {
        try (TapeHead head = new TapeHead(mounted, buffers, pace, nanos)) {
            cartridge.phase("reading cartridge " + cartridge.barcode);
            Piece piece = queues.next(cartridge, head.position());
            while (piece != null && read(mounted, head, piece)) {
                piece = next(mounted, head);
            }
        } catch (IOException e) {
            broken(mounted, e);
        }
    }

    /**
     * Waits for more, without a drive, while anybody reads: what is asked for now and then is one recall.
     *
     * @return whether nothing has come
     */
    private boolean rest() {
        long begun = nanos.getAsLong();
        boolean waiting = true;
        while (waiting
                && !queues.hasMore(cartridge)
                && isOpen.getAsBoolean()
                && nanos.getAsLong() - begun < limits.rest().toNanos()) {
            cartridge.phase("waiting for more to be read from cartridge " + cartridge.barcode);
            waiting = !queues.isClosed() && await();
        }
        return queues.isOver(cartridge);
    }

    /** What is to be read next, if it comes soon; null: the drive had better be let go. */
    private Piece next(Mounted mounted, TapeHead head) {
        long idleSince = nanos.getAsLong();
        while (!mounted.isWanted() && !queues.isClosed()) {
            Piece piece = queues.next(cartridge, head.position());
            mounted.idle(piece == null);
            if (piece != null) {
                return piece;
            }
            if (nanos.getAsLong() - idleSince >= limits.linger().toNanos() || !await()) {
                return null;
            }
        }
        return null;
    }

    private boolean await() {
        try {
            queues.await(cartridge, LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return whether the drive can go on */
    private boolean read(Mounted mounted, TapeHead head, Piece piece) {
        try {
            readTwice(head, piece);
        } catch (TapeMediumException | EndOfDataException | DamagedRecordException e) {
            return damaged(mounted, piece, Failures.of(cartridge, piece, e));
        } catch (IOException | RuntimeException e) {
            queues.again(cartridge, piece);
            broken(mounted, Failures.of(cartridge, piece, e));
            return false;
        }
        breaks = 0;
        if (piece == doubtful) {
            doubtful = null; // it was the drive
        }
        fetches.done(cartridge, piece);
        return true;
    }

    /** What a drive cannot read at first it often can at the second time. */
    private static void readTwice(TapeHead head, Piece piece) throws IOException {
        Fetch fetch = piece.attempt.fetch;
        try {
            head.read(piece.part, piece.attempt.data, fetch.from);
        } catch (TapeMediumException | EndOfDataException | DamagedRecordException e) {
            LOG.debug("Position {} is read once more", piece.place().block(), e);
            head.read(piece.part, piece.attempt.data, fetch.from);
        }
    }

    private boolean damaged(Mounted mounted, Piece piece, IOException why) {
        if (doubtful != null) {
            fetches.bad(cartridge, piece, why);
            return true;
        }
        doubtful = piece;
        mounted.suspect(Reason.of(why));
        queues.again(cartridge, piece);
        return false;
    }

    private void broken(Mounted mounted, Exception why) {
        if (queues.isClosed()) {
            return;
        }
        mounted.suspect(Reason.of(why));
        breaks++;
        if (breaks == MOST_BREAKS) {
            breaks = 0;
            unreadable(new IOException("no drive reads cartridge " + cartridge.barcode + ": " + Reason.of(why), why));
        }
    }
}
