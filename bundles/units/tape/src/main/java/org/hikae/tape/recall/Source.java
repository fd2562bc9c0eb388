package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.job.Reason;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.ObjectMap;

/** An object and its copies, for those who read it. Thread-safe. */
final class Source {

    private final ObjectMap map;
    private final Mounts mounts;
    private final ObjectKey key;
    /** The copies as they were known last, the best to be read first. */
    private volatile List<Layout> layouts;

    private Source(ObjectMap map, Mounts mounts, ObjectKey key, List<Layout> layouts) {
        this.map = map;
        this.mounts = mounts;
        this.key = key;
        this.layouts = layouts;
    }

    /**
     * @throws NoSuchFileException if it has no copy
     * @throws IOException if what is known of it cannot be read
     */
    static Source open(ObjectMap map, Mounts mounts, UUID medium, String name) throws IOException {
        List<Copy> copies = map.copies(medium, name);
        if (copies.isEmpty()) {
            throw new NoSuchFileException(name, null, "is not on tape");
        }
        Copy first = copies.get(0);
        ObjectKey key = new ObjectKey(medium, name, first.length(), hash(first));
        return new Source(map, mounts, key, layouts(map, key, copies));
    }

    private static String hash(Copy copy) {
        return HexFormat.of().formatHex(copy.sha256());
    }

    /** @throws IOException if it is not known of any copy where it lies */
    private static List<Layout> layouts(ObjectMap map, ObjectKey key, List<Copy> copies) throws IOException {
        List<Layout> layouts = new ArrayList<>(copies.size());
        IOException unknown = null;
        for (Copy copy : copies) {
            if (copy.length() == key.length() && hash(copy).equals(key.sha256())) {
                try {
                    layouts.add(Layout.of(copy));
                } catch (IOException e) {
                    map.doubt(copy.number(), Reason.of(e));
                    unknown = e;
                }
            }
        }
        if (layouts.isEmpty() && unknown != null) {
            throw unknown;
        }
        return List.copyOf(layouts);
    }

    ObjectKey key() {
        return key;
    }

    /** As {@link org.hikae.api.media.spi.ObjectReader#nextData}: what one copy has left out is zeros in all. */
    long nextData(long position) {
        return layouts.get(0).nextData(position);
    }

    /** What may be other than zeros between two offsets. */
    List<Layout.Part> parts(long from, long to) {
        return layouts.get(0).parts(from, to);
    }

    /**
     * The copy to read some bytes from: the best whose cartridges are there, else the best. Copies that were made since the object was
     * opened are looked for when there is no other.
     *
     * @param tried numbers of copies that were tried without success
     * @return null if there is none
     * @throws IOException if what is known of them cannot be read
     */
    Layout choose(Set<Long> tried, long from, long to) throws IOException {
        Layout known = choose(layouts, tried, from, to);
        if (known != null) {
            return known;
        }
        List<Layout> now = layouts(map, key, map.copies(key.medium(), key.name()));
        if (now.isEmpty()) {
            return null;
        }
        layouts = now;
        return choose(now, tried, from, to);
    }

    private Layout choose(List<Layout> all, Set<Long> tried, long from, long to) throws IOException {
        List<Layout> left = all.stream()
                .filter(layout -> !tried.contains(layout.copy().number()))
                .toList();
        if (left.size() > 1) {
            for (Layout layout : left) {
                if (isPresent(layout, from, to)) {
                    return layout;
                }
            }
        }
        return left.isEmpty() ? null : left.get(0);
    }

    private boolean isPresent(Layout layout, long from, long to) throws IOException {
        for (Layout.Part part : layout.parts(from, to)) {
            if (!mounts.isPresent(map.barcode(part.extent().volume()))) {
                return false;
            }
        }
        return true;
    }

    /** The barcode of a volume. */
    String barcode(UUID volume) throws IOException {
        return map.barcode(volume);
    }

    /** Remembers that a copy could not be read as it was written. */
    void doubt(long copy, String why) throws IOException {
        map.doubt(copy, why);
    }
}
