package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.ObjectLengths;
import org.hikae.media.read.StoredManifest;

/**
 * The objects of a generation, on its medium and on that of its log, in the order in which they are written.
 *
 * @param log the medium of its log; null if the manifest names no objects there
 */
record StoredParts(StoredManifest stored, UsableMedium medium, UsableMedium log) {

    /**
     * An object.
     *
     * @param medium the medium that it belongs to
     * @param bytes that it takes: holes of an image are not counted
     * @param bulk whether it is data or log
     */
    record Stored(UsableMedium medium, ObjectRef ref, long bytes, boolean bulk) {}

    List<Stored> all() {
        Manifest manifest = stored.manifest();
        List<Stored> all = new ArrayList<>(bulk());
        if (manifest.files() != null) {
            all.add(small(medium, manifest.files()));
        }
        if (log != null) {
            all.add(small(log, manifest.log().index()));
        }
        all.add(small(medium, manifest.index()));
        ObjectRef self = new ObjectRef(manifest.name(), stored.length(), stored.sha256());
        all.add(new Stored(medium, self, self.length(), false));
        return all;
    }

    /** Data and log. */
    List<Stored> bulk() {
        Manifest manifest = stored.manifest();
        Stream<Stored> own =
                manifest.objects().stream().map(ref -> new Stored(medium, ref, bytes(manifest, ref), true));
        Stream<Stored> logged = log == null
                ? Stream.of()
                : manifest.log().objects().stream().map(ref -> new Stored(log, ref, ref.length(), true));
        return Stream.concat(own, logged).toList();
    }

    private static long bytes(Manifest manifest, ObjectRef ref) {
        return manifest.image() == null ? ref.length() : manifest.image().storedBytes();
    }

    private static Stored small(UsableMedium medium, IndexRef ref) {
        return new Stored(medium, ref.object(), ref.length(), false);
    }

    /** The lengths of those, and of others beside them, that lie on the generation's medium itself, by name. */
    Map<String, Long> near() throws IOException {
        return ObjectLengths.of(medium.near(), refs(medium));
    }

    /** The same of its log's medium; empty if it has none. */
    Map<String, Long> nearLog() throws IOException {
        return log == null ? Map.of() : ObjectLengths.of(log.near(), refs(log));
    }

    private List<ObjectRef> refs(UsableMedium on) {
        return all().stream()
                .filter(each -> each.medium() == on)
                .map(Stored::ref)
                .toList();
    }
}
