package org.hikae.tape.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.tape.spi.EndOfMediumException;
import org.hikae.api.tape.spi.Written;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.format.Table;
import org.hikae.tape.format.TableParts;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.store.registry.TableBook;

/**
 * Writes the records and tables of one session, on as many cartridges as it takes: what a cartridge has not taken, whatever the
 * reason, goes to the next one. A table names everything that was written since the one before, so it may stand on another cartridge
 * than that. Used by one thread, but for {@link #stop} and {@link #cancelDrive}.
 */
final class Appending {

    private final Targets targets;
    private final TableBook tables;
    private final WriteLimits limits;
    private final UUID session;
    private final String pool;
    private final RecordSizes sizes;
    private final InFlight inFlight;
    private final CurrentTarget current;
    /** Objects that the next table names if all of them is on tape by then. */
    private final List<Table.StoredObject> whole = new ArrayList<>();

    private long lastTable;

    private Appending(
            Targets targets,
            SessionParts parts,
            UUID session,
            String pool,
            RecordSizes sizes,
            Consumer<Piece> settledPieces) {
        this.targets = targets;
        this.tables = parts.tables();
        this.limits = parts.limits();
        this.session = session;
        this.pool = pool;
        this.sizes = sizes;
        this.inFlight = new InFlight(session, sizes, settledPieces, volume -> tables.wrote(session, volume));
        this.current = new CurrentTarget(targets, tables, parts.volumes(), session, sizes, inFlight);
    }

    /**
     * Mounts the first cartridge.
     *
     * @param settledPieces is given records that are on the tape: their buffers can be used again
     * @throws NoCartridgeLeftException if there is none
     */
    static Appending open(Targets targets, SessionParts parts, String pool, Consumer<Piece> settledPieces)
            throws IOException {
        UUID session = UUID.randomUUID();
        Target first = targets.next();
        try {
            RecordSizes sizes =
                    RecordSizes.of(first.drive().limits(), parts.limits().record());
            Appending appending = new Appending(targets, parts, session, pool, sizes, settledPieces);
            appending.current.begin(first);
            return appending;
        } catch (IOException | RuntimeException e) {
            first.mounted.close();
            targets.release(first.barcode(), false);
            parts.tables().end(session);
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
        return current.barcodes();
    }

    /** Takes records over; what could not be written when this throws is written by {@link #drain}. */
    void write(List<Piece> pieces) throws IOException {
        inFlight.add(pieces);
        drain();
    }

    /** An object of which all records were given: the next table names it, whyever that is written. */
    void finish(Table.StoredObject object) {
        whole.add(object);
    }

    /** Writes what is still to be written. */
    void drain() throws IOException {
        while (inFlight.isToDo()) {
            place();
            if (inFlight.isToDo()) {
                table(List.of(), true);
            } else if (inFlight.extents() >= limits.extents()) {
                table(List.of(), false);
            }
        }
    }

    /**
     * Commits objects of which all records were given, and those that were finished: they are on tape, and known, when this returns. It
     * may be called again with the same ones when it has thrown {@link NoCartridgeLeftException}.
     */
    void commit(List<Table.StoredObject> objects) throws IOException {
        boolean done = objects.isEmpty() && whole.isEmpty() && inFlight.isEmpty();
        while (!done) {
            place();
            boolean all = !inFlight.isToDo();
            done = table(all ? objects : List.of(), !all) && all;
        }
    }

    /** Writes records until there are none left, or the cartridge is nearly full. */
    private void place() throws IOException {
        while (inFlight.isToDo()) {
            Target at = current.get();
            if (at.warned) {
                return;
            }
            try {
                put(at);
            } catch (IOException e) {
                current.fail(at, e);
            }
        }
    }

    private void put(Target at) throws IOException {
        current.check();
        List<ByteBuffer> records = inFlight.next(limits.batch(), at.head);
        at.marked = false;
        Written written = at.drive().write(records);
        inFlight.take(written.records());
        at.head += written.records();
        checkAll(at, written, records);
        if (inFlight.taken() >= limits.window()) {
            inFlight.settle(at, at.drive().settled());
            if (inFlight.taken() >= limits.window()) {
                inFlight.sync(at);
            }
        }
    }

    private static void checkAll(Target at, Written written, List<ByteBuffer> records) throws IOException {
        at.warned |= written.earlyWarning();
        if (written.records() < records.size()) {
            throw new EndOfMediumException("cartridge " + at.barcode() + " is full");
        }
    }

    /** Brings everything to the tape that the drive has taken, so that buffers become free. */
    void settle() throws IOException {
        current.settle();
    }

    /**
     * Ends the section with a table.
     *
     * @param goesOn whether the session will go on on another cartridge, if this one is nearly full
     * @return false if it could not be written: then the next cartridge is to be tried
     */
    private boolean table(List<Table.StoredObject> objects, boolean goesOn) throws IOException {
        Target at = current.get();
        Instant now = tables.now();
        // where the session ends for want of a cartridge, nobody is to look for one
        boolean leaves = goesOn && at.warned && targets.hasNext(at.barcode());
        List<Table.Volume> census = at.listed ? List.of() : tables.census();
        List<Table.Volume> lost = at.listed ? List.of() : tables.lost();
        List<Table.StoredObject> named = new ArrayList<>(objects);
        Table table;
        try {
            mark(at);
            whole.stream().filter(object -> !inFlight.isToDo(object.object())).forEach(named::add);
            table = new Table(
                    session, lastTable + 1, tables.home(), pool, now, leaves, census, lost, inFlight.unnamed(), named);
            write(at, TableParts.split(table, sizes, at.head));
        } catch (IOException e) {
            current.fail(at, e);
            return false;
        }
        lastTable++;
        inFlight.named();
        whole.removeAll(named);
        tables.takeIn(table, at.volume, at.head);
        tables.named(session);
        at.listed = true;
        at.marked = false;
        if (at.warned) {
            current.retire(at);
        }
        return true;
    }

    /** All that was written before is on the tape with the filemark. */
    private void mark(Target at) throws IOException {
        if (!at.marked) {
            at.drive().writeFilemarks(1);
            at.head++;
            at.marked = true;
            inFlight.settle(at, at.head);
        }
    }

    private void write(Target at, List<ByteBuffer> records) throws IOException {
        checkAll(at, at.drive().write(records), records);
        at.drive().writeFilemarks(1);
        at.head += records.size() + 1;
        at.settle(at.head);
    }

    /** Lets the cartridge go for a while if others want the drive, or if nothing is being written and others want to write to it. */
    void giveWay(boolean idle, Reservations reservations) throws IOException {
        current.giveWay(idle, reservations);
    }

    /** The next step fails, and what the drive does is ended. Of any thread. */
    void stop() {
        current.stop();
    }

    /** Ends what the drive does. Of any thread. */
    void cancelDrive() {
        current.cancelDrive();
    }

    /**
     * Ends the session; what was not committed is lost.
     *
     * @return the last cartridge, still mounted; null if there is none any more
     */
    Mounted end() {
        return current.end();
    }
}
