package org.hikae.files.client.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.hikae.api.files.StoredVersion;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.uplink.Histories;

/**
 * What was there at a time: of each path the version that counts. Of a backup that is the newest one that a center has, unless a run in the
 * buffer says something else; of several backups the one that was taken last.
 */
final class State {

    /** Runs that build upon none: of every file that they do not name they say that it is gone. By backup. */
    private final Map<String, NavigableSet<Long>> full = new HashMap<>();

    private final Histories<Archive> histories;

    /**
     * @param runs in the buffer that count
     * @param histories how far the centers reach: a file's row may have gone from one to another, which alone knows what has become of it
     */
    State(List<BufferedRun> runs, Histories<Archive> histories) {
        this.histories = histories;
        for (BufferedRun run : runs) {
            if (run.base() == 0) {
                full.computeIfAbsent(run.backup(), key -> new TreeSet<>()).add(run.number());
            }
        }
    }

    /** @param all that is known, in the order of a {@link FoundSorter} */
    void put(FoundList.Cursor all, FoundList into) throws IOException {
        List<Found> same = new ArrayList<>();
        for (Found found = all.next(); found != null; found = all.next()) {
            if (!same.isEmpty() && !same.get(0).path().equals(found.path())) {
                put(same, into);
                same.clear();
            }
            same.add(found);
        }
        put(same, into);
    }

    /** What is known of one path. */
    private void put(List<Found> same, FoundList into) throws IOException {
        Found last = null;
        for (int from = 0; from < same.size(); ) {
            int to = from + 1;
            while (to < same.size()
                    && same.get(to).backup().equals(same.get(from).backup())) {
                to++;
            }
            Found found = ofBackup(same.subList(from, to));
            boolean later = found != null && (last == null || found.taken().isAfter(last.taken()));
            last = later ? found : last;
            from = to;
        }
        if (last != null) {
            into.add(last);
        }
    }

    private Found ofBackup(List<Found> same) {
        NavigableSet<Long> ends = full.getOrDefault(same.get(0).backup(), new TreeSet<>());
        Found state = null;
        for (Found found : same) {
            if (found instanceof Found.Buffered buffered) {
                state = after(without(state, ends.floor(found.run())), buffered);
            } else if (counts(found) && (state == null || found.run() > state.run())) {
                state = found;
            }
        }
        return without(state, ends.isEmpty() ? null : ends.last());
    }

    private boolean counts(Found found) {
        return !(found instanceof Found.Stored stored)
                || histories.counts(stored.center(), stored.backup(), stored.run());
    }

    private static Found without(Found state, Long full) {
        return state != null && full != null && state.run() < full ? null : state;
    }

    private static Found after(Found before, Found.Buffered here) {
        if (before instanceof Found.Stored stored && isThat(here, stored.version())) {
            // It has been sent and is kept: what is here comes sooner.
            return new Found.Buffered(here.in(), here.entry(), stored.version());
        } else if (before != null && before.run() >= here.run()) {
            return before;
        }
        return here.entry().isGone() ? null : here;
    }

    /** Whether a center's version is what this run has: a number may have come twice. */
    private static boolean isThat(Found.Buffered here, StoredVersion stored) {
        StoredVersion own = here.version();
        return !here.entry().isGone()
                && own.run().number() == stored.run().number()
                && own.taken().equals(stored.taken())
                && own.type() == stored.type()
                && own.size() == stored.size()
                && own.modified().equals(stored.modified())
                && Objects.equals(own.sha256(), stored.sha256());
    }
}
