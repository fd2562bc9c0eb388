package org.hikae.fs.shared.store.region;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Checksum;

/**
 * Numbered messages, written so that half a message can be told from a damaged one. A disk writes each sector in full or not
 * at all: so each has a checksum and the message's number of its own. After a power cut, some sectors are whole and new, and
 * the others whole and old; a sector that is not whole was whole once, and what was durable is not to be passed over as if it
 * had never been written.
 */
public final class Sectors {

    /** Messages begin at multiples of it and are padded to it, so that no later write touches them. */
    public static final int BLOCK = 4096;

    static final int SECTOR = 512;
    private static final int HEADER = 24;
    private static final int CONTENT = SECTOR - HEADER;
    private static final int WINDOW = 1 << 20;

    private final String structure;
    private final byte[] salt;

    /**
     * @param structure what errors name
     * @param id of the file system: what another one has left behind is not believed
     */
    public Sectors(String structure, UUID id) {
        this.structure = structure;
        this.salt = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Bytes that a message takes. */
    public static long bytes(int content) {
        long sectors = Math.max(1, (content + CONTENT - 1L) / CONTENT);
        return (sectors * SECTOR + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** The longest message that fits into so many bytes. */
    public static int longest(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE / 2, bytes / BLOCK * (BLOCK / SECTOR) * CONTENT);
    }

    /** Writes a message; it is not durable yet. */
    public void write(Span span, long at, long number, ByteBuffer content) throws IOException {
        int length = content.remaining();
        ByteBuffer bytes = ByteBuffer.allocate((int) bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
        int count = bytes.capacity() / SECTOR;
        for (int index = 0; index < count; index++) {
            int start = index * SECTOR;
            bytes.position(start + Integer.BYTES);
            bytes.putLong(number).putInt(index).putInt(count).putInt(length);
            int part = Math.min(CONTENT, content.remaining());
            bytes.put(content.slice(content.position(), part));
            content.position(content.position() + part);
            bytes.putInt(start, sum(bytes, start));
        }
        span.write(bytes.rewind(), at);
    }

    /**
     * Reads what begins at a place.
     *
     * @return empty if nothing was ever written there
     * @throws FileSystemRefusedException if it is damaged
     */
    public Optional<Message> read(Span span, long at) throws IOException {
        ByteBuffer first = bytes(span, at, SECTOR);
        if (isBlank(first)) {
            return Optional.empty();
        }
        Head head = head(span, first, at);
        if (head.index != 0) {
            // the rest of a longer one that was here once
            return Optional.of(new Message(head.number, null, BLOCK));
        }
        long bytes = (long) head.count * SECTOR;
        if (bytes % BLOCK != 0 || bytes > span.size() - at || head.count < 1 || bytes(head.length) != bytes) {
            throw damaged(span, at, "a message of " + head.length + " bytes in " + head.count + " sectors cannot be");
        }
        return Optional.of(new Message(head.number, content(span, at, head), bytes));
    }

    /** The greatest number of any sector that is whole; -1 if there is none. */
    public long highest(Span span, long from) throws IOException {
        long highest = -1;
        for (long at = from; at < span.size(); at += WINDOW) {
            ByteBuffer window = bytes(span, at, (int) Math.min(WINDOW, span.size() - at));
            for (int start = 0; start < window.limit(); start += SECTOR) {
                long number = window.getLong(start + Integer.BYTES);
                if (number > highest && window.getInt(start) == sum(window, start)) {
                    highest = number;
                }
            }
        }
        return highest;
    }

    /** Null if a part of it was never written. */
    private byte[] content(Span span, long at, Head expected) throws IOException {
        ByteBuffer all = bytes(span, at, expected.count * SECTOR);
        byte[] content = new byte[expected.length];
        boolean torn = false;
        for (int index = 0; index < expected.count; index++) {
            ByteBuffer sector = all.slice(index * SECTOR, SECTOR).order(ByteOrder.LITTLE_ENDIAN);
            if (isBlank(sector)) {
                torn = true;
                continue;
            }
            Head head = head(span, sector, at + (long) index * SECTOR);
            torn |= head.number != expected.number;
            if (!torn && !head.equals(new Head(expected.number, index, expected.count, expected.length))) {
                throw damaged(span, at, "its sectors do not belong together");
            }
            int done = Math.min(index * CONTENT, expected.length);
            sector.get(HEADER, content, done, Math.min(CONTENT, expected.length - done));
        }
        return torn ? null : content;
    }

    private Head head(Span span, ByteBuffer sector, long at) throws IOException {
        if (sector.getInt(0) != sum(sector, 0)) {
            throw damaged(span, at, "the checksum of the sector at byte " + at + " is wrong");
        }
        return new Head(sector.getLong(4), sector.getInt(12), sector.getInt(16), sector.getInt(20));
    }

    private int sum(ByteBuffer bytes, int start) {
        return Checksum.of(salt, bytes.slice(start + Integer.BYTES, SECTOR - Integer.BYTES));
    }

    private static ByteBuffer bytes(Span span, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        span.read(bytes, at);
        return bytes.flip();
    }

    private static boolean isBlank(ByteBuffer sector) {
        for (int at = 0; at < SECTOR; at += Long.BYTES) {
            if (sector.getLong(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private FileSystemRefusedException damaged(Span span, long at, String why) {
        return new FileSystemRefusedException(structure, span.block(at), why);
    }

    private record Head(long number, int index, int count, int length) {}

    /**
     * A message that was found.
     *
     * @param content null if it was not written to its end
     * @param bytes that it takes
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Message(long number, byte[] content, long bytes) {

        public boolean isWhole() {
            return content != null;
        }
    }
}
