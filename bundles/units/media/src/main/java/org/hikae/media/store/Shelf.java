package org.hikae.media.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.StoredManifest;

/**
 * The manifests on one medium, kept in memory while it is open: they never change, they only come and go. It does not
 * hold the medium itself. Thread-safe.
 */
final class Shelf {

    /**
     * A look at a medium.
     *
     * @param folders bytes of each object of a generation, by name; those of logs whose manifest is elsewhere too
     */
    record View(Map<GenerationId, Map<String, Long>> folders, Map<GenerationId, Sighting> generations) {}

    private static final long UNKNOWN_LENGTH = -1;

    /** Guarded by this. */
    private final Map<GenerationId, StoredManifest> known = new HashMap<>();

    /** Everything on the medium. */
    View look(UsableMedium medium) throws IOException {
        return look(medium, "");
    }

    /** What is on the medium of one generation. */
    View look(UsableMedium medium, GenerationId id) throws IOException {
        return look(medium, id + "/");
    }

    private View look(UsableMedium medium, String prefix) throws IOException {
        Map<GenerationId, Map<String, Long>> folders = new HashMap<>();
        for (MediumObject object : medium.objects().list(prefix)) {
            GenerationId.ofObject(object.name()).ifPresent(id -> folders.computeIfAbsent(id, key -> new HashMap<>())
                    .put(object.name(), object.length()));
        }
        Map<GenerationId, Sighting> generations = new HashMap<>();
        for (Map.Entry<GenerationId, Map<String, Long>> folder : folders.entrySet()) {
            GenerationId id = folder.getKey();
            Long length = folder.getValue().get(id.manifest());
            Sighting sighting = length == null ? null : see(medium, id, length, folder.getValue());
            if (sighting != null) {
                generations.put(id, sighting);
            }
        }
        return new View(folders, generations);
    }

    /**
     * A generation that was seen, with its manifest as it is on the medium now, whatever is known of it.
     *
     * @throws NoSuchFileException if it was removed meanwhile
     */
    Sighting seeAgain(Sighting seen) throws IOException {
        forget(seen.id());
        Sighting now = see(seen.medium(), seen.id(), UNKNOWN_LENGTH, seen.lengths());
        if (now == null) {
            throw new NoSuchFileException(seen.id().manifest());
        }
        return now;
    }

    /** Null if it was removed meanwhile. */
    private Sighting see(UsableMedium medium, GenerationId id, long length, Map<String, Long> lengths)
            throws IOException {
        try {
            return new Sighting(id, medium, manifest(medium.objects(), id, length), lengths, null);
        } catch (NoSuchFileException e) {
            return null;
        } catch (DamagedException e) {
            return new Sighting(id, medium, null, lengths, Reason.of(e));
        } catch (IOException e) {
            checkMedium(medium, e);
            String damage = "the manifest of " + id + " cannot be read: " + Reason.of(e);
            return new Sighting(id, medium, null, lengths, damage);
        }
    }

    /** One manifest that cannot be read must not hide the others; a failure of the whole medium is thrown. */
    private static void checkMedium(UsableMedium medium, IOException failure) throws IOException {
        try {
            medium.checkOwned();
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private StoredManifest manifest(Medium medium, GenerationId id, long length) throws IOException {
        StoredManifest manifest;
        synchronized (this) {
            manifest = known.get(id);
        }
        if (manifest == null || manifest.length() != length) {
            manifest = StoredManifest.read(medium, id, 0);
            synchronized (this) {
                known.put(id, manifest);
            }
        }
        return manifest;
    }

    /** Reads a manifest next time, whatever is known. */
    synchronized void forget(GenerationId id) {
        known.remove(id);
    }
}
