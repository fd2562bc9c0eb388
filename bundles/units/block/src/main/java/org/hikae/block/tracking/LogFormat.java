package org.hikae.block.tracking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.hikae.api.block.BlockRun;

/**
 * The region log as bytes: a header and batches of records, in whole sectors, and everything twice. The file has its full
 * length from the start, zeros behind the last batch.
 *
 * <p>So a batch that a crash has torn, which nobody relied on yet, and one that was damaged later look different: of a
 * batch that was once durable one copy is still whole, unless both are hit.
 */
public final class LogFormat {

    static final int SECTOR = 512;
    /** The most records in a batch, so that it is never long. */
    public static final int MAX_RECORDS = 1000;

    private static final byte[] HEADER_MAGIC = "HIKAETRL".getBytes(StandardCharsets.US_ASCII);
    private static final int BATCH_MAGIC = 0x42524b48;
    private static final int VERSION = 1;
    private static final int BATCH_HEADER = 24;
    private static final int RECORD = 24;
    private static final int CRC_AT = 4;

    private LogFormat() {}

    /** Which log it is: no other's batches are taken for its own. */
    public record Identity(UUID disk, UUID lineage, long number) {}

    /** A new log of that many bytes, a multiple of {@link #SECTOR}. */
    static byte[] create(Identity log, int length) {
        byte[] bytes = new byte[length];
        for (int copy = 0; copy < 2; copy++) {
            ByteBuffer.wrap(bytes, copy * SECTOR, SECTOR).put(header(log, length));
        }
        return bytes;
    }

    /** Where the first batch lies. */
    static int start() {
        return 2 * SECTOR;
    }

    private static byte[] header(Identity log, int length) {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(HEADER_MAGIC).putInt(VERSION).putInt(0);
        sector.order(ByteOrder.BIG_ENDIAN);
        sector.putLong(log.disk().getMostSignificantBits()).putLong(log.disk().getLeastSignificantBits());
        sector.putLong(log.lineage().getMostSignificantBits())
                .putLong(log.lineage().getLeastSignificantBits());
        sector.order(ByteOrder.LITTLE_ENDIAN).putLong(log.number()).putLong(length);
        return Sealed.seal(new String(HEADER_MAGIC, StandardCharsets.US_ASCII), sector.array());
    }

    /**
     * A batch, both copies of it.
     *
     * @param sequence 1 for the first batch of a log, one more for each
     */
    static ByteBuffer batch(Identity log, long sequence, List<LogEntry> entries) {
        int used = BATCH_HEADER + RECORD * entries.size();
        int length = (used + SECTOR - 1) / SECTOR * SECTOR;
        ByteBuffer copy = ByteBuffer.allocate(2 * length).order(ByteOrder.LITTLE_ENDIAN);
        copy.putInt(BATCH_MAGIC).putInt(0).putLong(log.number());
        copy.putInt((int) sequence).putInt(entries.size());
        for (LogEntry entry : entries) {
            copy.putLong(entry.epoch())
                    .putLong(entry.regions().first())
                    .putLong(entry.regions().count());
        }
        copy.putInt(CRC_AT, checksum(copy.array(), 0, used));
        copy.put(length, copy.array(), 0, length);
        return copy.position(0);
    }

    /**
     * The records of a log.
     *
     * @throws DamagedException if the file is not this log, or some of what was durable cannot be read
     */
    static List<LogEntry> read(String name, Identity log, byte[] bytes) throws DamagedException {
        byte[] header = header(log, bytes.length);
        ByteBuffer whole = ByteBuffer.wrap(bytes);
        if (bytes.length < start()
                || !whole.slice(0, SECTOR).equals(ByteBuffer.wrap(header))
                        && !whole.slice(SECTOR, SECTOR).equals(ByteBuffer.wrap(header))) {
            throw new DamagedException("its file " + name + " is damaged: it is cut off, or not this disk's log");
        }
        SortedMap<Integer, List<LogEntry>> batches = new TreeMap<>();
        try {
            for (int at = start(); at + SECTOR <= bytes.length; at += SECTOR) {
                readBatch(log, bytes, at, batches);
            }
        } catch (IllegalArgumentException e) {
            throw new DamagedException("its file " + name + " is damaged: it makes no sense");
        }
        if (!batches.isEmpty() && batches.lastKey() != batches.size()) {
            throw new DamagedException("its file " + name + " is damaged: records in it cannot be read");
        }
        return batches.values().stream().flatMap(List::stream).toList();
    }

    private static void readBatch(Identity log, byte[] bytes, int at, SortedMap<Integer, List<LogEntry>> batches) {
        ByteBuffer in = ByteBuffer.wrap(bytes, at, bytes.length - at).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != BATCH_MAGIC) {
            return;
        }
        int crc = in.getInt();
        long number = in.getLong();
        int sequence = in.getInt();
        int count = in.getInt();
        int used = BATCH_HEADER + RECORD * Math.min(Math.max(count, 0), MAX_RECORDS);
        if (count < 1 || count > MAX_RECORDS || used > bytes.length - at || number != log.number()) {
            return;
        }
        if (crc == checksum(bytes, at, used)) {
            batches.put(sequence, records(in, count));
        }
    }

    private static List<LogEntry> records(ByteBuffer in, int count) {
        List<LogEntry> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new LogEntry(in.getLong(), new BlockRun(in.getLong(), in.getLong())));
        }
        return records;
    }

    /** Of a copy of a batch, without the checksum itself. */
    private static int checksum(byte[] bytes, int at, int used) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, CRC_AT);
        crc.update(bytes, at + CRC_AT + 4, used - CRC_AT - 4);
        return (int) crc.getValue();
    }
}
