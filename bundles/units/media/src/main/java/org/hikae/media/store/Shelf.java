package org.hikae.media.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.StoredManifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests on one medium, kept in memory while it is open: they never change, they only come and go. It does not
 * hold the medium itself. Thread-safe.
 */
final class Shelf {

    /**
     * A look at a medium.
     *
     * @param folders bytes of each object of a generation, by name; those of logs whose manifest is elsewhere too
     * @param generations of each generation the manifest that counts: the highest one that is whole, or else the highest
     * @param others all other manifests, which do not count: what a merge leaves until it is finished, and damaged ones
     * @param complete whether there is nothing else on the medium; else nothing follows from what is not seen
     */
    record View(
            Map<GenerationId, Map<String, Long>> folders,
            Map<GenerationId, Sighting> generations,
            List<Sighting> others,
            boolean complete) {

        /** Every manifest that is there. */
        Stream<Sighting> manifests() {
            return Stream.concat(generations.values().stream(), others.stream());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    /** By the manifests' names; guarded by this. */
    private final Map<String, StoredManifest> known = new HashMap<>();

    /** Everything on the medium. */
    View look(UsableMedium medium) throws IOException {
        return look(medium, "");
    }

    /** What is on the medium of one generation. */
    View look(UsableMedium medium, GenerationId id) throws IOException {
        return look(medium, id + "/");
    }

    private View look(UsableMedium medium, String prefix) throws IOException {
        boolean complete = isComplete(medium);
        View view = new View(new HashMap<>(), new HashMap<>(), new ArrayList<>(), complete);
        addFolders(medium, prefix, view.folders);
        for (GenerationId id : List.copyOf(view.folders.keySet())) {
            List<Sighting> manifests = manifests(medium, id, view.folders);
            Sighting counts = manifests.stream()
                    .filter(sighting -> sighting.stored() != null)
                    .findFirst()
                    .orElse(manifests.isEmpty() ? null : manifests.get(0));
            if (counts != null) {
                view.generations.put(id, counts);
                manifests.remove(counts);
                view.others.addAll(manifests);
            }
        }
        // What has come to be known meanwhile may not have been listed yet, and what is forgotten now may not either.
        return complete && !isComplete(medium) ? new View(view.folders, view.generations, view.others, false) : view;
    }

    private static boolean isComplete(UsableMedium medium) {
        try {
            return medium.objects().isComplete();
        } catch (IOException e) {
            LOG.debug("whether medium {} shows all that there is cannot be told", medium.name(), e);
            return false;
        }
    }

    private static void addFolders(UsableMedium medium, String prefix, Map<GenerationId, Map<String, Long>> folders)
            throws IOException {
        for (MediumObject object : medium.objects().list(prefix)) {
            GenerationId.ofObject(object.name()).ifPresent(id -> folders.computeIfAbsent(id, key -> new HashMap<>())
                    .put(object.name(), object.length()));
        }
    }

    /** The highest revision first. */
    private List<Sighting> manifests(UsableMedium medium, GenerationId id, Map<GenerationId, Map<String, Long>> folders)
            throws IOException {
        List<Integer> revisions = new ArrayList<>();
        Map<String, Long> folder = folders.get(id);
        folder.keySet().forEach(name -> id.revisionOfManifest(name).ifPresent(revisions::add));
        revisions.sort(Comparator.reverseOrder());
        List<Sighting> manifests = new ArrayList<>();
        for (int revision : revisions) {
            long length = folder.get(id.manifest(revision));
            Sighting sighting = see(medium, id, revision, folder, () -> manifest(medium, id, revision, length));
            if (sighting != null) {
                manifests.add(withShared(sighting, folders));
            }
        }
        return manifests;
    }

    /** A generation that was made anew may need objects of older ones. */
    private static Sighting withShared(Sighting seen, Map<GenerationId, Map<String, Long>> folders) throws IOException {
        if (seen.revision() == 0 || seen.stored() == null) {
            return seen;
        }
        Map<String, Long> lengths = new HashMap<>(seen.lengths());
        for (ObjectRef object : seen.stored().manifest().objects()) {
            GenerationId owner = GenerationId.ofObject(object.name()).orElseThrow();
            if (!folders.containsKey(owner)) {
                Map<GenerationId, Map<String, Long>> more = new HashMap<>();
                addFolders(seen.medium(), owner + "/", more);
                folders.put(owner, more.getOrDefault(owner, Map.of()));
            }
            Long length = folders.get(owner).get(object.name());
            if (length != null) {
                lengths.put(object.name(), length);
            }
        }
        return new Sighting(seen.id(), seen.revision(), seen.medium(), seen.stored(), lengths, null);
    }

    /**
     * A manifest that was seen, as it is on the medium now, whatever is known of it.
     *
     * @throws NoSuchFileException if it was removed meanwhile
     */
    Sighting seeAgain(Sighting seen) throws IOException {
        forget(seen.name());
        Sighting now = see(seen.medium(), seen.id(), seen.revision(), seen.lengths(), () -> readAnywhere(seen));
        if (now == null) {
            throw new NoSuchFileException(seen.name());
        }
        return now;
    }

    private StoredManifest readAnywhere(Sighting seen) throws IOException {
        StoredManifest manifest = new Manifests(seen.medium()).readAnywhere(seen.id(), seen.revision());
        remember(seen.name(), manifest);
        return manifest;
    }

    /** Reads a manifest. */
    private interface Source {
        StoredManifest read() throws IOException;
    }

    /** Null if it was removed meanwhile. */
    private Sighting see(UsableMedium medium, GenerationId id, int revision, Map<String, Long> lengths, Source source)
            throws IOException {
        try {
            return new Sighting(id, revision, medium, source.read(), lengths, null);
        } catch (NoSuchFileException e) {
            return null;
        } catch (DamagedException e) {
            return new Sighting(id, revision, medium, null, lengths, Reason.of(e));
        } catch (IOException e) {
            checkMedium(medium, e);
            String damage = "the manifest of " + id + " cannot be read: " + Reason.of(e);
            return new Sighting(id, revision, medium, null, lengths, damage);
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

    private StoredManifest manifest(UsableMedium medium, GenerationId id, int revision, long length)
            throws IOException {
        String name = id.manifest(revision);
        StoredManifest manifest;
        synchronized (this) {
            manifest = known.get(name);
        }
        if (manifest == null || manifest.length() != length) {
            manifest = new Manifests(medium).read(id, revision);
            remember(name, manifest);
        }
        return manifest;
    }

    private synchronized void remember(String name, StoredManifest manifest) {
        known.put(name, manifest);
    }

    /** Reads a manifest next time, whatever is known. */
    synchronized void forget(String name) {
        known.remove(name);
    }
}
