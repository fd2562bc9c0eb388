package org.hikae.files.center.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.hikae.api.media.spi.ObjectReader;

/**
 * An object without what others have too: which of its bytes lie elsewhere. It is stored as the bytes that are left, this, and an end. See
 * docs/formats/file-part.md. Immutable.
 *
 * @param length of the object as it is read
 * @param cuts in ascending order, none over another
 */
record SlimForm(long length, List<Cut> cuts) {

    /** Magic, version, zeros, length of the object (8), of the list (4), CRC32C of the list, CRC32C of these. */
    static final int END = 28;

    private static final int MAGIC = 0x484B_4643;
    private static final short VERSION = 1;
    private static final int ID = 16;
    private static final int CUT = 24;
    /** A part has fewer frames than would make the list half as long. */
    private static final int MAX_LIST = 16 << 20;

    SlimForm {
        cuts = List.copyOf(cuts);
    }

    /** One of which nothing lies elsewhere. */
    static SlimForm whole(long length) {
        return new SlimForm(length, List.of());
    }

    /** Bytes that are stored with it. */
    long left() {
        return length - cuts.stream().mapToLong(Cut::length).sum();
    }

    /** Objects in which some of it lies. */
    Set<UUID> commons() {
        Set<UUID> commons = new TreeSet<>();
        cuts.forEach(cut -> commons.add(cut.common()));
        return commons;
    }

    /** Index of the first cut that ends behind a position; the number of cuts if there is none. */
    int after(long position) {
        int low = 0;
        int high = cuts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cuts.get(middle).end() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    ByteBuffer encode() {
        Map<UUID, Integer> index = new LinkedHashMap<>();
        commons().forEach(id -> index.put(id, index.size()));
        ByteBuffer list = ByteBuffer.allocate(2 * Integer.BYTES + ID * index.size() + CUT * cuts.size());
        list.putInt(index.size());
        index.keySet().forEach(id -> list.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()));
        list.putInt(cuts.size());
        cuts.forEach(cut -> list.putLong(cut.position())
                .putInt(cut.length())
                .putInt(index.get(cut.common()))
                .putLong(cut.offset()));
        list.flip();
        ByteBuffer end = ByteBuffer.allocate(END);
        end.putInt(MAGIC).putShort(VERSION).putShort((short) 0).putLong(length).putInt(list.limit());
        end.putInt(crc(list.array(), list.limit()));
        end.putInt(crc(end.array(), end.position())).flip();
        return ByteBuffer.allocate(list.limit() + END).put(list).put(end).flip();
    }

    /**
     * Reads it.
     *
     * @throws DamagedFormException if it is damaged
     * @throws IOException if it cannot be read
     */
    static SlimForm read(ObjectReader object) throws IOException {
        long stored = object.length();
        require(stored >= END);
        ByteBuffer end = bytes(object, stored - END, END);
        require(end.getInt(END - Integer.BYTES) == crc(end.array(), END - Integer.BYTES) && end.getInt() == MAGIC);
        if (end.getShort() != VERSION) {
            throw new DamagedFormException("it has version " + end.getShort(4) + ", which is not known here");
        }
        end.getShort();
        long length = end.getLong();
        int list = end.getInt();
        require(list >= 2 * Integer.BYTES && list <= Math.min(MAX_LIST, stored - END));
        ByteBuffer bytes = bytes(object, stored - END - list, list);
        require(end.getInt() == crc(bytes.array(), list));
        SlimForm form = decode(length, bytes);
        require(form.left() == stored - END - list);
        return form;
    }

    private static SlimForm decode(long length, ByteBuffer list) throws DamagedFormException {
        int ids = list.getInt();
        require(ids >= 0 && ids <= (list.remaining() - Integer.BYTES) / ID);
        List<UUID> commons = new ArrayList<>(ids);
        for (int i = 0; i < ids; i++) {
            commons.add(new UUID(list.getLong(), list.getLong()));
        }
        int count = list.getInt();
        require(count >= 0 && list.remaining() == (long) count * CUT);
        List<Cut> cuts = new ArrayList<>(count);
        long at = 0;
        for (int i = 0; i < count; i++) {
            long position = list.getLong();
            int bytes = list.getInt();
            int common = list.getInt();
            long offset = list.getLong();
            require(position >= at && bytes > 0 && position <= length - bytes);
            require(common >= 0 && common < ids && offset >= 0 && offset <= Long.MAX_VALUE / 2);
            at = position + bytes;
            cuts.add(new Cut(position, bytes, commons.get(common), offset));
        }
        return new SlimForm(length, cuts);
    }

    private static ByteBuffer bytes(ObjectReader object, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        object.read(bytes, position);
        return bytes.flip();
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void require(boolean right) throws DamagedFormException {
        if (!right) {
            throw new DamagedFormException("what it says of the bytes that lie elsewhere is damaged");
        }
    }
}
