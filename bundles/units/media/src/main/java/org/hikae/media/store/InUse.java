package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.media.read.StoredManifest;

/** Which generations are being written, read, merged and removed. Thread-safe. */
final class InUse {

    /** Generations of this platform that are being written: their objects are no garbage (R19). Guarded by this, as all. */
    private final Set<String> written = new HashSet<>();

    /** Those that are read, by themselves or since others build upon them. */
    private final Map<String, Integer> readers = new HashMap<>();
    /** Those that are read by their own name. */
    private final Map<String, Integer> named = new HashMap<>();

    private final Set<String> removed = new HashSet<>();
    /** What is becoming a part of another generation, which is the value; the newest of a merge is its own. */
    private final Map<String, String> merged = new HashMap<>();

    /** Manifests whose objects are read, and how often, by their hashes. */
    private final Map<String, Pinned> pinned = new HashMap<>();

    private long switches;
    /** Number of switches under way. */
    private int switching;

    private record Pinned(StoredManifest manifest, int readers) {}

    synchronized void beginWrite(String id) {
        written.add(id);
    }

    synchronized void endWrite(String id) {
        written.remove(id);
    }

    /** Whether somebody here is about to complete objects of a generation. */
    synchronized boolean isLive(String id) {
        return written.contains(id) || id.equals(merged.get(id));
    }

    /** Begins to read a generation that others build upon, for one of these. */
    synchronized void beginRead(String id) throws IOException {
        checkNotRemoved(id);
        readers.merge(id, 1, Integer::sum);
    }

    synchronized void endRead(String id) {
        readers.computeIfPresent(id, InUse::oneLess);
    }

    /** Begins to read a generation by its own name: then it cannot become a part of another one. */
    synchronized void beginNamedRead(String id) throws IOException {
        checkStays(id);
        beginRead(id);
        named.merge(id, 1, Integer::sum);
    }

    synchronized void endNamedRead(String id) {
        named.computeIfPresent(id, InUse::oneLess);
        endRead(id);
    }

    private static Integer oneLess(String key, int count) {
        return count == 1 ? null : Integer.valueOf(count - 1);
    }

    private void checkNotRemoved(String id) throws IOException {
        if (removed.contains(id)) {
            throw new IOException("generation " + id + " is being removed");
        }
    }

    /** @throws IOException if the generation is about to be gone */
    synchronized void checkStays(String id) throws IOException {
        checkNotRemoved(id);
        String into = merged.get(id);
        if (into != null && !into.equals(id)) {
            throw new IOException("generation " + id + " is being merged into " + into + "; use that one");
        }
    }

    synchronized void beginRemove(String id) throws IOException {
        if (readers.containsKey(id)) {
            throw new IOException("generation " + id + " is in use; remove it when nobody reads it any more");
        }
        if (merged.containsKey(id)) {
            throw new IOException("generation " + id + " is being merged; remove it when that has ended");
        }
        if (!removed.add(id)) {
            throw new IOException("generation " + id + " is being removed already");
        }
    }

    /**
     * Begins to delete what has become a part of another generation; ends as a removal. Those that read it for what builds
     * upon it are in nobody's way.
     */
    synchronized void beginFinish(String id) throws IOException {
        checkNotMerged(id);
        if (named.containsKey(id)) {
            throw new IOException("generation " + id + " is in use");
        }
        removed.add(id);
    }

    synchronized void endRemove(String id) {
        removed.remove(id);
    }

    /** @param swallowed what becomes a part of the newest, and is gone then */
    synchronized void beginMerge(String newest, Collection<String> swallowed) throws IOException {
        for (String id : swallowed) {
            if (named.containsKey(id)) {
                throw new IOException("generation " + id + " is in use, and would be gone as a part of " + newest
                        + "; merge it when nobody reads it or builds upon it any more");
            }
            checkNotMerged(id);
        }
        checkNotMerged(newest);
        swallowed.forEach(id -> merged.put(id, newest));
        merged.put(newest, newest);
    }

    private void checkNotMerged(String id) throws IOException {
        checkNotRemoved(id);
        if (merged.containsKey(id)) {
            throw new IOException("generation " + id + " is being merged already");
        }
    }

    synchronized void endMerge(String newest) {
        merged.values().removeIf(newest::equals);
    }

    /** Keeps the objects of a manifest, whatever becomes of the manifest itself. */
    synchronized void pin(StoredManifest manifest) {
        pinned.merge(manifest.sha256(), new Pinned(manifest, 1), (now, one) -> new Pinned(manifest, now.readers + 1));
    }

    /** Whether nobody keeps them any more. */
    synchronized boolean unpin(StoredManifest manifest) {
        Pinned left = pinned.computeIfPresent(
                manifest.sha256(), (key, now) -> now.readers == 1 ? null : new Pinned(manifest, now.readers - 1));
        return left == null;
    }

    /** The manifests whose objects are kept. */
    synchronized List<StoredManifest> pinned() {
        List<StoredManifest> all = new ArrayList<>();
        pinned.values().forEach(each -> all.add(each.manifest));
        return all;
    }

    /**
     * A number that grows around each step by which a merge takes the place of other generations. If it is the same before
     * and after a look at media, then what was seen was there together at some time between.
     */
    synchronized long switches() {
        return switches;
    }

    synchronized void hasSwitched() {
        switches++;
    }

    synchronized void beginSwitch() {
        switches++;
        switching++;
    }

    synchronized void endSwitch() {
        switches++;
        switching--;
    }

    /**
     * Whether no step of that kind was under way since there were so many. Then whoever began to read before one of them has
     * pinned by now what he saw.
     */
    synchronized boolean isQuietSince(long before) {
        return switches == before && switching == 0;
    }
}
