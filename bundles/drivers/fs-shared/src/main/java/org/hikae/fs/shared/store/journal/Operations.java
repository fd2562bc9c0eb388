package org.hikae.fs.shared.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.Table;

/** What transactions did, in order, as the journal has it. Not thread-safe. */
public final class Operations {

    private static final int HEADER = 8;
    private static final int REMOVED = -1;
    private static final int SMALLEST = 256;
    /** What is allocated when it is emptied: more was needed once, and may never be again. */
    private static final int LARGEST_KEPT = 1 << 20;

    private ByteBuffer bytes = ByteBuffer.allocate(SMALLEST).order(ByteOrder.LITTLE_ENDIAN);

    public void put(Table table, byte[] key, byte[] value) {
        room(HEADER + key.length + value.length);
        bytes.putShort((short) table.ordinal()).putShort((short) key.length).putInt(value.length);
        bytes.put(key).put(value);
    }

    public void remove(Table table, byte[] key) {
        room(HEADER + key.length);
        bytes.putShort((short) table.ordinal()).putShort((short) key.length).putInt(REMOVED);
        bytes.put(key);
    }

    public void addAll(Operations others) {
        room(others.size());
        bytes.put(others.bytes.array(), 0, others.size());
    }

    /** Bytes. */
    public int size() {
        return bytes.position();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** The bytes; valid until the next change. */
    public ByteBuffer content() {
        return bytes.duplicate().flip();
    }

    public void clear() {
        bytes = bytes.capacity() > LARGEST_KEPT
                ? ByteBuffer.allocate(SMALLEST).order(ByteOrder.LITTLE_ENDIAN)
                : bytes.clear();
    }

    /** Does again what the bytes say. */
    static void replay(byte[] content, Target target) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            check(bytes.remaining() >= HEADER);
            Table table = table(bytes.getShort());
            int keyLength = bytes.getShort();
            int valueLength = bytes.getInt();
            check(keyLength >= 1 && keyLength <= MetadataStore.LONGEST_KEY);
            check(valueLength >= REMOVED && valueLength <= MetadataStore.LONGEST_VALUE);
            check(bytes.remaining() >= keyLength + Math.max(0, valueLength));
            byte[] key = take(bytes, keyLength);
            if (valueLength == REMOVED) {
                target.remove(table, key);
            } else {
                target.put(table, key, take(bytes, valueLength));
            }
        }
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static Table table(int number) throws FileSystemRefusedException {
        check(number >= 0 && number < Table.values().length);
        return Table.values()[number];
    }

    private static void check(boolean right) throws FileSystemRefusedException {
        if (!right) {
            throw new FileSystemRefusedException("journal", -1, "a record of it says what cannot be");
        }
    }

    private void room(int needed) {
        if (bytes.remaining() < needed) {
            int capacity = Math.max(Math.addExact(bytes.position(), needed), (int)
                    Math.min(Integer.MAX_VALUE - 16, bytes.capacity() * 2L));
            byte[] more = Arrays.copyOf(bytes.array(), capacity);
            bytes = ByteBuffer.wrap(more).order(ByteOrder.LITTLE_ENDIAN).position(bytes.position());
        }
    }

    /** Where the journal is replayed to. */
    public interface Target {
        void put(Table table, byte[] key, byte[] value) throws IOException;

        void remove(Table table, byte[] key) throws IOException;
    }
}
