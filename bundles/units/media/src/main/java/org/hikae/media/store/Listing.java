package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.MediaAccess;
import org.hikae.media.medium.UsableMedium;

/** What users are told of generations, and of what is missing of them, without reading more than their manifests. */
final class Listing {

    private final List<MediaAccess.Found> media;

    /** @param media all media, those that cannot be used too */
    Listing(List<MediaAccess.Found> media) {
        this.media = media;
    }

    GenerationInfo info(GenerationId id, Shelf.Entry entry, UsableMedium medium, Shelf.View view) {
        if (entry.manifest() == null) {
            return Infos.unreadable(id, medium.name(), entry.problem());
        }
        return Infos.of(entry.manifest(), medium.name(), entry.length(), problem(entry.manifest(), view));
    }

    private String problem(Manifest manifest, Shelf.View view) {
        List<String> problems = new ArrayList<>();
        compare(manifest.own(), view.lengths(), problems);
        if (manifest.log() != null && manifest.log().index() != null) {
            try {
                UsableMedium log = logMedium(manifest);
                Map<String, Long> lengths = new java.util.HashMap<>();
                for (MediumObject object : log.objects().list(manifest.id() + "/")) {
                    lengths.put(object.name(), object.length());
                }
                compare(manifest.log().all(), lengths, problems);
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        return problems.isEmpty() ? null : String.join("; ", problems);
    }

    private static void compare(List<ObjectRef> refs, Map<String, Long> lengths, List<String> problems) {
        for (ObjectRef ref : refs) {
            Long length = lengths.get(ref.name());
            if (length == null) {
                problems.add(ref.name() + " is missing");
            } else if (length != ref.length()) {
                problems.add(ref.name() + " has " + length + " bytes instead of " + ref.length());
            }
        }
    }

    /**
     * The medium that holds a generation's log.
     *
     * @throws IOException if it is not there; names the log and the medium (R10)
     */
    UsableMedium logMedium(Manifest manifest) throws IOException {
        UUID id = manifest.log().medium().id();
        String why = "which is not among the media; add it";
        for (MediaAccess.Found found : media) {
            if (found.medium() != null && found.medium().id().equals(id)) {
                return found.medium();
            }
            if (found.medium() == null
                    && found.name().equals(manifest.log().medium().name())) {
                why = "which cannot be used: " + found.problem();
            }
        }
        throw new IOException("the log of " + manifest.id() + ", without which it cannot be read, is on medium '"
                + manifest.log().medium().name() + "' (" + id + "), " + why);
    }
}
