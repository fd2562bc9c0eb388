package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.EntryRow;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.center.table.Whole;

/**
 * Compares the tables with the media, which are the truth: enters what the tables lack, and takes out what is not there any more. Used
 * once, with the gate closed.
 */
final class Reconciling {

    /** Versions that are named when an object is gone. */
    private static final int NAMED = 10;

    /** Parts that are asked for at once. */
    private static final int PAGE = 10_000;

    private final Core core;
    private final Removing removing;
    private final Progress progress;
    private final List<Found> extra = new ArrayList<>();
    /** Parts that are not there as the tables say, and why. */
    private final Map<PartName, String> gone = new LinkedHashMap<>();

    private final boolean whole;
    private long entered;
    private boolean sawAll = true;
    /** The run of which parts are being entered; null: none is. */
    private RunId under;

    /** Parts of it that have frames which others have. */
    private final List<Contest.Rival> rivals = new ArrayList<>();

    /** @param whole whether the tables were, so that parts which they lack have come lately */
    Reconciling(Core core, Removing removing, Progress progress, boolean whole) {
        this.whole = whole;
        this.core = core;
        this.removing = removing;
        this.progress = progress;
    }

    /** An object that no table has. */
    private record Found(PartName name, String medium) {

        static final Comparator<Found> ORDER = Comparator.comparing((Found found) -> found.name.origin())
                .thenComparing(found -> found.name.backup())
                .thenComparing(found -> !found.name.isList())
                .thenComparing(found -> found.name.number())
                .thenComparing(found -> found.name.first());
    }

    /**
     * Looks at these media. One that cannot be used is left alone, and told of.
     *
     * @param unopened those that could not be opened, and why
     * @return number of parts that were entered
     */
    long run(Collection<String> media, Map<String, IOException> unopened) throws IOException {
        for (String medium : media) {
            progress.check();
            progress.phase("looking at files of clients on " + medium);
            try {
                if (unopened.containsKey(medium)) {
                    throw unopened.get(medium);
                }
                look(medium);
                core.unseen(medium, null);
            } catch (IOException e) {
                sawAll = false;
                core.unseen(medium, Reason.of(e));
            }
        }
        extra.sort(Found.ORDER);
        for (Found found : extra) {
            if (found.name.isList()) {
                progress.check();
                enter(found);
            }
        }
        for (Map.Entry<PartName, String> each : gone.entrySet()) {
            forget(each.getKey(), each.getValue());
        }
        enterParts();
        if (!gone.isEmpty()) {
            core.tables().call(RunRow::deleteEmpty);
        }
        if (sawAll) {
            core.tables().call(connection -> {
                Whole.become(connection, core.clock().millis());
                return connection;
            });
        }
        new Completing(core).all();
        removing.resume(progress);
        return entered;
    }

    private void enterParts() throws IOException {
        Set<List<String>> touched = new LinkedHashSet<>();
        Set<List<String>> changed = new HashSet<>();
        for (Found found : extra) {
            progress.check();
            List<String> backup = List.of(found.name.origin(), found.name.backup());
            touched.add(backup);
            if (!found.name.isList()) {
                changed.add(backup);
                begin(found.name.run());
                enter(found);
            }
        }
        begin(null);
        for (List<String> each : touched) {
            core.tables().call(connection -> endAll(connection, each.get(0), each.get(1)));
            if (changed.contains(each)) {
                new Completing(core).missing(each.get(0), each.get(1));
            }
        }
    }

    private void look(String medium) throws IOException {
        Medium area = core.area(medium);
        boolean complete = area.isComplete();
        List<MediumObject> objects = new ArrayList<>(area.list(PartName.AREA + "/"));
        objects.sort(Comparator.comparing(MediumObject::name));
        // Of a medium that is not wholly known, what is not there may be there all the same.
        BitSet known = compare(medium, objects, complete && area.isComplete());
        for (int i = known.nextClearBit(0); i < objects.size(); i = known.nextClearBit(i + 1)) {
            Optional<PartName> name = PartName.parse(objects.get(i).name());
            if (name.isPresent()) {
                extra.add(new Found(name.get(), medium));
            } else {
                core.problem(objects.get(i).name() + " on medium '" + medium + "' is no object of the center's");
            }
        }
    }

