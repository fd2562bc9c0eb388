package org.hikae.tape.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.TierReport;
import org.hikae.api.media.tier.TierSource;
import org.hikae.io.Buffers;
import org.hikae.tape.format.Table;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.registry.ObjectBook;
import org.hikae.tape.store.scan.Proof;

/** Copies objects to tape, and reads them back. Used by one thread, once. */
public final class Copying {

    private static final int CHUNK = 1 << 20;

    /** Holes that are shorter are written: a hole ends a record. */
    private static final long LEAST_HOLE = 1 << 20;

    /** Bytes and objects after which those that are whole are committed. */
    private static final long COMMIT_BYTES = 4L << 30;

    private static final int COMMIT_OBJECTS = 1000;

    private final SessionParts parts;
    private final ObjectBook objects;
    private final String pool;
    private final boolean again;
    private final Progress progress;
    private final ByteBuffer buffer = Buffers.allocate(CHUNK);

    /** Objects that are written, and may not be committed yet. */
    private final List<Table.StoredObject> whole = new ArrayList<>();
    /** Those that were committed. */
    private final List<Table.StoredObject> committed = new ArrayList<>();

    private long bytes;
    private long uncommittedBytes;
    private int present;

    public Copying(SessionParts parts, String pool, boolean again, Progress progress) {
        this.parts = parts;
        this.objects = parts.objects();
        this.pool = pool;
        this.again = again;
        this.progress = progress;
    }

    /** @see org.hikae.api.media.tier.SecondTier#copy */
    public TierReport run(List<TierSource> sources) throws IOException {
        List<TierSource> missing = missing(sources);
        if (missing.isEmpty()) {
            return new TierReport(0, 0, present, List.of());
        }
        Session session = Session.open(parts, pool, null, progress);
        try (session) {
            write(session, missing);
            prove(session.id(), session.end());
        }
        return new TierReport(committed.size(), bytes, present, session.barcodes());
    }

    /** Those that have no proven copy in the pool; those that were not proven yet are, all in the order of the tape. */
    private List<TierSource> missing(List<TierSource> sources) throws IOException {
        if (again) {
            progress.total(twice(sources.stream()));
            return sources;
        }
        Map<TierSource, List<Copy>> unproven = new IdentityHashMap<>();
        for (TierSource source : sources) {
            List<Copy> copies = copies(source);
            if (copies.stream().allMatch(copy -> copy.proven() == null)) {
                unproven.put(source, copies);
            }
        }
        // what is there already is nothing that is done
        progress.total(stored(unproven.values())
                + twice(sources.stream()
                        .filter(source -> unproven.containsKey(source)
                                && unproven.get(source).isEmpty())));
        Set<Long> wrong = prove(unproven.values());
        List<TierSource> missing = new ArrayList<>();
        for (TierSource source : sources) {
            List<Copy> read = unproven.get(source);
            if (read != null && read.stream().allMatch(copy -> wrong.contains(copy.number()))) {
                missing.add(source);
            } else {
                present++;
            }
        }
        return missing;
    }

    /** Bytes that are written and read back. */
    private static long twice(Stream<TierSource> sources) {
        return 2 * sources.mapToLong(TierSource::length).sum();
    }

    private static long stored(Collection<List<Copy>> copies) {
        return copies.stream().flatMap(List::stream).mapToLong(Copy::stored).sum();
    }

    /** Copies in the pool of which nothing bad is known. */
    private List<Copy> copies(TierSource source) throws IOException {
        return objects.copies(source.medium(), source.name()).stream()
                .filter(copy -> copy.pool().equals(pool) && copy.problem() == null)
                .toList();
    }

    private Set<Long> prove(Collection<List<Copy>> unproven) throws IOException {
        List<Copy> all = unproven.stream().flatMap(List::stream).toList();
        if (all.isEmpty()) {
            return Set.of();
        }
        try (Proof proof = proof()) {
            return proof.run(all).keySet();
        }
    }

    private Proof proof() {
        return new Proof(parts.mounts(), objects, progress);
    }

    private void write(Session session, List<TierSource> sources) throws IOException {
        try {
            for (TierSource source : sources) {
                progress.pass();
                progress.phase("writing " + source.name() + " to pool '" + pool + "'");
                write(session, source);
                if (uncommittedBytes >= COMMIT_BYTES || whole.size() >= COMMIT_OBJECTS) {
                    commit(session);
                }
            }
        } catch (IOException | CancellationException e) {
            keepWhole(session, e);
            throw e;
        }
        commit(session);
    }

    private void write(Session session, TierSource source) throws IOException {
        ObjectStream.Name name = new ObjectStream.Name(source.medium(), source.mediumName(), source.name());
        try (ObjectReader reader = source.opener().open();
                ObjectStream stream = session.begin(name)) {
            if (reader.length() != source.length()) {
                throw new IOException(source.name() + " of medium '" + source.mediumName() + "' has " + reader.length()
                        + " bytes, and should have " + source.length());
            }
            copy(reader, stream);
            Table.StoredObject object = stream.finish();
            session.finish(object);
            whole.add(object);
        }
    }

    private void copy(ObjectReader reader, ObjectStream stream) throws IOException {
        long at = 0;
        while (at < reader.length()) {
            progress.check();
            long data = reader.nextData(at);
            if (data - at >= LEAST_HOLE || data == reader.length() && data > at) {
                stream.skip(data - at);
                progress.advance(2 * (data - at));
                at = data;
                continue;
            }
            buffer.clear().limit((int) Math.min(CHUNK, reader.length() - at));
            reader.read(buffer, at);
            buffer.flip();
            int count = buffer.remaining();
            stream.write(buffer);
            at += count;
            bytes += count;
            uncommittedBytes += count;
            progress.advance(count);
        }
    }

    private void commit(Session session) throws IOException {
        if (!whole.isEmpty()) {
            session.commit(new Session.Pending(List.of()));
            committed.addAll(whole);
            whole.clear();
            uncommittedBytes = 0;
        }
    }

    /** What is whole when the rest fails stays. */
    private void keepWhole(Session session, Exception why) {
        if (whole.isEmpty()) {
            return;
        }
        try {
            session.commitAnyway(new Session.Pending(List.of()));
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private void prove(UUID session, Mounted last) throws IOException {
        try (Proof proof = proof()) {
            if (last != null) {
                proof.use(last);
            }
            List<Copy> copies = new ArrayList<>();
            for (Table.StoredObject object : committed) {
                copies.add(objects.copy(session, object.object())
                        .orElseThrow(() -> new IOException("the copy of " + object.name() + " of medium '"
                                + object.mediumName()
                                + "' does not count: it has another content than the copy that was there, or was given"
                                + " up before it was read back")));
            }
            Map<Long, String> failures = proof.run(copies);
            if (!failures.isEmpty()) {
                Map.Entry<Long, String> first = failures.entrySet().iterator().next();
                throw new IOException(failures.size() + " of " + copies.size()
                        + " objects do not read from tape as they were written, such as "
                        + objects.describe(first.getKey()) + ": " + first.getValue()
                        + "; their originals are untouched: write them again, to other cartridges");
            }
        }
    }
}
