package org.hikae.tape.store.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.spi.EndOfMediumException;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.api.tape.spi.WriteProtectedException;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.SwappedException;
import org.hikae.tape.store.registry.TableBook;
import org.hikae.tape.store.registry.VolumeBook;
import org.hikae.tape.store.registry.VolumeFacts.Writing;
import org.hikae.tape.store.scan.UnusableCartridgeException;

/**
 * The cartridge that a session writes to, from one to the next: what becomes of it when it fails, is full, or has to give way. One
 * that is left with records that no table of its own names is never written to again, since they could not be told from those of a
 * session that was killed. Used by one thread, but for {@link #stop} and {@link #cancelDrive}.
 */
final class CurrentTarget {

    /** Failures in a row without anything having come to a tape, after which the session gives up. */
    private static final int MOST_TROUBLES = 6;

    private final Targets targets;
    private final TableBook tables;
    private final VolumeBook volumes;
    private final UUID session;
    private final RecordSizes sizes;
    private final InFlight inFlight;

    private final List<String> troubles = new ArrayList<>();
    private final List<String> barcodes = new ArrayList<>();
    private Target target;
    private Target.Suspended suspended;
    private volatile boolean stopped;
    private volatile Mounted current;

    CurrentTarget(
            Targets targets, TableBook tables, VolumeBook volumes, UUID session, RecordSizes sizes, InFlight inFlight) {
        this.targets = targets;
        this.tables = tables;
        this.volumes = volumes;
        this.session = session;
        this.sizes = sizes;
        this.inFlight = inFlight;
    }

    /** The home knows of it before anything is written: so it knows what a kill leaves. */
    void begin(Target next) throws IOException {
        tables.begin(session, next.volume);
        if (!barcodes.contains(next.barcode())) {
            barcodes.add(next.barcode());
        }
        set(next);
    }

    /** Barcodes of the cartridges that were written, in their order. */
    List<String> barcodes() {
        return List.copyOf(barcodes);
    }

    /** @throws IOException if the session was stopped */
    void check() throws IOException {
        if (stopped) {
            throw new IOException("the session was ended");
        }
    }

    /** The one to write to: that which was let go, or another one, if there is none. */
    Target get() throws IOException {
        if (target == null && suspended != null) {
            resume();
        }
        if (target == null) {
            Target next = targets.next();
            try {
                checkSizes(next);
                begin(next);
            } catch (IOException | RuntimeException e) {
                next.mounted.close();
                targets.release(next.barcode(), true);
                throw e;
            }
        }
        return target;
    }

    private void checkSizes(Target next) throws IOException {
        if (!sizes.suit(next.drive().limits())) {
            throw new IOException("the drive that cartridge " + next.barcode()
                    + " is in takes other records than the one that this was begun with");
        }
    }

    private void set(Target now) {
        target = now;
        current = now.mounted;
    }

    /** Nothing more is written while it is mounted now. */
    private void unset(Target at) {
        target = null;
        current = null;
        if (at.progressed) {
            troubles.clear();
        }
    }

    private void resume() throws IOException {
        Target.Suspended at = suspended;
        try {
            Target again = targets.resume(at, session);
            suspended = null;
            set(again);
        } catch (IOException e) {
            if (stopped) {
                throw e;
            }
            suspended = null;
            boolean medium = e instanceof TapeMediumException || e instanceof DamagedRecordException;
            boolean lost = medium || e instanceof SwappedException || e instanceof UnusableCartridgeException;
            boolean needed = inFlight.isOn(at.volume());
            part(at.barcode(), at.volume(), medium ? Writing.DAMAGED : null, Reason.of(e));
            if (lost && needed) {
                throw new IOException("what was written to cartridge " + at.barcode() + " is lost", e);
            }
            count(e);
        }
    }

