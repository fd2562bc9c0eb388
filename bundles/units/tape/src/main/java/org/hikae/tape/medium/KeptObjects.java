package org.hikae.tape.medium;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.ObjectMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small objects of a medium on tape, which the home keeps: what is lost there, or is not as it is on tape, is brought back from tape.
 * Where one is missing, others of its kind mostly are: those on the same cartridge are brought with it, in the order of the tape.
 * Thread-safe.
 */
final class KeptObjects {

    private static final Logger LOG = LoggerFactory.getLogger(KeptObjects.class);

    /**
     * What is copied from tape in one piece. Objects that are not longer are compared with their hash each time they are opened; longer
     * ones once, since of those only parts are read.
     */
    private static final int PIECE = 1 << 20;

    /** What an object is, such as a manifest, at the beginning of the last part of its name. */
    private static final Pattern KIND = Pattern.compile(".*/([a-z-]*[a-z])[^/]*");

    private final UUID medium;
    private final Medium near;
    private final SecondTier tier;
    private final ObjectMap map;
    private final Predicate<String> isSmall;
    /** Long ones that were as they are on tape. */
    private final Set<String> right = ConcurrentHashMap.newKeySet();

    /** @param isSmall whether objects of a name are kept */
    KeptObjects(UUID medium, Medium near, SecondTier tier, ObjectMap map, Predicate<String> isSmall) {
        this.medium = medium;
        this.near = near;
        this.tier = tier;
        this.map = map;
        this.isSmall = isSmall;
    }

    /**
     * Opens an object.
     *
     * @throws NoSuchFileException if it is not on tape, whatever the home has
     * @throws IOException if the home does not have it as it is on tape, and it cannot be brought back
     */
    ObjectReader open(String object) throws IOException {
        Copy copy = copy(object);
        if (copy == null) {
            throw new NoSuchFileException(object);
        }
        return isKept(object, copy) ? near.open(object) : fetch(object, copy);
    }

    /** What the home keeps of it is another object from now on, or none. */
    void forget(String object) {
        right.remove(object);
    }

    /** All copies have the same content: the one to be read first; null if there is none. */
    private Copy copy(String object) throws IOException {
        List<Copy> copies = map.copies(medium, object);
        return copies.isEmpty() ? null : copies.get(0);
    }

    private boolean isKept(String object, Copy copy) {
        String why;
        try (ObjectReader reader = near.open(object)) {
            boolean known = copy.length() > PIECE && right.contains(object);
            if (reader.length() == copy.length() && (known || Arrays.equals(hash(reader), copy.sha256()))) {
                right.add(object);
                return true;
            }
            why = "it is not as it was written";
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            why = Reason.of(e);
        }
        LOG.warn("{} in the home is replaced from tape: {}", object, why);
        return false;
    }

    private static byte[] hash(ObjectReader reader) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PIECE, reader.length()));
        for (long at = 0; at < reader.length(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(PIECE, reader.length() - at));
            reader.read(buffer, at);
            digest.update(buffer.flip());
        }
        return digest.digest();
    }

    /** Brings an object back into the home. One at a time: two would write the same, and wind the tape to and fro. */
    private synchronized ObjectReader fetch(String object, Copy copy) throws IOException {
        if (!isKept(object, copy)) {
            bring(together(object, copy), object);
        }
        return near.open(object);
    }

    /** Brings several; all but one if they can be had. */
    private void bring(List<String> all, String wanted) throws IOException {
        boolean well = true;
        for (String each : all) {
            if (each.equals(wanted)) {
                bring(each);
            } else if (well) {
                try {
                    bring(each);
                } catch (IOException e) {
                    well = false;
                    LOG.debug("{} was not brought from tape with {}", each, wanted, e);
                }
            }
        }
    }

    /**
     * What the home has goes once the tape gives something in its place: it may be right, and not have been readable for a moment, as
     * when the thread was interrupted.
     */
    private void bring(String object) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        try (ObjectReader from = tier.open(medium, object)) {
            read(from, 0, buffer);
            near.delete(object); // what is damaged, or a killed process has left
            try (ObjectWriter to = near.create(object)) {
                long at = 0;
                while (at < from.length()) {
                    at += buffer.limit();
                    to.write(buffer);
                    read(from, at, buffer);
                }
                to.commit();
            }
        }
    }

    /** Reads the next piece; none at the end. */
    private static void read(ObjectReader from, long at, ByteBuffer buffer) throws IOException {
        buffer.clear().limit((int) Math.min(PIECE, from.length() - at));
        if (buffer.hasRemaining()) {
            from.read(buffer, at);
        }
        buffer.flip();
    }

    /** The object, and the short ones of its kind that the home lacks too and that are on the same cartridge, as they lie there. */
    private List<String> together(String object, Copy copy) throws IOException {
        if (copy.extents().isEmpty()) {
            return List.of(object);
        }
        UUID volume = copy.extents().get(0).volume();
        Set<String> kept = new HashSet<>();
        near.list("").forEach(each -> kept.add(each.name()));
        TreeMap<Long, String> byPlace = new TreeMap<>();
        for (MediumObject each : tier.list(medium, "")) {
            String name = each.name();
            boolean lacking = !kept.contains(name)
                    && each.length() <= PIECE
                    && isSmall.test(name)
                    && kind(name).equals(kind(object));
            Copy other = name.equals(object) ? copy : lacking ? copy(name) : null;
            if (other != null
                    && !other.extents().isEmpty()
                    && other.extents().get(0).volume().equals(volume)) {
                byPlace.put(other.extents().get(0).block(), name);
            }
        }
        byPlace.putIfAbsent(copy.extents().get(0).block(), object);
        return new ArrayList<>(byPlace.values());
    }

    private static String kind(String object) {
        Matcher matcher = KIND.matcher(object);
        return matcher.matches() ? matcher.group(1) : object;
    }
}
