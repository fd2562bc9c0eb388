package org.hikae.tape.recall;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.Extent;
import org.hikae.tape.store.ObjectMap;

/** Where objects lie, in memory. Thread-safe. */
final class FakeMap implements ObjectMap {

    private final Map<String, List<Copy>> copies = new HashMap<>();
    private final Map<UUID, String> barcodes = new HashMap<>();
    private final Map<Long, String> doubts = new HashMap<>();
    private long numbers;
    private boolean broken;

    synchronized void volume(FakeTape tape) {
        barcodes.put(tape.volume, tape.barcode);
    }

    long add(String name, byte[] bytes, List<Extent> extents) {
        return add(name, bytes.length, Data.sha256(bytes), extents);
    }

    synchronized long add(String name, long length, byte[] sha256, List<Extent> extents) {
        long number = ++numbers;
        copies.computeIfAbsent(name, any -> new ArrayList<>())
                .add(new Copy(number, length, sha256, "default", extents, Instant.EPOCH, null, null));
        return number;
    }

    synchronized void forget(String name) {
        copies.remove(name);
    }

    synchronized void broken(boolean now) {
        broken = now;
    }

    synchronized Map<Long, String> doubts() {
        return Map.copyOf(doubts);
    }

    @Override
    public synchronized List<Copy> copies(UUID medium, String name) throws IOException {
        if (broken) {
            throw new IOException("the registry cannot be read");
        }
        return List.copyOf(copies.getOrDefault(name, List.of()));
    }

    @Override
    public synchronized String barcode(UUID volume) {
        return barcodes.get(volume);
    }

    @Override
    public synchronized void doubt(long copy, String why) {
        doubts.put(copy, why);
    }
}
