package org.hikae.tape.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.job.Reason;
import org.hikae.api.tape.spi.EndOfMediumException;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.api.tape.spi.WriteProtectedException;
import org.hikae.api.tape.spi.Written;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.format.Table;
import org.hikae.tape.format.TableParts;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.SwappedException;
import org.hikae.tape.store.registry.TableBook;
import org.hikae.tape.store.registry.VolumeBook;
import org.hikae.tape.store.registry.VolumeFacts.Writing;
import org.hikae.tape.store.scan.UnusableCartridgeException;

/**
 * Writes the records and tables of one session, on as many cartridges as it takes. A record is kept until it is known to be on a
 * tape: what a cartridge has not taken, whatever the reason, goes to the next one. A table names everything that was written since the
 * one before, so it may stand on another cartridge than that; then nothing more is ever written to the one that has no table behind
 * its last records, since they could not be told from those of a session that was killed. Used by one thread.
 */
final class Appending {

    /** Failures in a row without anything having come to a tape, after which the session gives up. */
    private static final int MOST_TROUBLES = 6;

    private final Targets targets;
    private final TableBook tables;
    private final VolumeBook volumes;
    private final WriteLimits limits;
    private final Consumer<Piece> settledPieces;
    private final UUID session = UUID.randomUUID();
    private final String pool;

    /** Records that are on no cartridge, in their order. */
    private final Deque<Piece> todo = new ArrayDeque<>();
    /** Records that the drive has taken, and that may not be on the tape, in their order. */
    private final Deque<Piece> window = new ArrayDeque<>();

    private final List<String> troubles = new ArrayList<>();
    private final List<String> barcodes = new ArrayList<>();
    private RecordSizes sizes;
    private Extents extents;
    private Target target;
    private Target.Suspended suspended;
    private long lastTable;
    private volatile boolean stopped;
    private volatile Mounted current;

    /** @param settledPieces is given records that are on the tape: their buffers can be used again */
    Appending(
            Targets targets,
            TableBook tables,
            VolumeBook volumes,
            WriteLimits limits,
            String pool,
            Consumer<Piece> settledPieces) {
        this.targets = targets;
        this.tables = tables;
        this.volumes = volumes;
        this.limits = limits;
        this.pool = pool;
        this.settledPieces = settledPieces;
    }

    /**
     * Mounts the first cartridge.
     *
     * @throws NoCartridgeLeftException if there is none
     */
    void open() throws IOException {
        Target first = targets.next();
        try {
            sizes = RecordSizes.of(first.drive().limits(), limits.record());
            extents = new Extents(sizes.payload());
            begin(first);
        } catch (IOException | RuntimeException e) {
            first.mounted.close();
            targets.release(first.barcode(), false);
            tables.end(session);
            throw e;
        }
    }

    UUID session() {
        return session;
    }

    RecordSizes sizes() {
        return sizes;
    }

    /** Barcodes of the cartridges that were written, in their order. */
    List<String> barcodes() {
        return List.copyOf(barcodes);
    }

    /** Takes records over; what could not be written when this throws is written by {@link #drain}. */
    void write(List<Piece> pieces) throws IOException {
        todo.addAll(pieces);
        drain();
    }

    /** Writes what is still to be written. */
    void drain() throws IOException {
        while (!todo.isEmpty()) {
            place();
            if (!todo.isEmpty()) {
                table(List.of(), true);
            } else if (extents.size() >= limits.extents()) {
                table(List.of(), false);
            }
        }
    }

    /**
     * Commits objects of which all records were given: they are on tape, and known, when this returns. It may be called again with
     * the same ones when it has thrown {@link NoCartridgeLeftException}.
     */
    void commit(List<Table.StoredObject> objects) throws IOException {
        boolean done = false;
        while (!done) {
            place();
            boolean whole = todo.isEmpty();
            done = table(whole ? objects : List.of(), !whole) && whole;
        }
    }

    /** Writes records until there are none left, or the cartridge is nearly full. */
    private void place() throws IOException {
        while (!todo.isEmpty()) {
            Target at = target();
            if (at.warned) {
                return;
            }
            try {
                put(at);
            } catch (IOException e) {
                fail(at, e);
            }
        }
    }

    private void put(Target at) throws IOException {
        if (stopped) {
            throw new IOException("the session was ended");
        }
        List<ByteBuffer> records = new ArrayList<>();
        for (Piece piece : todo) {
            if (records.size() == limits.batch()) {
                break;
            }
            records.add(piece.seal(session, at.head + records.size(), sizes));
        }
        at.marked = false;
        Written written = at.drive().write(records);
        for (int i = 0; i < written.records(); i++) {
            window.add(todo.remove());
            at.head++;
        }
        at.warned |= written.earlyWarning();
        if (written.records() < records.size()) {
            throw new EndOfMediumException("cartridge " + at.barcode() + " is full");
        }
        if (window.size() >= limits.window()) {
            settle(at, at.drive().settled());
            if (window.size() >= limits.window()) {
                sync(at);
            }
        }
    }

    private void sync(Target at) throws IOException {
        at.drive().writeFilemarks(0);
        settle(at, at.head);
    }

