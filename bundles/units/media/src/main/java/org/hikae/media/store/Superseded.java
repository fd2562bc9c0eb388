package org.hikae.media.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.medium.RollCall.Answer;

/**
 * Manifests whose place a merge has taken, which are there still: its platform died before it had deleted them, or their
 * medium was away. They do not count any more.
 */
final class Superseded {

    private final List<Answer<Shelf.View>> seen;
    /** In the order in which they are deleted, with what has taken their place. */
    private final List<Gone> gone = new ArrayList<>();

    private final Set<Sighting> hidden = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A manifest, and the merge that has taken its place. */
    record Gone(Sighting sighting, Sighting result) {}

    Superseded(List<Answer<Shelf.View>> seen) {
        this.seen = seen;
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
    private void addSwallowed(List<Sighting> results) {
        Map<String, Sighting> swallowed = new HashMap<>();
        for (Sighting result : results) {
            Manifest.Merge merge = result.stored().manifest().merge();
            merge.merged().forEach(each -> swallowed.put(each.sha256(), result));
        }
        List<Sighting> found = new ArrayList<>(manifests());
        found.removeIf(each ->
                each.stored() == null || !swallowed.containsKey(each.stored().sha256()));
        found.sort(Comparator.comparing((Sighting each) -> each.id().number())
                .thenComparing(Sighting::revision)
                .reversed());
        for (Sighting each : found) {
            if (counting().stream().noneMatch(child -> !hidden.contains(child) && each.isParentOf(child))) {
                add(each, swallowed.get(each.stored().sha256()));
            }
        }
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
                answer.name(), answer.medium(), new Shelf.View(view.folders(), left, others), answer.problem());
    }
}
