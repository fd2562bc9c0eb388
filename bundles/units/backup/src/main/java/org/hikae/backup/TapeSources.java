package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.Generations;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.StoredObjects.StoredObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.TierSource;

/**
 * The objects of generations, held while they are copied to tape; knows which generation cannot be read, for that is no reason
 * to give the others up. Thread-safe.
 */
final class TapeSources implements AutoCloseable {

    private final Progress progress;
    private final List<StoredObjects> held = new ArrayList<>();
    /** By generation, in their order. */
    private final Map<String, List<TierSource>> sources = new LinkedHashMap<>();

    private final AtomicReference<Failed> failed = new AtomicReference<>();

    /** A generation that cannot be read, and why. */
    record Failed(String generation, String reason) {}

    private TapeSources(Progress progress) {
        this.progress = progress;
    }

    /**
     * Holds generations. One that is not there any more is not among them.
     *
     * @param progress told of which one is begun with
     * @param missing told of those that are not there
     */
    static TapeSources hold(List<String> ids, Generations generations, Progress progress, TapeTally missing) {
        TapeSources all = new TapeSources(progress);
        try {
            for (String id : ids) {
                all.add(id, generations, missing, ids.size());
            }
            return all;
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private void add(String id, Generations generations, TapeTally missing, int of) {
        try {
            StoredObjects objects = generations.objects(id);
            held.add(objects);
            add(objects, "writing " + id + (of == 1 ? "" : ", " + held.size() + " of " + of));
        } catch (IOException e) {
            missing.fail("generation " + id + " was not written: " + Reason.of(e));
        }
    }

    private void add(StoredObjects objects, String phase) {
        sources.put(
                objects.generation(),
                objects.list().stream()
                        .map(each -> new TierSource(
                                each.medium(),
                                each.mediumName(),
                                each.name(),
                                each.length(),
                                () -> open(objects, each, phase)))
                        .toList());
    }

    private ObjectReader open(StoredObjects objects, StoredObject object, String phase) throws IOException {
        progress.phase(phase);
        try {
            return new Noting(objects.open(object), objects.generation());
        } catch (IOException e) {
            note(objects.generation(), e);
            throw e;
        }
    }

    private void note(String generation, IOException failure) {
        // Who was cancelled reads no more, and that is no fault of the generation.
        progress.check();
        failed.compareAndSet(null, new Failed(generation, Reason.of(failure)));
    }

    /** In the order of the generations, and of their being written. */
    List<TierSource> list() {
        return sources.values().stream().flatMap(List::stream).toList();
    }

    /** Those of one that is held. */
    List<TierSource> of(String generation) {
        return sources.get(generation);
    }

    /** Those that are held, in their order. */
    List<String> generations() {
        return List.copyOf(sources.keySet());
    }

    /** The first that could not be read; null: none. */
    Failed failed() {
        return failed.get();
    }

    @Override
    public void close() {
        held.forEach(StoredObjects::close);
    }

    /** Notes what cannot be read. */
    private final class Noting implements ObjectReader {

        private final ObjectReader reader;
        private final String generation;

        Noting(ObjectReader reader, String generation) {
            this.reader = reader;
            this.generation = generation;
        }

        @Override
        public long length() {
            return reader.length();
        }

        @Override
        public void read(ByteBuffer dst, long position) throws IOException {
            try {
                reader.read(dst, position);
            } catch (IOException e) {
                note(generation, e);
                throw e;
            }
        }

        @Override
        public long nextData(long position) throws IOException {
            try {
                return reader.nextData(position);
            } catch (IOException e) {
                note(generation, e);
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