    /** Objects by their index that are as the tables say. There may be millions of both: the tables are gone through page by page. */
    private BitSet compare(String medium, List<MediumObject> objects, boolean complete) throws IOException {
        List<String> names = objects.stream().map(MediumObject::name).toList();
        BitSet known = new BitSet();
        List<PartRow.Known> page = List.of();
        do {
            PartRow.Known last = page.isEmpty() ? null : page.get(page.size() - 1);
            page = core.tables().call(connection -> PartRow.on(connection, medium, last, PAGE));
            for (PartRow.Known part : page) {
                PartName name = PartName.part(part.id(), part.first());
                int at = Collections.binarySearch(names, name.toString());
                if (at >= 0 && objects.get(at).length() == part.bytes()) {
                    known.set(at);
                } else if (at >= 0) {
                    gone.put(name, "has " + objects.get(at).length() + " bytes instead of " + part.bytes());
                } else if (complete) {
                    gone.put(name, "is gone from medium '" + medium + "'");
                }
            }
        } while (page.size() == PAGE);
        return known;
    }

    private void forget(PartName name, String why) throws IOException {
        Lost of = core.tables().call(connection -> forget(connection, name));
        if (of.run.state() != RunRow.State.KEPT) {
            return; // it was not wanted, and the tables are older than that
        }
        List<EntryRow> lost = of.versions;
        String files = lost.isEmpty()
                ? ""
                : "; it had, among others, "
                        + String.join(
                                ", ",
                                lost.stream()
                                        .map(entry -> entry.path().toString())
                                        .toList());
        core.problem("part " + name + " " + why + files);
    }

    /** A run, and what of it was in a part that is gone, as far as it is told. */
    private record Lost(RunRow run, List<EntryRow> versions) {}

    private static Lost forget(Connection connection, PartName name) throws SQLException {
        BackupRow backup =
                BackupRow.find(connection, name.origin(), name.backup()).orElseThrow();
        RunRow run = RunRow.find(connection, backup.id(), name.number()).orElseThrow();
        for (PartRow part : PartRow.list(connection, run.id())) {
            if (part.first() == name.first()) {
                return new Lost(run, new Entering(connection).forget(backup, run, part, NAMED));
            }
        }
        return new Lost(run, List.of());
    }

    private void enter(Found found) throws IOException {
        try {
            Medium area = core.area(found.medium);
            if (found.name.isList()) {
                enter(found.name, RunsList.read(area, found.name));
            } else if (isReleased(found.name.run())) {
                deleteReleased(found, area);
            } else {
                NewPart part = PartFile.read(area, found.name).entering(found.medium);
                checkSame(part);
                enter(found.name, found.medium, part);
            }
        } catch (DamagedPartException e) {
            core.problem(found.name + " on medium '" + found.medium + "' is left out: " + Reason.of(e));
        } catch (NoSuchFileException e) {
            core.problem(found.name + " is gone from medium '" + found.medium + "'");
        }
    }

    private void enter(PartName name, String medium, NewPart part) throws IOException {
        boolean rival = core.tables().call(connection -> {
            Entering tables = new Entering(connection);
            if (tables.overlaps(part)) {
                return true;
            }
            enter(connection, part);
            return false;
        });
        if (rival) {
            rivals.add(new Contest.Rival(
                    name, medium, part.row().first(), part.row().end()));
        } else {
            entered++;
        }
    }

    private void enter(Connection connection, NewPart part) throws SQLException {
        Entering tables = new Entering(connection);
        if (whole) {
            tables.receive(part, core.clock().millis());
        } else {
            tables.enter(part);
        }
    }

    /** Ends with the run that was under way, whose parts come one after the other. @param next another one; null: there is none */
    private void begin(RunId next) throws IOException {
        if (under != null && !under.equals(next)) {
            if (!rivals.isEmpty()) {
                entered += new Contest(core, under, rivals).settle(this::enter);
                rivals.clear();
            }
            new Completing(core).behind(under);
        }
        under = next;
    }