    /** Something could not be done on a cartridge: what it did not take is to be written again, there or elsewhere. */
    void fail(Target at, IOException e) throws IOException {
        boolean end = e instanceof EndOfMediumException;
        if (end) {
            saveTaken(at, e);
        }
        inFlight.takeBack();
        unset(at);
        if (stopped) {
            at.mounted.close();
            targets.release(at.barcode(), false);
            throw e;
        } else if (end) {
            leave(at, Writing.FULL, null);
            return;
        }
        boolean medium = e instanceof TapeMediumException;
        if (e instanceof WriteProtectedException) {
            leave(at, null, null);
        } else if (at.again && !at.progressed || medium && at.progressed) {
            // not the drive, which is another one by now or has just written well
            String why = "it could not be written at position " + at.head + ": " + Reason.of(e);
            leave(at, medium ? Writing.DAMAGED : null, why);
        } else {
            at.mounted.suspect(Reason.of(e));
            suspended = at.suspend(true);
            at.mounted.close();
        }
        count(e);
    }

    /** What the drive has taken before the end of the medium was met, it may still bring to the tape. */
    private void saveTaken(Target at, IOException end) {
        try {
            inFlight.sync(at);
        } catch (IOException e) {
            end.addSuppressed(e);
        }
    }

    private void count(IOException e) throws IOException {
        troubles.add(Reason.of(e));
        if (troubles.size() >= MOST_TROUBLES) {
            throw new IOException(
                    "nothing more can be written to tape: "
                            + String.join("; ", troubles.stream().distinct().toList()),
                    e);
        }
    }

    /** It is full; what was written to it is named by its tables. */
    void retire(Target at) throws IOException {
        unset(at);
        leave(at, Writing.FULL, null);
    }

    private void leave(Target at, Writing how, String why) throws IOException {
        at.mounted.close();
        part(at.barcode(), at.volume, how, why);
    }

    /** Leaves a cartridge that is not mounted any more. */
    private void part(String barcode, UUID volume, Writing how, String why) throws IOException {
        try {
            if (how != null) {
                volumes.close(volume, how, why);
            } else if (inFlight.isOn(volume)) {
                volumes.close(volume, Writing.FULL, "what was written to it last is listed on another cartridge");
            }
        } finally {
            targets.release(barcode, true);
        }
    }

    /** Brings everything to the tape that the drive has taken, so that buffers become free. */
    void settle() throws IOException {
        Target at = target;
        if (at != null && inFlight.taken() > 0) {
            try {
                inFlight.sync(at);
            } catch (IOException e) {
                fail(at, e);
            }
        }
    }

    /** Lets the cartridge go for a while if others want the drive, or if nothing is being written and others want to write to it. */
    void giveWay(boolean idle, Reservations reservations) throws IOException {
        Target at = target;
        if (at == null) {
            return;
        }
        boolean done = idle && inFlight.taken() == 0 && inFlight.extents() == 0;
        at.mounted.idle(done);
        if (at.mounted.isWanted() || done && reservations.isWanted(at.barcode())) {
            letGo(at);
        }
    }

    private void letGo(Target at) throws IOException {
        settle();
        if (target != at) {
            return; // it has failed
        }
        unset(at);
        if (inFlight.extents() == 0 && !at.marked) {
            at.mounted.close();
            targets.release(at.barcode(), false);
        } else {
            suspended = at.suspend(false);
            at.mounted.close();
        }
    }

    /** The next step fails, and what the drive does is ended. Of any thread. */
    void stop() {
        stopped = true;
        targets.stop();
    }

    /** Ends what the drive does. Of any thread. */
    void cancelDrive() {
        Mounted mounted = current;
        if (mounted != null) {
            mounted.drive().cancel();
        }
    }

    /**
     * Ends the session; what was not committed is lost.
     *
     * @return the last cartridge, still mounted; null if there is none any more
     */
    Mounted end() {
        Mounted last = target == null ? null : target.mounted;
        if (target != null) {
            targets.release(target.barcode(), false);
        } else if (suspended != null) {
            targets.release(suspended.barcode(), false);
        }
        target = null;
        suspended = null;
        current = null;
        tables.end(session);
        return last;
    }
}
