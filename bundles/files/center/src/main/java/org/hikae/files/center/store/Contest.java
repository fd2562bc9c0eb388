package org.hikae.files.center.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.job.Reason;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;

/**
 * Which parts of a run count, where several have the same frames: a run that is received again while a medium is away is cut into other parts.
 * Those that are entered never overlap; they are those that lead furthest from the first frame on, so that nothing is missing that is there
 * (I6). Used once, with the gate closed.
 */
final class Contest {

    private final Core core;
    private final RunId run;
    private final List<Rival> rivals;

    /** A part that is not entered, since others have frames of it. @param end number of the frame behind it */
    record Rival(PartName name, String medium, long first, long end) {}

    /** Enters a part, in the transaction of whoever calls. */
    interface Enterer {
        void enter(Connection connection, NewPart part) throws SQLException;
    }

    /** Frames that belong together. @param rival null: it is entered */
    private record Span(long first, long end, Rival rival) {}

    /** Parts that follow one another from the first frame on. @param rivals how many of them are not entered */
    private record Chain(List<Span> spans, int rivals) {

        static final Chain EMPTY = new Chain(List.of(), 0);

        Chain with(Span next) {
            List<Span> longer = new ArrayList<>(spans);
            longer.add(next);
            return new Chain(longer, rivals + (next.rival == null ? 0 : 1));
        }
    }

    Contest(Core core, RunId run, List<Rival> rivals) {
        this.core = core;
        this.run = run;
        this.rivals = new ArrayList<>(rivals);
    }

    /**
     * Enters those that lead further than what is entered, in place of that, in one transaction.
     *
     * @return how many were entered
     */
    long settle(Enterer enterer) throws IOException {
        while (true) {
            List<PartRow> there = core.tables().call(this::parts);
            List<Span> best = best(there);
            if (best.isEmpty()) {
                return 0;
            }
            List<NewPart> parts = new ArrayList<>();
            if (readAll(best, parts)) {
                core.tables().call(connection -> {
                    replace(connection, there, best);
                    for (NewPart each : parts) {
                        enterer.enter(connection, each);
                    }
                    return best;
                });
                return parts.size();
            }
        }
    }

    /** Of a run that is kept. */
    private List<PartRow> parts(Connection connection) throws SQLException {
        BackupRow backup = BackupRow.make(connection, run.origin(), run.backup());
        RunRow row = RunRow.find(connection, backup.id(), run.number()).orElse(null);
        return row == null || row.state() != RunRow.State.KEPT ? List.of() : PartRow.list(connection, row.id());
    }

    /** The chain that leads furthest; empty: no other leads further than what is entered. */
    private List<Span> best(List<PartRow> there) {
        List<Span> spans = new ArrayList<>();
        long durable = 0;
        for (PartRow part : there) {
            spans.add(new Span(part.first(), part.end(), null));
            durable = part.first() == durable ? part.end() : durable;
        }
        if (spans.isEmpty()) {
            return List.of();
        }
        rivals.forEach(each -> spans.add(new Span(each.first, each.end, each)));
        spans.sort(Comparator.comparing(Span::first).thenComparing(Span::end));
        // By the frame that they lead to, those with the fewest changes.
        Map<Long, Chain> chains = new HashMap<>(Map.of(0L, Chain.EMPTY));
        long furthest = 0;
        for (Span span : spans) {
            Chain before = chains.get(span.first);
            if (before != null) {
                chains.merge(span.end, before.with(span), (a, b) -> a.rivals <= b.rivals ? a : b);
                furthest = Math.max(furthest, span.end);
            }
        }
        return furthest > durable ? chains.get(furthest).spans : List.of();
    }

    /** @return false if one of them cannot be read: then it counts no more */
    private boolean readAll(List<Span> chain, List<NewPart> parts) {
        for (Span each : chain) {
            Rival rival = each.rival;
            if (rival != null) {
                try {
                    parts.add(PartFile.read(core.area(rival.medium), rival.name).entering(rival.medium));
                } catch (IOException e) {
                    core.problem(rival.name + " on medium '" + rival.medium + "' is left out: " + Reason.of(e));
                    rivals.remove(rival);
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes out what has frames of the chain's, and is not of it. */
    private void replace(Connection connection, List<PartRow> there, List<Span> chain) throws SQLException {
        Set<Span> kept = new HashSet<>(chain);
        BackupRow backup = BackupRow.make(connection, run.origin(), run.backup());
        long end = chain.get(chain.size() - 1).end;
        for (PartRow part : there) {
            if (part.first() < end && !kept.contains(new Span(part.first(), part.end(), null))) {
                RunRow row = RunRow.find(connection, backup.id(), run.number()).orElseThrow();
                new Entering(connection).forget(backup, row, part, 0);
            }
        }
    }
}