    /** What is before a position is on the tape. */
    private void settle(Target at, long position) {
        at.settle(position);
        while (!window.isEmpty() && window.peek().position < position) {
            Piece piece = window.remove();
            extents.add(piece, at.volume);
            settledPieces.accept(piece);
        }
        if (at.progressed) {
            troubles.clear();
        }
    }

    /** Brings everything to the tape that the drive has taken, so that buffers become free. */
    void settle() throws IOException {
        if (target != null && !window.isEmpty()) {
            Target at = target;
            try {
                sync(at);
            } catch (IOException e) {
                fail(at, e);
            }
        }
    }

    /**
     * Ends the section with a table.
     *
     * @param goesOn whether the session will go on on another cartridge, if this one is nearly full
     * @return false if it could not be written: then the next cartridge is to be tried
     */
    private boolean table(List<Table.StoredObject> objects, boolean goesOn) throws IOException {
        Target at = target();
        Instant now = tables.now();
        // where the session ends for want of a cartridge, nobody is to look for one
        boolean leaves = goesOn && at.warned && targets.hasNext(at.barcode());
        List<Table.Volume> census = at.listed ? List.of() : tables.census();
        Table table;
        try {
            if (!at.marked) {
                at.drive().writeFilemarks(1);
                at.head++;
                at.marked = true;
                settle(at, at.head);
            }
            table = new Table(
                    session, lastTable + 1, tables.home(), pool, now, leaves, census, extents.list(), objects);
            write(at, TableParts.split(table, sizes, at.head));
        } catch (IOException e) {
            fail(at, e);
            return false;
        }
        lastTable++;
        extents.clear();
        tables.takeIn(table, at.volume, at.head);
        at.listed = true;
        at.marked = false;
        if (at.warned) {
            target = null;
            retire(at, Writing.FULL, null);
        }
        return true;
    }

    private void write(Target at, List<ByteBuffer> records) throws IOException {
        Written written = at.drive().write(records);
        at.warned |= written.earlyWarning();
        if (written.records() < records.size()) {
            throw new EndOfMediumException("cartridge " + at.barcode() + " is full");
        }
        at.drive().writeFilemarks(1);
        at.head += records.size() + 1;
        at.settle(at.head);
    }

    private Target target() throws IOException {
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

    /** The home knows of it before anything is written: so it knows what a kill leaves. */
    private void begin(Target next) throws IOException {
        tables.begin(session, next.volume);
        if (!barcodes.contains(next.barcode())) {
            barcodes.add(next.barcode());
        }
        target = next;
        current = next.mounted;
    }

    private void resume() throws IOException {
        Target.Suspended at = suspended;
        try {
            Target again = targets.resume(at, session);
            suspended = null;
            target = again;
            current = again.mounted;
        } catch (IOException e) {
            if (stopped) {
                throw e;
            }
            suspended = null;
            boolean medium = e instanceof TapeMediumException || e instanceof DamagedRecordException;
            boolean lost = medium || e instanceof SwappedException || e instanceof UnusableCartridgeException;
            boolean needed = extents.isOn(at.volume());
            part(at.barcode(), at.volume(), medium ? Writing.DAMAGED : null, Reason.of(e));
            if (lost && needed) {
                throw new IOException("what was written to cartridge " + at.barcode() + " is lost", e);
            }
            count(e);
        }
    }

    /** Something could not be done on a cartridge: what it did not take is to be written again, there or elsewhere. */
    private void fail(Target at, IOException e) throws IOException {
        boolean end = e instanceof EndOfMediumException;
        if (end) {
            saveTaken(at, e);
        }
        while (!window.isEmpty()) {
            todo.addFirst(window.removeLast());
        }
        target = null;
        current = null;
        if (stopped) {
            at.mounted.close();
            targets.release(at.barcode(), false);
            throw e;
        } else if (end) {
            retire(at, Writing.FULL, null);
            return;
        }
        boolean medium = e instanceof TapeMediumException;
        if (e instanceof WriteProtectedException) {
            retire(at, null, null);
        } else if (at.again && !at.progressed || medium && at.progressed) {
            // not the drive, which is another one by now or has just written well
            String why = "it could not be written at position " + at.head + ": " + Reason.of(e);
            retire(at, medium ? Writing.DAMAGED : null, why);
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
            sync(at);
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

    private void retire(Target at, Writing how, String why) throws IOException {
        current = null;
        at.mounted.close();
        part(at.barcode(), at.volume, how, why);
    }

    /** Leaves a cartridge that is not mounted any more. */
    private void part(String barcode, UUID volume, Writing how, String why) throws IOException {
        try {
            if (how != null) {
                volumes.close(volume, how, why);
            } else if (extents.isOn(volume)) {
                volumes.close(volume, Writing.FULL, "what was written to it last is listed on another cartridge");
            }
        } finally {
            targets.release(barcode, true);
        }
    }

    /** Lets the cartridge go for a while if others want the drive, or if nothing is being written and others want to write to it. */
    void giveWay(boolean idle, Reservations reservations) throws IOException {
        Target at = target;
        if (at == null) {
            return;
        }
        boolean done = idle && window.isEmpty() && extents.isEmpty();
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
        target = null;
        current = null;
        if (extents.isEmpty() && !at.marked) {
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
