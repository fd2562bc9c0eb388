package org.hikae.media.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.read.GenerationFiles;

/** The manifests on one medium, kept in memory while it is open: they never change, they only come and go. Thread-safe. */
final class Shelf {

    /**
     * A manifest that was read.
     *
     * @param length bytes of the manifest object
     * @param manifest null if it is damaged
     * @param problem what is wrong with it; null if nothing is
     */
    record Entry(long length, Manifest manifest, String problem) {}

    /** A look at the medium. */
    record View(Map<String, Long> lengths, Map<GenerationId, Entry> generations) {}

    private final Medium medium;
    /** Guarded by this. */
    private final Map<GenerationId, Entry> known = new HashMap<>();

    Shelf(Medium medium) {
        this.medium = medium;
    }

    /** Everything on the medium. */
    View look() throws IOException {
        return look("");
    }

    /** What is on the medium of one generation. */
    Optional<Entry> look(GenerationId id) throws IOException {
        return Optional.ofNullable(look(id + "/").generations().get(id));
    }

    private View look(String prefix) throws IOException {
        Map<String, Long> lengths = new TreeMap<>();
        for (MediumObject object : medium.list(prefix)) {
            lengths.put(object.name(), object.length());
        }
        Map<GenerationId, Entry> generations = new HashMap<>();
        for (Map.Entry<String, Long> object : lengths.entrySet()) {
            GenerationId id = GenerationId.ofObject(object.getKey()).orElse(null);
            if (id != null && object.getKey().equals(id.manifest())) {
                Entry entry = entry(id, object.getValue());
                if (entry != null) {
                    generations.put(id, entry);
                }
            }
        }
        return new View(lengths, generations);
    }

    /** The manifest; null if it was removed meanwhile. */
    private Entry entry(GenerationId id, long length) throws IOException {
        Entry entry;
        synchronized (this) {
            entry = known.get(id);
        }
        if (entry != null && entry.length() == length) {
            return entry;
        }
        try {
            entry = new Entry(length, GenerationFiles.readManifest(medium, id), null);
        } catch (NoSuchFileException e) {
            return null;
        } catch (DamagedException e) {
            return new Entry(length, null, e.getMessage());
        }
        synchronized (this) {
            known.put(id, entry);
        }
        return entry;
    }

    /** Reads a manifest next time, whatever is known. */
    synchronized void forget(GenerationId id) {
        known.remove(id);
    }
}
