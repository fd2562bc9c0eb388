package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.api.media.MergeRequest;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.medium.RollCall.Answer;

/** Which generations may become one (R20). Thread-safe. */
record Ranges(Lookout lookout, Finder finder, Children children, Holds holds) {

    /**
     * The neighbours of a chain that are asked for.
     *
     * @return the newest first
     * @throws IOException if they are not there, damaged, or no neighbours; says which
     */
    List<Sighting> find(MergeRequest request) throws IOException {
        List<Sighting> range = new ArrayList<>();
        Sighting at = finder.find(request.to());
        range.add(at);
        while (!at.id().toString().equals(request.from())) {
            Manifest manifest = at.manifest();
            if (manifest.parent() == null) {
                throw new IOException("generation " + request.to() + " does not build upon '" + request.from()
                        + "'"
                        + (range.size() == 1
                                ? ""
                                : ", but upon " + String.join(", ", ids(range.subList(1, range.size()))))
                        + "; only neighbours of one chain can become one");
            }
            at = finder.parentOf(manifest);
            range.add(at);
        }
        return range;
    }

    static List<String> ids(List<Sighting> range) {
        return range.stream().map(sighting -> sighting.id().toString()).toList();
    }

    /**
     * Checks that what would be gone is needed by nobody under its own name.
     *
     * @param range the newest first
     * @throws IOException if any of it is; says by whom
     */
    void checkSwallowed(List<Sighting> range) throws IOException {
        if (range.size() == 1) {
            return;
        }
        List<Answer<Shelf.View>> seen = lookout.look();
        String newest = range.get(0).id().toString();
        Set<String> except = new HashSet<>(ids(range));
        for (Sighting each : range.subList(1, range.size())) {
            holds.check(each.id(), "merged into " + newest);
            List<String> needing = children.of(each, seen, except);
            if (!needing.isEmpty()) {
                throw new IOException("generation " + each.id() + " would be gone as a part of " + newest
                        + ", but others build upon it: " + String.join(", ", needing)
                        + "; merge up to " + each.id() + ", or remove these before");
            }
        }
        checkUnreadable(range.get(range.size() - 1).id(), except, seen);
    }

    /** What cannot be read may build upon anything that is older. */
    private static void checkUnreadable(GenerationId oldest, Set<String> except, List<Answer<Shelf.View>> seen)
            throws IOException {
        Optional<Sighting> unreadable = seen.stream()
                .filter(Answer::isGiven)
                .flatMap(answer -> answer.value().manifests())
                .filter(each -> each.stored() == null
                        && each.id().disk().equals(oldest.disk())
                        && each.id().number() > oldest.number()
                        && !except.contains(each.id().toString()))
                .findFirst();
        if (unreadable.isPresent()) {
            throw new IOException(
                    "it cannot be told whether " + unreadable.get().id() + " on medium '"
                            + unreadable.get().medium().name() + "' builds upon what would be gone: "
                            + unreadable.get().damage() + "; remove it, or make it readable");
        }
    }
}
