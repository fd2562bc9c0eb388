package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.files.center.store.CenterStore.Basis;
import org.hikae.files.center.store.CenterStore.Standing;
import org.hikae.files.center.store.CenterStore.Stored;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.center.table.Whole;
import org.hikae.files.transfer.identity.Origins;
import org.hikae.files.transfer.message.RunNumbers;
import org.hikae.files.transfer.run.ItemRules;
import org.hikae.files.transfer.run.RunState;

/** What is here of runs, and the beginning of more. Thread-safe. */
final class Receiving {

    private final Core core;
    private final Consumer<RunId> whenComplete;

    /** @param whenComplete is told of each run that became complete */
    Receiving(Core core, Consumer<RunId> whenComplete) {
        this.core = core;
        this.whenComplete = whenComplete;
    }

    Stored stored(RunInfo run) throws IOException {
        RunId id = run.id();
        return core.settled(() -> {
            core.settle(id);
            Optional<RunRow> row = core.tables().call(connection -> find(connection, id));
            return row.isEmpty() || isOther(row.get(), run) ? new Stored(id, 0, false) : stored(id, row.get());
        });
    }

    private static Stored stored(RunId id, RunRow row) {
        return new Stored(id, row.durable(), row.complete() || row.state() != RunRow.State.KEPT);
    }

    /** What was released and is not remembered any more is taken for elsewhere, whatever its identity was: nothing is confirmed by that. */
    Standing standing(RunKey key) throws IOException {
        RunId id = key.run();
        return core.settled(() -> {
            core.settle(id);
            Optional<RunRow> row = core.tables().call(connection -> find(connection, id));
            if (row.isPresent()) {
                return standing(key, row.get());
            }
            return core.tables().call(connection -> {
                Optional<BackupRow> backup = BackupRow.find(connection, id.origin(), id.backup());
                boolean forgotten = backup.isPresent()
                        && RunRow.isForgotten(connection, backup.get().id(), id.number());
                return forgotten || !Whole.is(connection) ? Standing.ELSEWHERE : Standing.ABSENT;
            });
        });
    }

    private static Standing standing(RunKey key, RunRow row) throws IOException {
        if (!RunText.read(row.info()).identity().equals(key.identity()) || !row.complete()) {
            return Standing.ABSENT;
        }
        return row.state() == RunRow.State.RELEASED ? Standing.ELSEWHERE : Standing.HERE;
    }

    /** Whether it is another run that has the number. @throws IOException if what the tables say of that is damaged */
    private static boolean isOther(RunRow row, RunInfo run) throws IOException {
        return !RunText.read(row.info()).identity().equals(run.identity());
    }

    private static Optional<RunRow> find(Connection connection, RunId run) throws SQLException {
        Optional<BackupRow> backup = BackupRow.find(connection, run.origin(), run.backup());
        return backup.isEmpty()
                ? Optional.empty()
                : RunRow.find(connection, backup.get().id(), run.number());
    }

    Basis basis(RunInfo run) throws IOException {
        return core.settled(() -> {
            Optional<RunRow> row = core.tables().call(connection -> find(connection, run.id()));
            boolean other = row.isPresent() && isOther(row.get(), run);
            return other ? Basis.OTHER : basisOf(run);
        });
    }

    /** What builds upon another run than the one that has the number here lacks what it builds upon. */
    private Basis basisOf(RunInfo run) throws IOException {
        Basis basis = core.tables().call(connection -> basis(connection, run));
        if (run.base() == 0 || run.baseIdentity() == null || basis == Basis.LACKING) {
            return basis;
        }
        RunId id = new RunId(run.id().origin(), run.id().backup(), run.base());
        Optional<RunRow> base = core.tables().call(connection -> find(connection, id));
        boolean other =
                base.isPresent() && !RunText.read(base.get().info()).identity().equals(run.baseIdentity());
        return other ? Basis.LACKING : basis;
    }

    /** What comes before the newest complete run can never be entered any more: the runs after it do not build upon it. */
    private static Basis basis(Connection connection, RunInfo run) throws SQLException {
        Optional<BackupRow> backup =
                BackupRow.find(connection, run.id().origin(), run.id().backup());
        long newest =
                backup.isEmpty() ? 0 : RunRow.newest(connection, backup.get().id());
        if (run.id().number() <= newest) {
            boolean here = RunRow.find(connection, backup.get().id(), run.id().number())
                    .filter(row -> row.complete() || row.state() != RunRow.State.KEPT)
                    .isPresent();
            return here ? Basis.HERE : Basis.LACKING;
        }
        if (run.base() == 0 || run.base() == newest) {
            return Basis.HERE;
        }
        boolean coming = run.base() > newest
                && backup.isPresent()
                && RunRow.find(connection, backup.get().id(), run.base()).isPresent();
        return coming ? Basis.COMING : Basis.LACKING;
    }

    Map<String, Long> lastRuns(String origin) throws IOException {
        return core.settled(() -> core.tables().call(connection -> {
            Map<String, Long> last = new TreeMap<>();
            for (BackupRow backup : BackupRow.list(connection, origin)) {
                last.put(backup.name(), RunRow.last(connection, backup.id()));
            }
            return last;
        }));
    }

