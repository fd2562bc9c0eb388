package org.hikae.tape.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Tables as bytes, which {@link TableParts} puts into records. */
public final class TableCodec {

    /** Bytes of the content of a table, at most: what is more is damage. */
    static final int MOST = 1 << 26;

    /** Bytes of an object, and positions: with more, sums of them would overflow. */
    private static final long MOST_BYTES = 1L << 60;
    /** What objects are called on media. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9@_-][A-Za-z0-9@._-]{0,99}(/[A-Za-z0-9@_-][A-Za-z0-9@._-]{0,99}){0,3}");

    private static final int MAGIC = 'H' | 'K' << 8 | 'T' << 16 | 'T' << 24;
    private static final int VERSION = 1;
    private static final int PLAIN = 0;
    private static final int ZSTD = 1;
    private static final int LEVEL = 3;
    private static final int GOES_ON = 1;
    private static final int HAS_LOST = 2;
    private static final int HAS_TAILS = 4;

    private TableCodec() {}

    public static byte[] encode(Table table) {
        byte[] content = content(table);
        byte[] packed = Zstd.compress(content, LEVEL);
        boolean smaller = packed.length < content.length;
        return new PackedOutput()
                .putInt(MAGIC)
                .putInt(VERSION)
                .putInt(smaller ? ZSTD : PLAIN)
                .putInt(content.length)
                .putInt(checksum(content))
                .putBytes(smaller ? packed : content)
                .toBytes();
    }

    /** @throws DamagedRecordException if it is no table as it was written */
    public static Table decode(byte[] bytes) throws DamagedRecordException {
        PackedInput in = new PackedInput(bytes);
        if (in.takeInt() != MAGIC) {
            throw new DamagedRecordException("there is something else than a table");
        }
        int version = in.takeInt();
        if (version != VERSION) {
            throw new DamagedRecordException("a table has format version " + version + ", which is not known here");
        }
        int way = in.takeInt();
        int length = in.takeInt();
        int checksum = in.takeInt();
        byte[] content = unpack(way, length, in.takeBytes());
        in.end();
        if (checksum(content) != checksum) {
            throw new DamagedRecordException("a table does not match its checksum");
        }
        return table(new PackedInput(content));
    }

    private static byte[] unpack(int way, int length, byte[] packed) throws DamagedRecordException {
        if (length < 0 || length > MOST || way == PLAIN && length != packed.length) {
            throw new DamagedRecordException("a table cannot have " + length + " bytes");
        }
        if (way == PLAIN) {
            return packed;
        }
        if (way != ZSTD) {
            throw new DamagedRecordException("a table is packed in an unknown way, " + way);
        }
        byte[] content = new byte[length];
        try {
            long unpacked = Zstd.decompress(content, packed);
            if (Zstd.isError(unpacked) || unpacked != length) {
                throw new DamagedRecordException("a table cannot be unpacked");
            }
        } catch (ZstdException e) {
            DamagedRecordException damaged = new DamagedRecordException("a table cannot be unpacked");
            damaged.initCause(e);
            throw damaged;
        }
        return content;
    }

    private static byte[] content(Table table) {
        PackedOutput out = new PackedOutput();
        out.putId(table.session()).putLong(table.number()).putId(table.home()).putText(table.pool());
        out.putLong(table.written().toEpochMilli());
        out.putInt((table.goesOn() ? GOES_ON : 0) | (table.lost().isEmpty() ? 0 : HAS_LOST) | HAS_TAILS);
        put(out, table.volumes());
        table.volumes().forEach(volume -> out.putLong(volume.tail()));
        if (!table.lost().isEmpty()) {
            put(out, table.lost());
        }
        Map<UUID, Integer> used = used(table);
        out.putInt(used.size());
        used.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(entry -> out.putId(entry.getKey()));
        out.putInt(table.extents().size());
        for (Table.Extent extent : table.extents()) {
            out.putLong(extent.object()).putLong(extent.offset()).putLong(extent.length());
            out.putInt(used.get(extent.volume())).putLong(extent.block()).putInt(extent.payload());
        }
        out.putInt(table.objects().size());
        for (Table.StoredObject object : table.objects()) {
            out.putLong(object.object()).putId(object.medium()).putText(object.mediumName());
            out.putText(object.name()).putLong(object.length()).putBytes(object.sha256());
            out.putLong(object.stored());
        }
        return out.toBytes();
    }

