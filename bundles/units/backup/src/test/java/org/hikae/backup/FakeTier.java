package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.media.tier.TierReport;
import org.hikae.api.media.tier.TierSource;

/** A second tier in memory, of one cartridge for each pool: what is copied is read wholly, and proven when all is copied. */
final class FakeTier implements SecondTier {

    /** Asked before each object is copied. */
    interface Watch {
        void at(TierSource source) throws IOException;
    }

    private final Supplier<Instant> clock;
    /** By medium and name; guarded by this. */
    private final Map<String, List<Kept>> kept = new TreeMap<>();
    /** In the order in which they were copied. */
    final List<String> copied = new ArrayList<>();
    /** Names of objects whose copies read wrong. */
    final Set<String> rotten = new TreeSet<>();

    volatile Watch watch = source -> {};

    FakeTier(Supplier<Instant> clock) {
        this.clock = clock;
    }

    private static final class Kept {
        private final byte[] bytes;
        private TierCopy copy;

        Kept(byte[] bytes, TierCopy copy) {
            this.bytes = bytes;
            this.copy = copy;
        }

        void prove(Instant when, String problem) {
            copy = new TierCopy(
                    copy.length(),
                    copy.cartridges(),
                    copy.pool(),
                    copy.written(),
                    problem == null ? when : null,
                    problem);
        }
    }

    private static String key(UUID medium, String name) {
        return medium + " " + name;
    }

    private List<Kept> kept(UUID medium, String name) {
        return kept.getOrDefault(key(medium, name), List.of());
    }

    @Override
    public synchronized List<MediumObject> list(UUID medium, String prefix) {
        String start = key(medium, prefix);
        return kept.entrySet().stream()
                .filter(each -> each.getKey().startsWith(start))
                .map(each -> new MediumObject(
                        each.getKey().substring(37), each.getValue().get(0).bytes.length))
                .toList();
    }

    @Override
    public synchronized List<TierCopy> copies(UUID medium, String name) {
        return kept(medium, name).stream().map(each -> each.copy).toList();
    }

    @Override
    public ObjectReader open(UUID medium, String name) throws IOException {
        throw new NoSuchFileException(name);
    }

    @Override
    public synchronized void forget(UUID medium, String name) {
        kept.remove(key(medium, name));
    }

    @Override
    public void begin(UUID medium) {}

    @Override
    public Hold hold() {
        return () -> {};
    }

    @Override
    public boolean isComplete(UUID medium) {
        return true;
    }

    @Override
    public TierReport copy(List<TierSource> sources, String pool, boolean again, Progress progress) throws IOException {
        progress.total(sources.stream().mapToLong(TierSource::length).sum());
        List<Kept> fresh = new ArrayList<>();
        long bytes = 0;
        int present = 0;
        for (TierSource source : sources) {
            progress.check();
            if (!again && isProven(source, pool)) {
                present++;
                continue;
            }
            watch.at(source);
            byte[] content = read(source);
            fresh.add(keep(source, content, pool));
            bytes += content.length;
            progress.advance(content.length);
        }
        synchronized (this) {
            fresh.forEach(each -> each.prove(clock.get(), null));
        }
        return new TierReport(fresh.size(), bytes, present, fresh.isEmpty() ? List.of() : List.of(barcode(pool)));
    }

    private boolean isProven(TierSource source, String pool) {
        return copies(source.medium(), source.name()).stream()
                .anyMatch(copy -> copy.pool().equals(pool) && copy.isProven());
    }

    private static byte[] read(TierSource source) throws IOException {
        byte[] bytes = new byte[(int) source.length()];
        try (ObjectReader reader = source.opener().open()) {
            reader.read(ByteBuffer.wrap(bytes), 0);
        }
        return bytes;
    }

    private synchronized Kept keep(TierSource source, byte[] bytes, String pool) {
        Kept copy = new Kept(bytes, new TierCopy(bytes.length, List.of(barcode(pool)), pool, clock.get(), null, null));
        kept.computeIfAbsent(key(source.medium(), source.name()), key -> new ArrayList<>())
                .add(copy);
        copied.add(source.name());
        return copy;
    }

    static String barcode(String pool) {
        return pool.toUpperCase(java.util.Locale.ROOT) + "01";
    }

    @Override
    public synchronized List<String> prove(UUID medium, String name, Progress progress) {
        String problem = rotten.contains(name) ? name + " reads wrong" : null;
        kept(medium, name).forEach(each -> each.prove(clock.get(), problem));
        return problem == null ? List.of() : List.of(problem);
    }

    synchronized boolean has(UUID medium, String name, byte[] bytes) {
        return kept(medium, name).stream().anyMatch(each -> Arrays.equals(each.bytes, bytes));
    }
}
