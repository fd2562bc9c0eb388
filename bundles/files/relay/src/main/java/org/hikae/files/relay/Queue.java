package org.hikae.files.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;

/**
 * In which order runs are announced: the oldest first, but those of a backup always by number, whatever the client's clock did, and what
 * the center above does not take last of all, so that it is in nobody's way.
 *
 * <p>A run that builds upon none is held back as long as there are runs before it which the center may still take: with it there, those
 * would be of no use any more.
 */
final class Queue {

    private record Place(RunInfo run, boolean last, Instant age) {}

    private Queue() {}

    /**
     * @param problem whether there is something against a run
     * @param never whether that is so for good
     */
    static List<RunInfo> order(Collection<RunInfo> lacking, Predicate<RunId> problem, Predicate<RunId> never) {
        List<Place> places = new ArrayList<>();
        for (List<RunInfo> of : Deliveries.byBackup(lacking)) {
            place(of, problem, never, places);
        }
        places.sort(Comparator.comparing(Place::last).thenComparing(Place::age));
        return places.stream().map(Place::run).toList();
    }

    private static void place(
            List<RunInfo> ofBackup, Predicate<RunId> problem, Predicate<RunId> never, List<Place> places) {
        boolean last = false;
        boolean mayBeTaken = false;
        Instant age = Instant.MIN;
        for (RunInfo run : ofBackup) {
            if (run.base() == 0 && mayBeTaken) {
                return;
            }
            boolean against = problem.test(run.id());
            mayBeTaken |= !never.test(run.id());
            // What builds upon one that is not taken comes no earlier than that.
            last = against || last && run.base() != 0;
            age = run.taken().isAfter(age) ? run.taken() : age;
            places.add(new Place(run, last, age));
        }
    }
}
