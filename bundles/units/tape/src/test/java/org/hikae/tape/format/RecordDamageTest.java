package org.hikae.tape.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.tape.spi.RecordLimits;
import org.junit.jupiter.api.Test;

/** Records and tables are read as they were written; with a bit less or more they are refused (I9). */
class RecordDamageTest {

    private static final UUID SESSION = new UUID(3, 4);
    private static final RecordLimits ANY = new RecordLimits(1, 1 << 20, 1);
    private static final int PAYLOAD = 200;

    private final Random random = new Random(1);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private ByteBuffer record() {
        ByteBuffer record = ByteBuffer.allocate(300);
        record.put(RecordHeader.BYTES, bytes(PAYLOAD), 0, PAYLOAD);
        header().seal(record);
        return record;
    }

    private static RecordHeader header() {
        return new RecordHeader(RecordHeader.Kind.DATA, PAYLOAD, 1L << 40, SESSION, 7, 1L << 50);
    }

    private Table table(int count) {
        List<Table.Volume> volumes = new ArrayList<>();
        List<Table.Extent> extents = new ArrayList<>();
        List<Table.StoredObject> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            volumes.add(new Table.Volume(new UUID(i, i), "HK000" + i + "L9", 7L * i));
            extents.add(new Table.Extent(i, (long) i << 33, 5000 + i, new UUID(i % 3, i % 3), 2 + 9L * i, 960));
            objects.add(new Table.StoredObject(
                    i, new UUID(9, 9), "Mödium \uD83D\uDCFC", "d@1/data." + i, 1L << 45, bytes(32), 5000 + i));
        }
        List<Table.Volume> lost = volumes.stream()
                .limit(count / 2)
                .map(volume -> new Table.Volume(volume.volume(), volume.barcode(), 0))
                .toList();
        return new Table(
                SESSION, 5, new UUID(8, 8), "pool ü", Instant.ofEpochMilli(123), true, volumes, lost, extents, objects);
    }

    private static void checkSame(Table one, Table other) {
        assertThat(other.session()).isEqualTo(one.session());
        assertThat(other.number()).isEqualTo(one.number());
        assertThat(other.home()).isEqualTo(one.home());
        assertThat(other.pool()).isEqualTo(one.pool());
        assertThat(other.written()).isEqualTo(one.written());
        assertThat(other.goesOn()).isEqualTo(one.goesOn());
        assertThat(other.volumes()).isEqualTo(one.volumes());
        assertThat(other.lost()).isEqualTo(one.lost());
        assertThat(other.extents()).isEqualTo(one.extents());
        assertThat(other.objects().stream().map(RecordDamageTest::text).toList())
                .isEqualTo(one.objects().stream().map(RecordDamageTest::text).toList());
    }

    private static String text(Table.StoredObject object) {
        return String.join(
                " ",
                object.object() + "",
                object.medium() + "",
                object.mediumName(),
                object.name(),
                object.length() + "",
                Arrays.toString(object.sha256()),
                object.stored() + "");
    }

    private static Table join(List<ByteBuffer> records) throws IOException {
        TableParts parts = null;
        for (ByteBuffer record : records) {
            ByteBuffer copy = record.duplicate();
            RecordHeader header = RecordHeader.open(copy);
            parts = parts == null ? new TableParts(header) : parts;
            parts.add(header, copy);
        }
        return parts.join();
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws IOException {
        ByteBuffer record = record();
        byte[] payload = Arrays.copyOfRange(record.array(), RecordHeader.BYTES, RecordHeader.BYTES + PAYLOAD);
        assertThat(RecordHeader.open(record)).isEqualTo(header());
        byte[] read = new byte[record.remaining()];
        record.get(read);
        assertThat(read).isEqualTo(payload);
    }

    @Test
    void everyBitOfARecordCounts() {
        ByteBuffer record = record();
        for (int bit = 0; bit < (RecordHeader.BYTES + PAYLOAD) * 8; bit++) {
            byte[] damaged = record.array().clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> RecordHeader.open(ByteBuffer.wrap(damaged)))
                    .as("bit %d", bit)
                    .isInstanceOf(DamagedRecordException.class);
        }
    }

    @Test
    void aRecordThatIsCutOffIsRefused() {
        ByteBuffer record = record();
        for (int length = 0; length < RecordHeader.BYTES + PAYLOAD; length++) {
            ByteBuffer cut = ByteBuffer.wrap(record.array(), 0, length);
            assertThatThrownBy(() -> RecordHeader.open(cut)).isInstanceOf(DamagedRecordException.class);
        }
    }

    @Test
    void aTableIsReadAsItWasWrittenInHoweverManyRecords() throws IOException {
        for (int count : List.of(0, 1, 50, 500)) {
            for (int most : List.of(1024, 4096, RecordSizes.USUAL)) {
                Table table = table(count);
                List<ByteBuffer> records = TableParts.split(table, RecordSizes.of(ANY, most), 77);
                assertThat(records)
                        .allSatisfy(record -> assertThat(record.limit()).isLessThanOrEqualTo(most));
                checkSame(table, join(records));
            }
        }
    }

    @Test
    void recordsHaveTheLengthsThatADriveTakes() throws IOException {
        RecordSizes sizes = RecordSizes.of(new RecordLimits(2048, 100_000, 512));
        assertThat(sizes.full()).isEqualTo(99_840);
        for (int payload = 1; payload <= sizes.payload(); payload += 37) {
            assertThat(sizes.limits().allow(sizes.record(payload))).isTrue();
            assertThat(sizes.record(payload)).isGreaterThanOrEqualTo(payload + RecordHeader.BYTES);
        }
        assertThatThrownBy(() -> RecordSizes.of(new RecordLimits(1, 500, 1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RecordSizes.of(new RecordLimits(1 << 19, 1 << 20, 1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() throws IOException {
        List<ByteBuffer> records = TableParts.split(table(200), RecordSizes.of(ANY, 1024), 0);
        assertThat(records.size()).isGreaterThan(3);
        List<ByteBuffer> missing = new ArrayList<>(records);
        missing.remove(1);
        assertThatThrownBy(() -> join(missing)).isInstanceOf(DamagedRecordException.class);
        assertThatThrownBy(() -> join(records.subList(0, records.size() - 1)))
                .isInstanceOf(DamagedRecordException.class);
    }

    /** As by somebody who knows the format. */
    @Test
    void whatATableCannotNameIsRefused() throws IOException {
        Table right = table(1);
        checkSame(right, TableCodec.decode(TableCodec.encode(right)));
        for (String name : Arrays.asList("", "../x", "/x", "x/", "a b", "a/.b", "a/b/c/d/e", "a".repeat(101), null)) {
            Table.StoredObject object = right.objects().get(0);
            Table wrong = with(
                    right,
                    right.pool(),
                    new Table.StoredObject(
                            0,
                            object.medium(),
                            object.mediumName(),
                            name,
                            object.length(),
                            object.sha256(),
                            object.stored()));
            assertThatThrownBy(() -> TableCodec.decode(TableCodec.encode(wrong)))
                    .as(name)
                    .isInstanceOf(DamagedRecordException.class);
        }
        Table nowhere = with(right, null, right.objects().get(0));
        assertThatThrownBy(() -> TableCodec.decode(TableCodec.encode(nowhere)))
                .isInstanceOf(DamagedRecordException.class);
    }

    private static Table with(Table table, String pool, Table.StoredObject object) {
        return new Table(
                table.session(),
                table.number(),
                table.home(),
                pool,
                table.written(),
                table.goesOn(),
                table.volumes(),
                table.lost(),
                table.extents(),
                List.of(object));
    }

    /** The checksum of its record would tell; what is behind that believes nothing all the same. */
    @Test
    void aTableWithAnyBitChangedIsRefusedOrReadAsItWas() throws IOException {
        Table table = table(2);
        byte[] bytes = TableCodec.encode(table);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                checkSame(table, TableCodec.decode(damaged));
            } catch (DamagedRecordException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> TableCodec.decode(cut)).isInstanceOf(DamagedRecordException.class);
        }
    }
}