    private static void put(PackedOutput out, List<Table.Volume> volumes) {
        out.putInt(volumes.size());
        volumes.forEach(volume -> out.putId(volume.volume()).putText(volume.barcode()));
    }

    private static Map<UUID, Integer> used(Table table) {
        Map<UUID, Integer> used = new HashMap<>();
        table.extents().forEach(extent -> used.putIfAbsent(extent.volume(), used.size()));
        return used;
    }

    private static Table table(PackedInput in) throws DamagedRecordException {
        UUID session = in.takeId();
        long number = in.takeLength();
        UUID home = in.takeId();
        String pool = text(in);
        Instant written = Instant.ofEpochMilli(in.takeLong());
        int flags = in.takeInt();
        List<Table.Volume> volumes = volumes(in);
        if ((flags & HAS_TAILS) != 0) {
            takeTails(in, volumes);
        }
        List<Table.Volume> lost = (flags & HAS_LOST) == 0 ? List.of() : volumes(in);
        List<Table.Extent> extents = extents(in);
        List<Table.StoredObject> objects = objects(in);
        in.end();
        return new Table(session, number, home, pool, written, (flags & GOES_ON) != 0, volumes, lost, extents, objects);
    }

    private static void takeTails(PackedInput in, List<Table.Volume> volumes) throws DamagedRecordException {
        for (int i = 0; i < volumes.size(); i++) {
            Table.Volume volume = volumes.get(i);
            volumes.set(i, new Table.Volume(volume.volume(), volume.barcode(), in.takeLength()));
        }
    }

    private static List<Table.Volume> volumes(PackedInput in) throws DamagedRecordException {
        List<Table.Volume> volumes = new ArrayList<>();
        for (int left = in.takeCount(20); left > 0; left--) {
            volumes.add(new Table.Volume(in.takeId(), text(in), 0));
        }
        return volumes;
    }

    private static List<Table.Extent> extents(PackedInput in) throws DamagedRecordException {
        List<UUID> used = new ArrayList<>();
        for (int left = in.takeCount(16); left > 0; left--) {
            used.add(in.takeId());
        }
        List<Table.Extent> extents = new ArrayList<>();
        for (int left = in.takeCount(40); left > 0; left--) {
            long object = in.takeLength();
            long offset = in.takeLength();
            long length = in.takeLength();
            int volume = in.takeInt();
            long block = in.takeLength();
            int payload = in.takeInt();
            if (length == 0
                    || offset > MOST_BYTES - length
                    || block > MOST_BYTES
                    || payload < 1
                    || volume < 0
                    || volume >= used.size()) {
                throw new DamagedRecordException("a table names bytes that cannot be");
            }
            extents.add(new Table.Extent(object, offset, length, used.get(volume), block, payload));
        }
        return extents;
    }

    private static List<Table.StoredObject> objects(PackedInput in) throws DamagedRecordException {
        List<Table.StoredObject> objects = new ArrayList<>();
        for (int left = in.takeCount(52); left > 0; left--) {
            Table.StoredObject object = new Table.StoredObject(
                    in.takeLength(), in.takeId(), text(in), text(in), in.takeLength(), in.takeBytes(), in.takeLength());
            if (!NAME.matcher(object.name()).matches()
                    || object.sha256().length != 32
                    || object.length() > MOST_BYTES
                    || object.stored() > object.length()) {
                throw new DamagedRecordException("a table names an object that cannot be");
            }
            objects.add(object);
        }
        return objects;
    }

    /** A text that is not left out. */
    private static String text(PackedInput in) throws DamagedRecordException {
        String text = in.takeText();
        if (text == null) {
            throw new DamagedRecordException("a table leaves a name out");
        }
        return text;
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
