package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ParentRef;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;

/** Finds generations, and what they need to be read, on all media. Thread-safe. */
final class Finder {

    private final MediaAccess media;
    private final RollCall rollCall;
    private final Shelves shelves;
    private final Lookout lookout;

    Finder(MediaAccess media, RollCall rollCall, Shelves shelves, Lookout lookout) {
        this.media = media;
        this.rollCall = rollCall;
        this.shelves = shelves;
        this.lookout = lookout;
    }

    /** The one place where a generation is. */
    Sighting find(String text) throws IOException {
        GenerationId id = GenerationId.parse(text).orElse(null);
        List<Answer<Shelf.View>> answers = id == null ? List.of() : lookout.look(id);
        List<Sighting> found = new ArrayList<>();
        answers.stream()
                .filter(answer ->
                        answer.isGiven() && answer.value().generations().containsKey(id))
                .forEach(answer -> found.add(answer.value().generations().get(id)));
        found.removeIf(each -> found.stream().anyMatch(other -> other.replaces(each)));
        if (found.isEmpty()) {
            List<String> silent = answers.stream()
                    .filter(answer -> !answer.isGiven())
                    .map(Answer::name)
                    .toList();
            throw new IOException("there is no generation '" + text + "'; see 'generation list'"
                    + (silent.isEmpty() ? "" : "; media that cannot be used now: " + String.join(", ", silent)));
        }
        if (found.size() > 1) {
            throw new IOException("generation " + text + " is on medium '"
                    + found.get(0).medium().name() + "' and on medium '"
                    + found.get(1).medium().name() + "'; remove one of these media to say which you mean");
        }
        return found.get(0);
    }

    /**
     * What a generation builds upon, wherever that is now.
     *
     * @throws IOException if it is not there, is damaged, or is another one than it was; says so
     */
    Sighting parentOf(Manifest child) throws IOException {
        ParentRef parent = child.parent();
        GenerationId id = GenerationId.parse(parent.id()).orElseThrow();
        UsableMedium medium = byName(parent.medium());
        if (medium != null) {
            Sighting there = shelves.of(medium).look(medium, id).generations().get(id);
            if (there != null && there.is(parent) && !lookout.isHidden(there)) {
                return there;
            }
        }
        return parentOf(child, lookout.look(id));
    }

    /** The same among what was seen already. */
    static Sighting parentOf(Manifest child, List<Answer<Shelf.View>> seen) throws IOException {
        ParentRef parent = child.parent();
        GenerationId id = GenerationId.parse(parent.id()).orElseThrow();
        String gone = null;
        String another = null;
        for (Answer<Shelf.View> answer : seen) {
            Sighting there = answer.isGiven() ? answer.value().generations().get(id) : null;
            if (there == null) {
                gone = isOf(answer, parent.medium()) ? whyGone(answer) : gone;
            } else if (there.is(parent)) {
                return there;
            } else {
                another = "generation " + parent.id() + ", which " + child.id()
                        + " builds upon, is not what it was: on medium '" + answer.name() + "', "
                        + (there.stored() == null ? there.damage() : "it is another one of that name");
            }
        }
        if (gone == null && another != null) {
            throw new IOException(another);
        }
        throw new IOException("generation " + parent.id() + ", which " + child.id() + " builds upon, was on medium '"
                + parent.medium().name() + "' (" + parent.medium().id() + "), "
                + (gone == null ? "and that medium is not among the media; add it" : gone));
    }

    /** A medium that does not answer is known by its name only. */
    private static boolean isOf(Answer<?> answer, MediumRef medium) {
        return answer.isGiven()
                ? answer.medium().id().equals(medium.id())
                : answer.name().equals(medium.name());
    }

    private static String whyGone(Answer<?> answer) {
        return answer.isGiven() ? "but is there no more" : "and that cannot be used: " + answer.problem();
    }

    /** The ids of all that a generation builds upon, the nearest first, up to one that is not there. */
    List<String> ancestors(Manifest newest) {
        List<String> ancestors = new ArrayList<>();
        try {
            for (Manifest at = newest; at.parent() != null; at = parentOf(at).manifest()) {
                ancestors.add(at.parent().id());
            }
        } catch (IOException e) {
            return ancestors; // whoever verifies the last one is told
        }
        return ancestors;
    }

    /**
     * The medium that holds a generation's log.
     *
     * @return null if the generation has no log that is kept apart, or that has no records
     * @throws IOException if it is not there: what was copied instead of logged blocks is wrong (R10)
     */
    UsableMedium logMedium(Manifest manifest) throws IOException {
        if (manifest.log() == null || manifest.log().index() == null) {
            return null;
        }
        UsableMedium medium = byName(manifest.log().medium());
        return medium != null ? medium : logMedium(manifest, rollCall.ask(UsableMedium::id));
    }

    /** The same among media that have answered already. */
    static <T> UsableMedium logMedium(Manifest manifest, List<Answer<T>> answers) throws IOException {
        MediumRef log = manifest.log().medium();
        String why = "which is not among the media; add it";
        for (Answer<T> answer : answers) {
            if (answer.isGiven() && answer.medium().id().equals(log.id())) {
                return answer.medium();
            }
            if (!answer.isGiven() && answer.name().equals(log.name())) {
                why = "which cannot be used: " + answer.problem();
            }
        }
        throw new IOException("the log of " + manifest.id() + ", without which it cannot be read, is on medium '"
                + log.name() + "' (" + log.id() + "), " + why);
    }

    /** The medium, if it has its name still; else null. */
    private UsableMedium byName(MediumRef ref) throws IOException {
        if (!media.names().contains(ref.name())) {
            return null;
        }
        try {
            UsableMedium medium = media.open(ref.name());
            return medium.id().equals(ref.id()) ? medium : null;
        } catch (IOException e) {
            return null; // the roll call says why, if no other medium has it
        }
    }
}
