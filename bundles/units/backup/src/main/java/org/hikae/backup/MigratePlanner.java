package org.hikae.backup;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.MediumStatus;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.tape.BufferStatus;
import org.hikae.api.tape.Tapes;

/**
 * Which generations go to tape and which are evicted. What is needed now stays on its media: what clients have mounted, and what
 * stands in for a disk. What was made on tape is there. What a generation builds upon goes to tape with it, so that tapes alone are enough.
 */
final class MigratePlanner {

    /** Who is pinned is kept, but not in use; who else holds a generation reads it. */
    private static final String PIN = "pin";

    private final TapeUnits units;
    private final TapePolicy policy;
    private final SecondTier tier;
    private final Instant now;
    private final Set<String> inUse = new TreeSet<>();
    /** Those that are meant, the oldest first, with how far each has come. */
    private final Map<GenerationInfo, TapeState> meant = new LinkedHashMap<>();

    private final Map<String, MigratePlan.Step> writes = new LinkedHashMap<>();
    /** Why each goes that lies on a medium with too little room, by id. */
    private final Map<String, String> pressed = new LinkedHashMap<>();

    private final List<String> notes = new ArrayList<>();

    private MigratePlanner(TapeUnits units, TapePolicy policy) throws IOException {
        this.units = units;
        this.policy = policy;
        this.tier = units.tier();
        this.now = units.clock().instant();
    }

    /** @throws IOException if it is not known which generations there are, or what is on tape */
    static MigratePlan plan(TapeUnits units, MigrateRequest request) throws IOException {
        MigratePlanner planner = new MigratePlanner(units, request.policy());
        planner.lookAt(request);
        if (request.policy().above() > 0) {
            planner.press();
        }
        planner.write();
        return new MigratePlan(List.copyOf(planner.writes.values()), planner.evictions(), List.copyOf(planner.notes));
    }

    private void lookAt(MigrateRequest request) throws IOException {
        inUse.addAll(units.mounted().get());
        units.generations().holds().forEach((id, holders) -> {
            if (holders.stream().anyMatch(holder -> !holder.equals(PIN))) {
                inUse.add(id);
            }
        });
        Set<String> tapes = units.tapeMedia();
        List<GenerationInfo> all = units.generations().list().stream()
                .filter(each -> request.disk() == null
                        || request.disk().equals(each.disk()) && Objects.equals(request.group(), each.groupName()))
                .filter(each -> each.problem() == null && each.instant() != null)
                .filter(each -> !tapes.contains(each.medium()) && !tapes.contains(each.logMedium()))
                .sorted(Comparator.comparing(GenerationInfo::instant).thenComparing(GenerationInfo::number))
                .toList();
        for (GenerationInfo each : all) {
            TapeState state = state(each.id());
            if (state != null) {
                meant.put(each, state);
            }
        }
    }

    /** Null, and a note, if it cannot be told. */
    private TapeState state(String id) {
        try {
            return TapeState.of(id, units.generations(), tier, policy.pool());
        } catch (IOException e) {
            notes.add("generation " + id + " is left out: " + Reason.of(e));
            return null;
        }
    }

    /** Chooses what leaves media that are too full, the oldest first. */
    private void press() throws IOException {
        Set<String> media = new TreeSet<>();
        meant.keySet().forEach(each -> media.add(each.medium()));
        meant.values().forEach(state -> media.addAll(state.near().keySet()));
        for (MediumStatus medium : units.media().list()) {
            boolean known = medium.totalBytes() > 0 && medium.freeBytes() >= 0;
            if (known && media.contains(medium.name())) {
                press(medium);
            }
        }
    }

    /** What was read from tape goes by itself: no generation has to make room for it. */
    private long buffered(String medium) throws IOException {
        Tapes tapes = units.tapesIfThere().get();
        BufferStatus buffer = tapes == null ? null : tapes.buffer();
        return buffer != null && medium.equals(buffer.medium()) ? buffer.usedBytes() : 0;
    }

    private void press(MediumStatus medium) throws IOException {
        long total = medium.totalBytes();
        long used = Math.max(0, total - medium.freeBytes() - buffered(medium.name()));
        // In floating point: whole percents of an exabyte need no more, and cannot overflow.
        long over = used - (long) (total * (policy.above() / 100.0));
        String why = "medium " + medium.name() + " is " + Math.round(100.0 * used / total) + "% full";
        for (Map.Entry<GenerationInfo, TapeState> each : meant.entrySet()) {
            long bytes = each.getValue().nearOn(medium.name());
            String id = each.getKey().id();
            if (over > 0 && bytes > 0 && !inUse.contains(id)) {
                pressed.putIfAbsent(id, why);
                over -= bytes;
            }
        }
        if (over > 0) {
            notes.add(
                    why + ", and stays above " + policy.above() + "%: nothing more of what is meant can leave it now");
        }
    }

    private void write() throws IOException {
        for (Map.Entry<GenerationInfo, TapeState> each : meant.entrySet()) {
            GenerationInfo generation = each.getKey();
            String because =
                    isOld(generation) ? "it is older than " + Spans.text(policy.after()) : pressed.get(generation.id());
            if (because != null
                    && !each.getValue().isEvicted()
                    && !each.getValue().inPool()) {
                writeWithParents(generation, because);
            }
        }
    }

    private boolean isOld(GenerationInfo generation) {
        return policy.after() != null && isPast(generation.instant(), policy.after());
    }

    private boolean isPast(Instant begin, Duration time) {
        return Duration.between(begin, now).compareTo(time) >= 0;
    }

    private void writeWithParents(GenerationInfo generation, String because) throws IOException {
        List<GenerationInfo> chain = units.generations().chain(generation.id());
        for (int i = chain.size() - 1; i > 0; i--) {
            GenerationInfo parent = chain.get(i);
            TapeState state = parent.problem() == null && !writes.containsKey(parent.id()) ? state(parent.id()) : null;
            if (parent.problem() != null) {
                notes.add("generation " + parent.id() + ", which " + generation.id() + " builds upon, is left out: "
                        + parent.problem());
            } else if (state != null && !state.onTape()) {
                writes.put(parent.id(), new MigratePlan.Step(parent.id(), generation.id() + " builds upon it"));
            }
        }
        writes.putIfAbsent(generation.id(), new MigratePlan.Step(generation.id(), because));
    }

    private List<MigratePlan.Step> evictions() {
        List<MigratePlan.Step> evictions = new ArrayList<>();
        meant.forEach((generation, state) -> {
            String because = whyEvicted(generation.id(), state);
            if (because != null) {
                evictions.add(new MigratePlan.Step(generation.id(), because));
            }
        });
        return evictions;
    }

    /** Null: it is not. */
    private String whyEvicted(String id, TapeState state) {
        Instant since = state.onTape() ? state.since() : writes.containsKey(id) ? now : null;
        if (since == null || !state.isNear() || inUse.contains(id)) {
            return null;
        } else if (pressed.containsKey(id)) {
            return pressed.get(id);
        }
        boolean due = policy.keepBoth() != null && isPast(since, policy.keepBoth());
        return due ? "it has been on tape for " + Spans.text(policy.keepBoth()) : null;
    }
}
