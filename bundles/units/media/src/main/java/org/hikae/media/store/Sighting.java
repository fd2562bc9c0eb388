package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ParentRef;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.ObjectLengths;
import org.hikae.media.read.StoredManifest;

/**
 * A generation that was seen on a medium.
 *
 * @param stored its manifest; null if that is damaged or cannot be read
 * @param lengths bytes of each of its objects there, by name
 * @param damage what is wrong with the manifest; null if nothing is
 */
record Sighting(GenerationId id, UsableMedium medium, StoredManifest stored, Map<String, Long> lengths, String damage) {

    /** @throws DamagedException if it is damaged or cannot be read */
    Manifest manifest() throws IOException {
        if (stored == null) {
            throw new DamagedException(damage);
        }
        return stored.manifest();
    }

    /** What is wrong with the objects beside the manifest, as far as that can be told without reading them. */
    List<String> wrongObjects() {
        return compare(stored.manifest().own(), lengths);
    }

    static List<String> compare(List<ObjectRef> refs, Map<String, Long> lengths) {
        List<String> wrong = new ArrayList<>();
        refs.forEach(ref -> wrong.add(ObjectLengths.compare(ref, lengths)));
        wrong.removeIf(Objects::isNull);
        return wrong;
    }

    /** Whether it is the generation that another one builds upon. */
    boolean is(ParentRef parent) {
        return stored != null && stored.sha256().equals(parent.sha256());
    }

    /** What those remember that build upon it. */
    ParentRef asParent() {
        return new ParentRef(id.toString(), new MediumRef(medium.id(), medium.name()), stored.sha256());
    }
}