    Map<String, Long> fullWanted(String origin) throws IOException {
        return core.tables().call(connection -> {
            Map<String, Long> wanted = new TreeMap<>();
            for (BackupRow backup : BackupRow.list(connection, origin)) {
                if (backup.fullFrom() > 0) {
                    long last = RunRow.newest(connection, backup.id());
                    wanted.put(backup.name(), Math.max(last, backup.fullFrom() - 1));
                }
            }
            return wanted;
        });
    }

    void askForFull(String origin, String backup, long above) throws IOException {
        checkNames(new RunId(origin, backup, 1));
        long known = core.tables().call(connection -> {
            Optional<BackupRow> row = BackupRow.find(connection, origin, backup);
            return row.isEmpty() ? 0L : RunRow.last(connection, row.get().id());
        });
        if (above > known && !RunNumbers.canBe(above, core.clock().instant())) {
            throw new IOException("run " + above + " of backup '" + backup + "' of " + origin
                    + " is said to exist, which cannot be, if this machine's clock is right: it shows "
                    + core.clock().instant());
        }
        core.tables().call(connection -> {
            BackupRow row = BackupRow.make(connection, origin, backup);
            long last = row.fullFrom() == 0 ? RunRow.last(connection, row.id()) : row.fullFrom() - 1;
            long from = Math.max(last, above) + 1;
            if (from > row.fullFrom()) {
                row.wantFull(connection, from);
            }
            return row;
        });
    }

    private static void checkNames(RunId run) throws IOException {
        if (!Origins.isOrigin(run.origin()) || !ItemRules.isBackup(run.backup()) || run.number() < 1) {
            throw new IOException("'" + run + "' cannot be a run");
        }
    }

    /** What a writer needs to know of what came before. */
    private record Before(RunRow run, Basis basis, PartRow last, long next) {}

    PartWriter write(RunInfo run) throws IOException {
        RunId id = run.id();
        checkNames(id);
        if (!core.begin(id)) {
            throw new IOException("run " + id + " is being received already");
        }
        try {
            return core.settled(() -> open(run));
        } catch (IOException | RuntimeException e) {
            core.leave(id);
            throw e;
        }
    }

    private PartWriter open(RunInfo run) throws IOException {
        core.settle(run.id());
        Basis basis = basisOf(run);
        Before before = core.tables().call(connection -> before(connection, run, basis));
        check(run, before);
        long first = before.run == null ? 0 : before.run.durable();
        RunState state = RunState.BEGIN;
        PartRow.Open open = null;
        if (before.last != null) {
            state = RunState.decode(before.last.state());
            open = before.last.open();
        }
        String medium = core.current();
        Optional<ObjectWriter> object = create(run, medium, PartName.part(run.id(), first));
        if (object.isEmpty()) {
            return open(run);
        }
        PartWriting writing = new PartWriting(run, first, before.next, state, open);
        return new ObjectPartWriter(core, medium, object.get(), writing, whenComplete);
    }

    /**
     * Begins the object of a part. One that is there already was committed, though nobody could say so: it is entered. If it is damaged, what
     * comes now is better.
     *
     * @return empty: the part is there already, and entered now
     */
    private Optional<ObjectWriter> create(RunInfo run, String medium, PartName name) throws IOException {
        Medium area = core.area(medium);
        try {
            return Optional.of(area.create(name.toString()));
        } catch (FileAlreadyExistsException e) {
            PartFile there;
            try {
                there = PartFile.read(area, name);
            } catch (DamagedPartException damaged) {
                core.problem("a damaged part of run " + name.run() + " is received again");
                area.delete(name.toString());
                return Optional.of(area.create(name.toString()));
            }
            NewPart part = there.entering(medium);
            if (!RunText.read(part.info()).identity().equals(run.identity())) {
                throw new MissingBaseException(
                        "a part of another run of the same number as " + run.id() + " is here already");
            }
            core.enter(part);
            long durable = core.tables()
                    .call(connection ->
                            find(connection, run.id()).map(RunRow::durable).orElse(0L));
            if (durable <= name.first()) {
                throw new IOException(
                        "the part from frame " + name.first() + " on of run " + name.run()
                                + " is on the medium, but cannot be entered in the tables; see 'catalog rebuild'",
                        e);
            }
            return Optional.empty();
        }
    }

    private static Before before(Connection connection, RunInfo run, Basis basis) throws SQLException {
        Optional<RunRow> row = find(connection, run.id());
        PartRow last = null;
        long next = -1;
        if (row.isPresent()) {
            long durable = row.get().durable();
            List<PartRow> parts = PartRow.list(connection, row.get().id());
            for (PartRow part : parts) {
                if (part.end() == durable) {
                    last = part;
                } else if (part.first() >= durable && next < 0) {
                    next = part.first();
                }
            }
        }
        return new Before(row.orElse(null), basis, last, next);
    }

    private static void check(RunInfo run, Before before) throws IOException {
        RunRow row = before.run;
        if (row != null && isOther(row, run)) {
            throw new MissingBaseException("another run of the same number as " + run.id() + " is or was here already");
        }
        if (row != null && (row.complete() || row.state() != RunRow.State.KEPT)) {
            throw new AlreadyHereException("run " + run.id() + " is here already");
        }
        if (row != null && row.base() != run.base()) {
            throw new IOException("run " + run.id() + " is said to build upon run " + run.base() + ", and was upon run "
                    + row.base());
        }
        if (before.basis != Basis.HERE) {
            throw new MissingBaseException("run " + run.id() + " cannot be used here: run " + run.base()
                    + ", upon which it builds, is not the newest one that is complete here");
        }
    }
}