    private boolean isReleased(RunId run) throws IOException {
        return row(run).filter(row -> row.state() == RunRow.State.RELEASED).isPresent();
    }

    private Optional<RunRow> row(RunId run) throws IOException {
        return core.tables().call(connection -> {
            Optional<BackupRow> backup = BackupRow.find(connection, run.origin(), run.backup());
            return backup.isEmpty()
                    ? Optional.empty()
                    : RunRow.find(connection, backup.get().id(), run.number());
        });
    }

    /** Parts of two runs that have one number, on two media, say, are not to be taken for one run. */
    private void checkSame(NewPart part) throws IOException {
        if (isOther(part)) {
            throw other();
        }
    }

    private boolean isOther(NewPart part) throws IOException {
        Optional<RunRow> row = row(new RunId(part.origin(), part.backup(), part.number()));
        UUID identity = RunText.read(part.info()).identity();
        return row.isPresent() && !RunText.read(row.get().info()).identity().equals(identity);
    }

    private static DamagedPartException other() {
        return new DamagedPartException("it is of another run that has the same number");
    }

    /** What is left of a run that others have. A part of another run of its number may be nowhere else, and stays (I6). */
    private void deleteReleased(Found found, Medium area) throws IOException {
        boolean other;
        try {
            other = isOther(PartFile.read(area, found.name).entering(found.medium));
        } catch (DamagedPartException e) {
            other = false; // whatever it was, it is of use to nobody
        }
        if (other) {
            throw other();
        }
        area.delete(found.name.toString());
    }

    /** What it says of a run is nothing of another one that has the same number here: that may be nowhere else (I6). */
    private void enter(PartName name, RunsList list) throws IOException {
        Optional<BackupRow> backup =
                core.tables().call(connection -> BackupRow.find(connection, name.origin(), name.backup()));
        if (backup.isPresent() && name.number() <= backup.get().listing()) {
            return;
        }
        Map<Long, UUID> here = backup.isPresent() ? identities(backup.get()) : Map.of();
        List<RunsList.Run> runs = new ArrayList<>();
        for (RunsList.Run run : list.runs()) {
            UUID identity = run.info().identity();
            if (here.getOrDefault(run.info().id().number(), identity).equals(identity)) {
                runs.add(run);
            } else {
                core.problem(name + " is left out as far as it is about run "
                        + run.info().id() + ": another run that has the same number is here");
            }
        }
        core.tables().call(connection -> enter(connection, name, runs));
    }

    private Map<Long, UUID> identities(BackupRow backup) throws IOException {
        Map<Long, UUID> identities = new HashMap<>();
        for (RunRow row : core.tables().call(connection -> RunRow.list(connection, backup.id()))) {
            identities.put(row.number(), RunText.read(row.info()).identity());
        }
        return identities;
    }

    private static BackupRow enter(Connection connection, PartName name, List<RunsList.Run> runs) throws SQLException {
        BackupRow backup = BackupRow.make(connection, name.origin(), name.backup());
        for (RunsList.Run run : runs) {
            RunInfo info = run.info();
            RunRow row = RunRow.make(
                    connection,
                    backup.id(),
                    info.id().number(),
                    info.base(),
                    RunText.millis(info.taken()),
                    RunText.write(info));
            row.become(connection, run.state(), run.complete(), run.durable());
        }
        backup.entered(connection, name.number());
        return backup;
    }

    /** Full runs of which not all is here have ended what was before them too. */
    private static Set<Long> endAll(Connection connection, String origin, String name) throws SQLException {
        Set<Long> ended = new TreeSet<>();
        BackupRow backup = BackupRow.make(connection, origin, name);
        for (RunRow run : RunRow.list(connection, backup.id())) {
            if (run.complete() && run.base() == 0) {
                new Entering(connection).endAll(run);
                ended.add(run.number());
            }
        }
        return ended;
    }
}
