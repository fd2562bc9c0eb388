package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.ParentRef;
import org.hikae.media.medium.RollCall.Answer;

/**
 * Manifests whose place a merge has taken, which are there still: its platform died before it had deleted them, or their
 * medium was away. They do not count any more; but what somebody has come to need while the result could not be seen does, with
 * all that it builds upon.
 */
final class Superseded {

    /** Who may need something of which no look tells. */
    interface Needs {
        /**
         * Whether it is held, or built upon by others than those of these ids, be these on media that are away.
         *
         * @throws IOException if that cannot be told
         */
        boolean isNeeded(GenerationId id, Set<String> except) throws IOException;
    }

    private final List<Answer<Shelf.View>> seen;
    private final Needs needs;
    /** In the order in which they are deleted, with what has taken their place. */
    private final List<Gone> gone = new ArrayList<>();

    private final Set<Sighting> hidden = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A manifest, and the merge that has taken its place. */
    record Gone(Sighting sighting, Sighting result) {

        /** Whether it is what the result was before, and not something that has become a part of it. */
        boolean isFormer() {
            return sighting.id().equals(result.id());
        }
    }

    Superseded(List<Answer<Shelf.View>> seen, Needs needs) throws IOException {
        this.seen = seen;
        this.needs = needs;
        List<Sighting> results = counting().stream()
                .filter(each ->
                        each.stored() != null && each.stored().manifest().merge() != null)
                .toList();
        results.forEach(this::addFormer);
        addSwallowed(results);
    }

    private List<Sighting> counting() {
        return seen.stream()
                .filter(Answer::isGiven)
                .flatMap(answer -> answer.value().generations().values().stream())
                .toList();
    }

    private List<Sighting> manifests() {
        return seen.stream()
                .filter(Answer::isGiven)
                .flatMap(answer -> answer.value().manifests())
                .toList();
    }

    /** What the result of a merge was before, on its medium and on others. */
    private void addFormer(Sighting result) {
        for (Sighting other : manifests()) {
            boolean beside = other.medium() == result.medium()
                    && other.id().equals(result.id())
                    && other.revision() < result.revision();
            if (beside || result.replaces(other)) {
                add(other, result);
            }
        }
    }

    /** What has become a part of another generation, the newest first: what something else builds upon counts still. */
    private void addSwallowed(List<Sighting> results) throws IOException {
        List<Sighting> found = new ArrayList<>(manifests());
        found.removeIf(each -> each.stored() == null);
        Map<String, Sighting> swallowed = new HashMap<>();
        Set<String> hashes = new HashSet<>();
        found.forEach(each -> hashes.add(each.stored().sha256()));
        for (Sighting result : results) {
            unneeded(result, hashes).forEach(each -> swallowed.put(each.sha256(), result));
        }
        found.removeIf(each -> !swallowed.containsKey(each.stored().sha256()));
        found.sort(Comparator.comparing((Sighting each) -> each.id().number())
                .thenComparing(Sighting::revision)
                .reversed());
        for (Sighting each : found) {
            if (counting().stream().noneMatch(child -> !hidden.contains(child) && each.isParentOf(child))) {
                add(each, swallowed.get(each.stored().sha256()));
            }
        }
    }

    /** What has become a part of a result and is there still, without what is needed and all below that. */
    private List<ParentRef> unneeded(Sighting result, Set<String> found) throws IOException {
        List<ParentRef> merged = result.stored().manifest().merge().merged();
        List<ParentRef> there = new ArrayList<>(merged);
        there.removeIf(each -> !found.contains(each.sha256()));
        if (!there.isEmpty()) {
            long needed = newestNeeded(result, merged);
            there.removeIf(each -> number(each) <= needed);
        }
        return there;
    }

    /** 0: none is needed. */
    private long newestNeeded(Sighting result, List<ParentRef> merged) throws IOException {
        Set<String> except = new HashSet<>(Set.of(result.id().toString()));
        merged.forEach(each -> except.add(each.id()));
        long newest = 0;
        for (ParentRef each : merged) {
            GenerationId id = GenerationId.parse(each.id()).orElseThrow();
            if (id.number() > newest && needs.isNeeded(id, except)) {
                newest = id.number();
            }
        }
        return newest;
    }

    private static long number(ParentRef ref) {
        return GenerationId.parse(ref.id()).orElseThrow().number();
    }

    private void add(Sighting sighting, Sighting result) {
        if (hidden.add(sighting)) {
            gone.add(new Gone(sighting, result));
        }
    }

    /** In the order in which they are to be deleted. */
    List<Gone> gone() {
        return gone;
    }

    /** What was seen, without what does not count. */
    List<Answer<Shelf.View>> hide() {
        return gone.isEmpty() ? seen : seen.stream().map(this::hide).toList();
    }

    private Answer<Shelf.View> hide(Answer<Shelf.View> answer) {
        if (!answer.isGiven()) {
            return answer;
        }
        Shelf.View view = answer.value();
        Map<GenerationId, Sighting> left = new HashMap<>(view.generations());
        left.values().removeIf(hidden::contains);
        List<Sighting> others = new ArrayList<>(view.others());
        view.generations().values().stream().filter(hidden::contains).forEach(others::add);
        return new Answer<>(
                answer.name(),
                answer.medium(),
                new Shelf.View(view.folders(), left, others, view.complete()),
                answer.problem());
    }
}
