package org.hikae.files.center.collect;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.Transfer;

/** What a ledger was told and has not written yet. Not thread-safe. */
final class Unwritten {

    /** Rows of the history that wait at most; where the database fails for long, older ones are lost. */
    static final int MOST = 100_000;

    /** What has become of requests, the first one first: it arrived, or (empty) is gone. */
    final Map<RunId, Optional<Ledger.Arrival>> requests = new LinkedHashMap<>();

    final List<Ledger.Done> done = new ArrayList<>();
    final List<Transfer> transfers = new ArrayList<>();

    boolean isEmpty() {
        return requests.isEmpty() && done.isEmpty() && transfers.isEmpty();
    }

    /** Takes the oldest away, so many of each at most. */
    Unwritten take(int most) {
        Unwritten taken = new Unwritten();
        Iterator<Map.Entry<RunId, Optional<Ledger.Arrival>>> all =
                requests.entrySet().iterator();
        for (int i = 0; i < most && all.hasNext(); i++) {
            Map.Entry<RunId, Optional<Ledger.Arrival>> next = all.next();
            taken.requests.put(next.getKey(), next.getValue());
            all.remove();
        }
        move(done, taken.done, most);
        move(transfers, taken.transfers, most);
        return taken;
    }

    private static <T> void move(List<T> from, List<T> to, int most) {
        List<T> first = from.subList(0, Math.min(most, from.size()));
        to.addAll(first);
        first.clear();
    }

    /** Puts back what could not be written; what came meanwhile is newer. @return rows that are lost, for there are too many */
    int putBack(Unwritten taken) {
        taken.requests.forEach(requests::putIfAbsent);
        done.addAll(0, taken.done);
        transfers.addAll(0, taken.transfers);
        return cut(done) + cut(transfers);
    }

    private static int cut(List<?> rows) {
        int many = Math.max(0, rows.size() - MOST);
        rows.subList(0, many).clear();
        return many;
    }
}
