package org.hikae.media.store;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import org.hikae.media.format.GenerationId;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;

/**
 * Looks at all media: what dead runs have left there is removed the first time, and merges that a crash has interrupted are
 * finished. What a merge has taken the place of is not seen. Thread-safe.
 */
final class Lookout {

    /** How often it is looked again if a merge has switched meanwhile: then what was seen may not be together. */
    private static final int LOOKS = 10;

    /** A look at all media. */
    private interface Look {
        List<Answer<Shelf.View>> ask() throws IOException;
    }

    private final RollCall rollCall;
    private final Shelves shelves;
    private final InUse inUse;
    private final Garbage garbage;
    private final Children children;
    private final Holds holds;
    private final Finishing finishing;
    /** The media that were looked at as a whole since they were opened. */
    private final Set<UsableMedium> seenWhole =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    /** Hashes of manifests that do not count, but were there still. */
    private volatile Set<String> hidden = Set.of();

    Lookout(
            RollCall rollCall,
            Shelves shelves,
            InUse inUse,
            Garbage garbage,
            Children children,
            Holds holds,
            Finishing finishing) {
        this.rollCall = rollCall;
        this.shelves = shelves;
        this.inUse = inUse;
        this.garbage = garbage;
        this.children = children;
        this.holds = holds;
        this.finishing = finishing;
    }

    /** What is on all media. */
    List<Answer<Shelf.View>> look() throws IOException {
        Superseded superseded = superseded();
        hide(superseded);
        if (finishing.finish(superseded, this::superseded)) {
            superseded = superseded();
            hide(superseded);
        }
        List<Answer<Shelf.View>> seen = superseded.hide();
        seen.stream().filter(Answer::isGiven).forEach(answer -> seenWhole.add(answer.medium()));
        children.noteAll(seen);
        return seen;
    }

    private void hide(Superseded superseded) {
        hidden = superseded.gone().stream()
                .map(Superseded.Gone::sighting)
                .filter(sighting -> sighting.stored() != null)
                .map(sighting -> sighting.stored().sha256())
                .collect(Collectors.toSet());
    }

    /** What a merge has taken the place of and is there still. */
    Superseded superseded() throws IOException {
        List<Answer<Shelf.View>> seen = ask();
        return new Superseded(seen, (id, except) -> !holds.of(id).isEmpty() || children.mayHave(id, seen, except));
    }

    private List<Answer<Shelf.View>> ask() throws IOException {
        return together(() -> rollCall.ask(medium -> {
            garbage.removeOnce(medium);
            return shelves.of(medium).look(medium);
        }));
    }

    private List<Answer<Shelf.View>> together(Look look) throws IOException {
        for (int looks = 1; ; looks++) {
            long switches = inUse.switches();
            List<Answer<Shelf.View>> seen = look.ask();
            if (inUse.switches() == switches || looks == LOOKS) {
                return seen;
            }
        }
    }

    /** What is on all media of one generation. */
    List<Answer<Shelf.View>> look(GenerationId id) throws IOException {
        List<Answer<Shelf.View>> answers = ask(id);
        if (answers.stream().anyMatch(answer -> answer.isGiven() && !seenWhole.contains(answer.medium()))) {
            // A merge may have to be finished first: what it has swallowed must not be used.
            look();
            answers = ask(id);
        }
        for (Answer<Shelf.View> answer : answers) {
            if (answer.isGiven()) {
                answer.value().generations().values().removeIf(this::isHidden);
            }
        }
        return answers;
    }

    private List<Answer<Shelf.View>> ask(GenerationId id) throws IOException {
        return together(() -> rollCall.ask(medium -> shelves.of(medium).look(medium, id)));
    }

    /** Whether a merge had taken its place when the media were last looked at. */
    boolean isHidden(Sighting sighting) {
        return sighting.stored() != null && hidden.contains(sighting.stored().sha256());
    }
}
