package org.hikae.tape.medium;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.Extent;
import org.hikae.tape.store.ObjectMap;

/** Objects that lie on one cartridge. */
final class FakePlaces implements ObjectMap {

    private final Map<String, byte[]> objects;
    private final List<String> order;

    /** @param order as they lie there */
    FakePlaces(Map<String, byte[]> objects, List<String> order) {
        this.objects = objects;
        this.order = order;
    }

    @Override
    public List<Copy> copies(UUID medium, String name) {
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            return List.of();
        }
        Extent extent = new Extent(0, bytes.length, new UUID(7, 7), 2 + order.indexOf(name), 960);
        List<Extent> extents = bytes.length == 0 ? List.of() : List.of(extent);
        return List.of(new Copy(1, bytes.length, sha256(bytes), "pool", extents, Instant.EPOCH, null, null));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String barcode(UUID volume) {
        return "V";
    }

    @Override
    public void doubt(long copy, String why) {
        throw new UnsupportedOperationException();
    }
}
