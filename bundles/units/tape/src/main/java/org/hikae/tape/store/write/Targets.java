package org.hikae.tape.store.write;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.ReadRecords.End;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.mount.ForeignException;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.Labeller;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.mount.SwappedException;
import org.hikae.tape.store.registry.VolumeFacts;
import org.hikae.tape.store.scan.CatchUp;
import org.hikae.tape.store.scan.UnusableCartridgeException;

/** Finds cartridges for one session, mounts them, and makes sure that they may be written to. Used by one thread at a time. */
final class Targets {

    /** Cartridges that no drive could load or read, after which one gives up. */
    private static final int MOST_FAILURES = 4;

    private final Mounts mounts;
    private final Candidates candidates;
    private final CatchUp catchUp;
    private final Labeller labeller;
    private final Reservations reservations;
    private final String pool;
    private final SessionProgress progress;

    /** Barcodes of those that have failed, or are done with. */
    private final Set<String> excluded = new HashSet<>();

    Targets(
            Mounts mounts,
            Candidates candidates,
            CatchUp catchUp,
            Labeller labeller,
            Reservations reservations,
            String pool,
            Progress progress) {
        this.mounts = mounts;
        this.candidates = candidates;
        this.catchUp = catchUp;
        this.labeller = labeller;
        this.reservations = reservations;
        this.pool = pool;
        this.progress = new SessionProgress(progress);
    }

    /**
     * The next cartridge.
     *
     * @throws NoCartridgeLeftException if there is none; then all that were left out are looked at again the next time
     * @throws java.util.concurrent.CancellationException if the work was cancelled
     */
    Target next() throws IOException {
        try (Changing changing = new Changing(progress)) {
            return next(changing);
        }
    }

    private Target next(Progress changing) throws IOException {
        List<String> reasons = new ArrayList<>();
        int failures = 0;
        while (failures < MOST_FAILURES) {
            Candidates.Candidate candidate = candidates.take(excluded, changing);
            if (candidate == null) {
                break;
            }
            try {
                return open(candidate, changing);
            } catch (ForeignException | SwappedException | UnusableCartridgeException e) {
                reasons.add(Reason.of(e));
            } catch (InterruptedIOException e) {
                progress.check();
                failures++;
                reasons.add(Reason.of(e));
            } catch (IOException e) {
                failures++;
                reasons.add(Reason.of(e));
            }
            excluded.add(candidate.barcode());
        }
        excluded.clear();
        throw new NoCartridgeLeftException(candidates.none(reasons));
    }

    /** Whether there is a cartridge to go on with after this one, as far as can be said without looking at it. */
    boolean hasNext(String barcode) throws IOException {
        Set<String> others = new HashSet<>(excluded);
        others.add(barcode);
        return candidates.isThere(others);
    }

    private Target open(Candidates.Candidate candidate, Progress changing) throws IOException {
        boolean done = false;
        Mounted mounted = null;
        try {
            mounted = mounts.mount(candidate.barcode(), candidate.volume(), Purpose.WRITE, changing);
            Target target = prepare(mounted, changing);
            done = true;
            return target;
        } finally {
            if (!done) {
                if (mounted != null) {
                    mounted.close();
                }
                reservations.release(candidate.barcode());
            }
        }
    }

    private Target prepare(Mounted mounted, Progress changing) throws IOException {
        if (mounted.drive().isWriteProtected()) {
            throw new UnusableCartridgeException("cartridge " + mounted.barcode() + " is write-protected");
        }
        Label label = mounted.label().orElse(null);
        if (label == null || label.pool() == null) {
            changing.phase("labelling cartridge " + mounted.barcode() + " for pool '" + pool + "'");
            label = labeller.label(mounted, pool, false, changing);
            mounted.seek(VolumeFacts.BEGINNING);
            return new Target(mounted, label.volume(), false, VolumeFacts.BEGINNING);
        }
        if (!label.pool().equals(pool)) {
            throw new UnusableCartridgeException(
                    "cartridge " + mounted.barcode() + " is of pool '" + label.pool() + "'");
        }
        long tail = catchUp.findTail(mounted, changing);
        mounted.seek(tail);
        return new Target(mounted, label.volume(), false, tail);
    }

    /**
     * Goes on with a cartridge that this session has let go, whose reservation it has kept.
     *
     * @param session to whom what stands before belongs
     * @throws IOException if what was written last is not there, or it cannot be mounted
     */
    Target resume(Target.Suspended at, UUID session) throws IOException {
        Mounted mounted;
        try (Changing changing = new Changing(progress)) {
            mounted = mounts.mount(at.barcode(), at.volume(), Purpose.WRITE, changing);
        }
        try {
            mounted.seek(at.position() - 1);
            check(mounted, at, session);
            Target target = new Target(mounted, at.volume(), at.trouble(), at.position());
            target.marked = at.marked();
            target.listed = at.listed();
            return target;
        } catch (IOException | RuntimeException e) {
            mounted.close();
            throw e;
        }
    }

    /** Reads what stands before the place: a record of the session, or a filemark. */
    private static void check(Mounted mounted, Target.Suspended at, UUID session) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RecordSizes.USUAL);
        ReadRecords read = mounted.drive().read(List.of(record));
        boolean right;
        if (read.records() == 1) {
            RecordHeader header = RecordHeader.open(record);
            right = header.session().equals(session) && header.position() == at.position() - 1;
        } else {
            right = read.end() == End.FILEMARK;
        }
        if (!right) {
            throw new UnusableCartridgeException("cartridge " + at.barcode() + " does not have at position "
                    + (at.position() - 1) + " what was written there last");
        }
    }

    /** The session is ended: nothing is waited for any more. Of any thread. */
    void stop() {
        progress.stop();
    }

    /** Done with a cartridge, which is not mounted any more. */
    void release(String barcode, boolean exclude) {
        if (exclude) {
            excluded.add(barcode);
        }
        reservations.release(barcode);
    }
}
