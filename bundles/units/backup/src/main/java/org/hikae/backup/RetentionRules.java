package org.hikae.backup;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.MergeRequest;

/**
 * Which generations of a disk, or of a group of its files, become part of newer ones. Of what is kept nothing is lost: a generation
 * that is not kept becomes part of the next newer one of its chain that is. If there is none it stays, or, if that is asked for,
 * is removed, and then those that it builds upon are as if it had never been. It stays too if others build upon it (R20).
 */
final class RetentionRules {

    private final List<GenerationInfo> newestFirst;
    /** Ids of those that can be read, with all that they build upon. */
    private final Set<String> sound = new HashSet<>();

    private final Map<String, List<GenerationInfo>> children;
    /** Why each of these stays. */
    private final Map<String, String> stays = new LinkedHashMap<>();
    /** Ids of what the others become part of. */
    private final Map<String, String> into = new HashMap<>();
    /** Ids of those that are removed, in that order. */
    private final Set<String> removed = new LinkedHashSet<>();
    /** Number of the oldest that is kept for its time. */
    private long oldestKept;

    private RetentionRules(List<GenerationInfo> generations) {
        this.newestFirst = generations.stream()
                .sorted(Comparator.comparingLong(GenerationInfo::number).reversed())
                .toList();
        this.children = newestFirst.stream()
                .filter(each -> each.parent() != null)
                .collect(Collectors.groupingBy(GenerationInfo::parent));
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            GenerationInfo each = newestFirst.get(i);
            if (each.problem() == null && (each.parent() == null || sound.contains(each.parent()))) {
                sound.add(each.id());
            }
        }
    }

    /**
     * What must stay whatever its time.
     *
     * @param held who needs them, by id
     * @param mounted ids of those that are kept open
     * @param basis id of the one that the next differential backup builds upon; null if there is none
     * @param unseen why there may be others that build upon any of them, in half a sentence; null: all can be seen
     */
    record Needs(Map<String, List<String>> held, Set<String> mounted, String basis, String unseen) {}

    /**
     * What is to be done.
     *
     * @param generations all of the disk, or of the group, that can be seen, damaged ones too
     * @param remove whether those go that can become part of nothing
     */
    static RetentionPlan plan(
            List<GenerationInfo> generations, Needs needs, Retention keep, boolean remove, ZoneId zone) {
        RetentionRules rules = new RetentionRules(generations);
        rules.keepByTime(keep, zone);
        rules.keepNeeded(needs);
        rules.settle(remove, needs.unseen());
        return rules.plan();
    }

    private void keepByTime(Retention keep, ZoneId zone) {
        List<GenerationInfo> whole = newestFirst.stream().filter(this::isWhole).toList();
        new Periods(keep, zone).reasons(whole).forEach((id, reasons) -> stays.put(id, String.join(", ", reasons)));
        whole.stream().limit(1).forEach(newest -> stays.putIfAbsent(newest.id(), "it is the newest"));
        whole.stream().filter(each -> stays.containsKey(each.id())).forEach(each -> oldestKept = each.number());
    }

    /** What can be restored as the disk of one instant. */
    private boolean isWhole(GenerationInfo generation) {
        return sound.contains(generation.id()) && !generation.partial() && generation.instant() != null;
    }

    private void keepNeeded(Needs needs) {
        for (GenerationInfo each : newestFirst) {
            String id = each.id();
            if (each.problem() != null) {
                stays.putIfAbsent(id, "it is damaged: " + each.problem());
            } else if (!sound.contains(id)) {
                stays.putIfAbsent(id, "it builds upon " + each.parent() + ", which cannot be read now");
            } else if (each.partial()) {
                stays.putIfAbsent(id, "it is a partial one, since mark " + each.mark());
            } else if (needs.held().containsKey(id)) {
                stays.putIfAbsent(
                        id, "it is held by " + String.join(", ", needs.held().get(id)));
            } else if (needs.mounted().contains(id)) {
                stays.putIfAbsent(id, "it is mounted");
            } else if (id.equals(needs.basis())) {
                stays.putIfAbsent(id, "the next differential backup builds upon it");
            }
        }
    }

    /** From the newest on: what builds upon a generation is settled before it. */
    private void settle(boolean remove, String unseen) {
        for (GenerationInfo each : newestFirst) {
            if (stays.containsKey(each.id())) {
                continue;
            }
            List<GenerationInfo> builtUpon = children.getOrDefault(each.id(), List.of());
            if (builtUpon.stream().allMatch(child -> removed.contains(child.id()))) {
                settleNewest(each, remove, unseen);
            } else {
                settle(each, builtUpon);
            }
        }
    }

    /** One upon which nothing builds that stays. */
    private void settleNewest(GenerationInfo generation, boolean remove, String unseen) {
        if (!remove || !isWhole(generation)) {
            stays.put(generation.id(), whyNewestStays(generation));
        } else if (unseen != null) {
            stays.put(generation.id(), "it is not removed while something may build upon it: " + unseen);
        } else {
            removed.add(generation.id());
        }
    }

    private void settle(GenerationInfo generation, List<GenerationInfo> builtUpon) {
        String why = whyItStays(builtUpon);
        if (why == null) {
            String next = builtUpon.get(0).id();
            into.put(generation.id(), into.getOrDefault(next, next));
        } else {
            stays.put(generation.id(), why);
        }
    }

    /** Null: it can become part of what builds upon it. */
    private String whyItStays(List<GenerationInfo> builtUpon) {
        if (builtUpon.size() > 1) {
            return "several build upon it: "
                    + builtUpon.stream()
                            .map(each -> each.id() + (removed.contains(each.id()) ? " (which is removed now)" : ""))
                            .sorted()
                            .collect(Collectors.joining(", "));
        } else if (!isWhole(builtUpon.get(0))) {
            return builtUpon.get(0).id() + " builds upon it, and is damaged or partial";
        }
        return null;
    }

    private String whyNewestStays(GenerationInfo generation) {
        return generation.number() < oldestKept
                ? "it is older than all that is kept, and nothing builds upon it: 'generation remove " + generation.id()
                        + "' removes it if it is of no use"
                : "it is the newest of its chain";
    }

    private RetentionPlan plan() {
        List<RetentionPlan.Entry> entries = new ArrayList<>();
        Map<String, String> oldest = new LinkedHashMap<>();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            String id = newestFirst.get(i).id();
            entries.add(new RetentionPlan.Entry(id, stays.get(id), into.get(id)));
            if (into.containsKey(id)) {
                oldest.putIfAbsent(into.get(id), id);
            }
        }
        List<MergeRequest> merges = new ArrayList<>();
        oldest.forEach((to, from) -> merges.add(new MergeRequest(from, to, null)));
        return new RetentionPlan(entries, merges, List.copyOf(removed));
    }
}
