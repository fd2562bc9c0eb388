package org.hikae.backup;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hikae.api.backup.Retention;
import org.hikae.api.media.GenerationInfo;

/** What is left when a retention is kept to, and what goes is removed: as the contract says it, one by one. */
final class RetentionModel {

    private final List<GenerationInfo> all;
    private final Set<String> needed;
    private final Retention keep;
    private final ZoneId zone;
    /** Those of which each and all that it builds upon are sound, and which are no mixtures. */
    private final List<GenerationInfo> whole;
    /** What is asked before is remembered, by id. */
    private final Map<String, Boolean> neededById = new HashMap<>();

    /** @param needed ids of those that are held, open, or the basis of the next backup */
    RetentionModel(List<GenerationInfo> all, Set<String> needed, Retention keep, ZoneId zone) {
        this.all = all;
        this.needed = needed;
        this.keep = keep;
        this.zone = zone;
        this.whole =
                all.stream().filter(each -> !each.partial() && isSound(each)).toList();
    }

    /** Ids of what is left. */
    Set<String> left() {
        return all.stream().filter(this::isLeft).map(GenerationInfo::id).collect(Collectors.toSet());
    }

    /** Whether it is kept, or anything that is kept builds upon it. */
    boolean needed(String id) {
        return all.stream().filter(each -> each.id().equals(id)).anyMatch(this::isNeeded);
    }

    private boolean isNeeded(GenerationInfo generation) {
        Boolean known = neededById.get(generation.id());
        if (known == null) {
            known = isKept(generation) || childrenOf(generation).stream().anyMatch(this::isNeeded);
            neededById.put(generation.id(), known);
        }
        return known;
    }

    /** What is kept is left, and of the rest what cannot become part of the only one that needs it (R20, R13). */
    private boolean isLeft(GenerationInfo generation) {
        List<GenerationInfo> needing =
                childrenOf(generation).stream().filter(this::isNeeded).toList();
        return isKept(generation) || needing.size() > 1 || needing.size() == 1 && !whole.contains(needing.get(0));
    }

    private List<GenerationInfo> childrenOf(GenerationInfo generation) {
        return all.stream()
                .filter(each -> generation.id().equals(each.parent()))
                .toList();
    }

    private boolean isKept(GenerationInfo generation) {
        return !whole.contains(generation)
                || needed.contains(generation.id())
                || newer(generation).isEmpty()
                || newer(generation).size() < keep.last()
                || isOneOfTheLast(generation, keep.hourly(), "uuuu-MM-dd HH xxx")
                || isOneOfTheLast(generation, keep.daily(), "uuuu-MM-dd")
                || isOneOfTheLast(generation, keep.weekly(), "YYYY 'week' ww")
                || isOneOfTheLast(generation, keep.monthly(), "uuuu-MM")
                || isOneOfTheLast(generation, keep.yearly(), "uuuu");
    }

    private boolean isSound(GenerationInfo generation) {
        return generation.problem() == null
                && (generation.parent() == null
                        || all.stream().anyMatch(each -> each.id().equals(generation.parent()) && isSound(each)));
    }

    private List<GenerationInfo> newer(GenerationInfo generation) {
        return whole.stream()
                .filter(each -> each.number() > generation.number())
                .toList();
    }

    /** The newest of its period, after which there are fewer periods with any than are asked for. */
    private boolean isOneOfTheLast(GenerationInfo generation, int periods, String format) {
        Set<String> later = new TreeSet<>();
        newer(generation).forEach(each -> later.add(period(each, format)));
        return later.size() < periods && !later.contains(period(generation, format));
    }

    /** The weeks of that locale are those of ISO 8601. */
    private String period(GenerationInfo generation, String format) {
        return DateTimeFormatter.ofPattern(format, Locale.UK)
                .format(generation.instant().atZone(zone));
    }
}
