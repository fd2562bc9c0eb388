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
 * A manifest that was seen on a medium, and with it a generation.
 *
 * @param revision 0 for what the generation's backup has sealed, or the number of the merge that has made it anew
 * @param stored the manifest; null if that is damaged or cannot be read
 * @param lengths bytes of each object there that the generation may need, by name
 * @param damage what is wrong with the manifest; null if nothing is
 */
record Sighting(
        GenerationId id,
        int revision,
        UsableMedium medium,
        StoredManifest stored,
        Map<String, Long> lengths,
        String damage) {

    /** What the manifest's object is called. */
    String name() {
        return id.manifest(revision);
    }

    /** @throws DamagedException if it is damaged or cannot be read */
    Manifest manifest() throws IOException {
        if (stored == null) {
            throw new DamagedException(damage);
        }
        return stored.manifest();
    }

    /** What is wrong with the objects beside the manifest, as far as that can be told without reading them. */
    List<String> wrongObjects() {
        return compare(stored.manifest().own(), lengths, medium);
    }

    /** The same of those objects alone that are needed by what builds upon the generation: the names of its files are not. */
    List<String> wrongBlocks() {
        List<ObjectRef> needed = new ArrayList<>(stored.manifest().own());
        if (stored.manifest().files() != null) {
            needed.remove(stored.manifest().files().object());
        }
        return compare(needed, lengths, medium);
    }

    /**
     * What is wrong with objects.
     *
     * @param lengths bytes of those that were seen on their medium
     */
    static List<String> compare(List<ObjectRef> refs, Map<String, Long> lengths, UsableMedium medium) {
        List<ObjectRef> absent =
                refs.stream().filter(ref -> !lengths.containsKey(ref.name())).toList();
        String unknown = absent.isEmpty() ? null : medium.copies().problem();
        List<String> wrong = new ArrayList<>();
        if (unknown != null) {
            wrong.add(absent.get(0).name()
                    + (absent.size() == 1 ? "" : " and " + (absent.size() - 1) + " more objects")
                    + " cannot be found on medium '" + medium.name() + "', and " + unknown);
        }
        for (ObjectRef ref : refs) {
            if (unknown == null || lengths.containsKey(ref.name())) {
                wrong.add(ObjectLengths.compare(ref, lengths));
            }
        }
        wrong.removeIf(Objects::isNull);
        return wrong;
    }

    /**
     * Sees whether objects that were not seen on a medium may be there all the same, in a second tier of which nothing is known now:
     * then a generation that needs them is not damaged, for all that is known.
     *
     * @param id of the generation
     * @throws IOException if that is so
     */
    static void checkFindable(String id, List<ObjectRef> refs, Map<String, Long> lengths, UsableMedium medium)
            throws IOException {
        List<ObjectRef> absent =
                refs.stream().filter(ref -> !lengths.containsKey(ref.name())).toList();
        if (!absent.isEmpty() && medium.copies().problem() != null) {
            throw new IOException(
                    "generation " + id + " cannot be read now: " + String.join("; ", compare(absent, lengths, medium)));
        }
    }

    /** Whether it is the generation that another one remembers, be it made anew since. */
    boolean is(ParentRef remembered) {
        return stored != null && (stored.sha256().equals(remembered.sha256()) || replaces(remembered.sha256()));
    }

    /** Whether it is what has become of another sighting of the same generation. */
    boolean replaces(Sighting other) {
        return other.id.equals(id) && other.stored != null && replaces(other.stored.sha256());
    }

    private boolean replaces(String sha256) {
        return stored != null
                && stored.manifest().merge() != null
                && stored.manifest().merge().replaces().contains(sha256);
    }

    /** Whether a generation that was seen builds upon this one. */
    boolean isParentOf(Sighting child) {
        return child.namesParent(id)
                && (stored == null || is(child.stored.manifest().parent()));
    }

    /** Whether it builds upon a generation of that id, as far as its manifest tells. */
    boolean namesParent(GenerationId parent) {
        ParentRef own = stored == null ? null : stored.manifest().parent();
        return own != null && own.id().equals(parent.toString());
    }

    /** What those remember that build upon it. */
    ParentRef asParent() {
        return new ParentRef(id.toString(), new MediumRef(medium.id(), medium.name()), stored.sha256());
    }
}
