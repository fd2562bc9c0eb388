package org.hikae.media.store;

import java.io.IOException;
import java.util.List;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.GenerationId;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.medium.UsableMedium;

/** Removes a generation: the manifest first, after which the rest is garbage, whatever happens. */
final class Removal {

    private final Located located;
    private final List<MediaAccess.Found> media;

    Removal(Located located, List<MediaAccess.Found> media) {
        this.located = located;
        this.media = media;
    }

    void run() throws IOException {
        GenerationId id = located.id();
        Medium own = located.medium().objects();
        own.delete(id.manifest());
        for (MediumObject object : own.list(id + "/")) {
            if (id.needsManifestBeside(object.name())) {
                own.delete(object.name());
            }
        }
        for (MediaAccess.Found found : media) {
            if (found.medium() != null) {
                removeLog(id, found.medium());
            }
        }
    }

    /** Its log on another medium. One that is not there now is garbage when it comes back. */
    private void removeLog(GenerationId id, UsableMedium medium) throws IOException {
        for (MediumObject object : medium.objects().list(id + "/")) {
            if (id.needsManifestOn(object.name())
                    .filter(located.medium().id()::equals)
                    .isPresent()) {
                medium.objects().delete(object.name());
            }
        }
    }
}
