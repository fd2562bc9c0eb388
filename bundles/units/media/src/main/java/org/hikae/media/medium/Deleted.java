package org.hikae.media.medium;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.SealedText;

/**
 * The manifests that were deleted on a medium of which a second tier may have copies. No tape says that a copy was given up: for a
 * home that has lost what it knew, and learns from cartridges what is on them, they would be there again (I3). A manifest makes a
 * generation, so what else was deleted need not be remembered: without one it is garbage. Thread-safe.
 */
final class Deleted {

    /** What the names of the notes begin with; the rest is that of the manifest. */
    static final String PREFIX = "hikae-medium.deleted/";

    private static final String MAGIC = "hikae-medium-deleted";
    private static final int VERSION = 1;

    private final Medium near;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private Deleted(Medium near) {
        this.near = near;
    }

    /** @param near the medium itself */
    static Deleted of(Medium near) throws IOException {
        Deleted deleted = new Deleted(near);
        for (MediumObject note : near.list(PREFIX)) {
            deleted.names.add(note.name().substring(PREFIX.length()));
        }
        return deleted;
    }

    static boolean isManifest(String name) {
        return GenerationId.ofObject(name)
                .filter(id -> id.revisionOfManifest(name).isPresent())
                .isPresent();
    }

    /** Whether an object was deleted: one that is on the medium was not, though somebody had begun to. */
    boolean contains(String name) throws IOException {
        return names.contains(name) && !isThere(name);
    }

    /** Whether the medium itself has an object. */
    boolean isThere(String name) throws IOException {
        return near.list(name).stream().anyMatch(object -> object.name().equals(name));
    }

    /** Remembers, durably, that a manifest is about to be deleted. */
    void add(String name) throws IOException {
        if (names.contains(name)) {
            return;
        }
        try (ObjectWriter writer = near.create(PREFIX + name)) {
            writer.write(ByteBuffer.wrap(SealedText.encode(
                    MAGIC,
                    VERSION,
                    SealedText.object().put("since", Instant.now().toString()))));
            writer.commit();
        } catch (FileAlreadyExistsException e) {
            // of one who failed, having remembered it
        }
        names.add(name);
    }

    /** It is not deleted, or its name is given anew. */
    void takeBack(String name) throws IOException {
        if (names.contains(name)) {
            near.delete(PREFIX + name);
            names.remove(name);
        }
    }
}
