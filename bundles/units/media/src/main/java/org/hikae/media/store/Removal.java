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

    /** @param seen what was seen on all media */
    Removal(Sighting removed, List<Answer<Shelf.View>> seen) {
        this.removed = removed;
        this.seen = seen;
    }

    void run() throws IOException {
        GenerationId id = removed.id();
        Medium own = removed.medium().objects();
        own.delete(id.manifest());
        for (MediumObject object : own.list(id + "/")) {
            if (id.needsManifestBeside(object.name())) {
                own.delete(object.name());
            }
        }
        for (Answer<Shelf.View> answer : seen) {
            if (answer.isGiven() && answer.value().folders().containsKey(id)) {
                removeLog(id, answer.medium());
            }
        }
    }

    /** Its log on another medium. One that is not there now is garbage when it comes back. */
    private void removeLog(GenerationId id, UsableMedium medium) throws IOException {
        for (MediumObject object : medium.objects().list(id + "/")) {
            if (id.needsManifestOn(object.name())
                    .filter(removed.medium().id()::equals)
                    .isPresent()) {
                medium.objects().delete(object.name());
            }
        }
    }
}
