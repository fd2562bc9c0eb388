package org.hikae.media.store;

import java.io.IOException;
import java.util.List;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.GenerationId;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;

/** Removes a generation: the manifest first, after which the rest is garbage, whatever happens. */
final class Removal {

    private final Sighting removed;
    private final List<Answer<Shelf.View>> seen;
    private final Garbage garbage;

    /** @param seen what was seen on all media */
    Removal(Sighting removed, List<Answer<Shelf.View>> seen, Garbage garbage) {
        this.removed = removed;
        this.seen = seen;
        this.garbage = garbage;
    }

    void run() throws IOException {
        deleteManifests();
        garbage.sweep(removed.medium());
        for (Answer<Shelf.View> answer : seen) {
            if (answer.isGiven() && hasLog(answer)) {
                garbage.sweep(answer.medium());
            }
        }
    }

    /** The one that counts last: none that it has taken the place of may count again. */
    private void deleteManifests() throws IOException {
        Medium own = removed.medium().objects();
        GenerationId id = removed.id();
        for (MediumObject object : own.list(id + "/manifest")) {
            if (id.revisionOfManifest(object.name()).isPresent()
                    && !object.name().equals(removed.name())) {
                own.delete(object.name());
            }
        }
        own.delete(removed.name());
    }

    /** Its log on another medium. One that is not there now is garbage when it comes back. */
    private boolean hasLog(Answer<Shelf.View> answer) {
        UsableMedium own = removed.medium();
        return answer.medium() != own
                && answer.value().folders().containsKey(removed.id())
                && answer.value().folders().get(removed.id()).keySet().stream().anyMatch(name -> removed.id()
                        .needsManifestOn(name)
                        .filter(own.id()::equals)
                        .isPresent());
    }
}
