package org.hikae.media.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.media.tier.TierReport;
import org.hikae.api.media.tier.TierSource;

/** A second tier in memory, whose copies tests can look at and damage; each step asks a {@link MemoryDriver.Fault} first. */
public final class MemoryTier implements SecondTier {

    /**
     * A copy.
     *
     * @param problem null if it is right
     */
    public record Held(byte[] bytes, boolean proven, String problem) {}

    /** By the medium's id, a space, and the object's name. */
    public final SortedMap<String, Held> copies = new ConcurrentSkipListMap<>();

    public volatile MemoryDriver.Fault fault = what -> {};
    /** Whether all that there is is known. */
    public volatile boolean complete = true;

    /** How many keep copies from being given up now. */
    public final AtomicInteger holds = new AtomicInteger();

    private static String key(UUID medium, String name) {
        return medium + " " + name;
    }

    /** The copies as they are, to be put back. */
    public SortedMap<String, Held> copy() {
        return new TreeMap<>(copies);
    }

    /** Copies an object, and has read it back. */
    public void put(UUID medium, String name, byte[] bytes) {
        copies.put(key(medium, name), new Held(bytes.clone(), true, null));
    }

    public Held get(UUID medium, String name) {
        return copies.get(key(medium, name));
    }

    public void set(UUID medium, String name, Held held) {
        copies.put(key(medium, name), held);
    }

    /** Names of all copies of objects of a medium. */
    public List<String> names(UUID medium) {
        return copies.keySet().stream()
                .filter(key -> key.startsWith(medium + " "))
                .map(key -> key.substring(37))
                .toList();
    }

    @Override
    public List<MediumObject> list(UUID medium, String prefix) throws IOException {
        fault.step("tier list " + prefix);
        return names(medium).stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> new MediumObject(name, get(medium, name).bytes.length))
                .toList();
    }

    @Override
    public List<TierCopy> copies(UUID medium, String name) throws IOException {
        fault.step("tier copies " + name);
        Held held = get(medium, name);
        Instant proven = held == null || !held.proven ? null : Instant.EPOCH;
        return held == null
                ? List.of()
                : List.of(new TierCopy(
                        held.bytes.length, List.of("V00001L9"), "default", Instant.EPOCH, proven, held.problem));
    }

    @Override
    public ObjectReader open(UUID medium, String name) throws IOException {
        fault.step("tier open " + name);
        Held held = get(medium, name);
        if (held == null) {
            throw new NoSuchFileException(name);
        }
        return new Reader(name, held.bytes, what -> fault.step("tier " + what));
    }

    @Override
    public void forget(UUID medium, String name) throws IOException {
        fault.step("tier forget " + name);
        copies.remove(key(medium, name));
        fault.step("tier forgot " + name);
    }

    @Override
    public void begin(UUID medium) {}

    @Override
    public Hold hold() {
        holds.incrementAndGet();
        return holds::decrementAndGet;
    }

    @Override
    public boolean isComplete(UUID medium) throws IOException {
        fault.step("tier complete");
        return complete;
    }

    @Override
    public TierReport copy(List<TierSource> sources, String pool, boolean again, Progress progress) throws IOException {
        int present = 0;
        long bytes = 0;
        for (TierSource source : sources) {
            progress.check();
            if (get(source.medium(), source.name()) != null && !again) {
                present++;
                continue;
            }
            fault.step("tier copy " + source.name());
            byte[] content = new byte[Math.toIntExact(source.length())];
            try (ObjectReader reader = source.opener().open()) {
                reader.read(ByteBuffer.wrap(content), 0);
            }
            put(source.medium(), source.name(), content);
            bytes += content.length;
        }
        return new TierReport(sources.size() - present, bytes, present, List.of("V00001L9"));
    }

    @Override
    public List<String> prove(UUID medium, String name, Progress progress) throws IOException {
        List<String> problems = new ArrayList<>();
        Held held = get(medium, name);
        if (held == null) {
            problems.add(name + " has no copy");
        } else {
            set(medium, name, new Held(held.bytes, true, held.problem));
        }
        return problems;
    }

    private static final class Reader extends MemoryReader {

        private final byte[] bytes;

        Reader(String name, byte[] bytes, MemoryDriver.Fault fault) {
            super(name, bytes, fault);
            this.bytes = bytes;
        }

        /** Zeros in whole kibibytes are holes. */
        @Override
        public long nextData(long position) {
            long at = position;
            while (at < bytes.length && isZero((int) at)) {
                at = (at / 1024 + 1) * 1024;
            }
            return Math.min(at, bytes.length);
        }

        private boolean isZero(int at) {
            for (int i = at; i < Math.min(bytes.length, (at / 1024 + 1) * 1024); i++) {
                if (bytes[i] != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
