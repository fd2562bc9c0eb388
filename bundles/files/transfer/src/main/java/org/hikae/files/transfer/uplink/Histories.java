package org.hikae.files.transfer.uplink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hikae.api.files.Reach;

/**
 * What several centers tell of one client at one time, and which of them is to be believed (R25).
 *
 * <p>Centers may lack runs: one was joined later, one lost a medium, one refused runs whose base it had lost, until a full run had taken their place.
 * Such a center tells the state as it was with the last run before, in which files are there that have been deleted since, and others are
 * missing. But whoever has a run has what it builds upon, down to a full one: its state is that of the run, whatever else it lacks. So of
 * each backup those centers are believed whose newest run of that time is the newest of all. What others list counts only if it came in a
 * later run, which can only be where a center does not say how far it reaches; all it says is that the file was there then.
 *
 * <p>Of those that are believed each version counts that one of them lists: they have the same state, and one that does not list it
 * cannot read it any more. Not thread-safe.
 *
 * @param <C> a center
 */
public final class Histories<C> {

    private final Map<C, Map<String, Reach>> heard = new HashMap<>();

    /** A center has said how far it reaches; with each of its pages: between two of them a run may have come, and the first one is without it. */
    public void heard(C center, Map<String, Reach> reach) {
        heard.merge(center, Map.copyOf(reach), Histories::least);
    }

    private static Map<String, Reach> least(Map<String, Reach> before, Map<String, Reach> now) {
        Map<String, Reach> least = new HashMap<>();
        before.forEach((backup, each) -> {
            Reach next = now.getOrDefault(backup, Reach.NONE);
            least.put(backup, next.run() < each.run() ? next : each);
        });
        return least;
    }

    /** Whether it has said so. */
    public boolean hasHeard(C center) {
        return heard.containsKey(center);
    }

    /** Whether a version that a center lists as that of the time was there. @param run in which it came */
    public boolean counts(C center, String backup, long run) {
        long newest = heard.values().stream()
                .mapToLong(each -> of(each, backup).run())
                .max()
                .orElse(0);
        return run > newest || hasHeard(center) && of(heard.get(center), backup).run() == newest;
    }

    private static Reach of(Map<String, Reach> reach, String backup) {
        return reach.getOrDefault(backup, Reach.NONE);
    }

    /** How far those reach that are believed, by backup. */
    public Map<String, Reach> believed() {
        Set<String> backups = new HashSet<>();
        heard.values().forEach(each -> backups.addAll(each.keySet()));
        Map<String, Reach> believed = new HashMap<>();
        for (String backup : backups) {
            heard.values().forEach(each -> believed.merge(backup, of(each, backup), Histories::further));
        }
        return believed;
    }

    /**
     * Of two answers the one that reaches further; of equal ones that of a center which knows what came next: then there is nothing in
     * between.
     */
    public static Reach further(Reach one, Reach other) {
        if (one.run() != other.run()) {
            return one.run() > other.run() ? one : other;
        } else if (one.gap() != other.gap()) {
            return one.gap() ? other : one;
        }
        return one.last() >= other.last() ? one : other;
    }
}
