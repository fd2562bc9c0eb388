package org.hikae.tapevirtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.TapeMediumException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tapes that are cut off anywhere, or changed anywhere. */
class DamageTest {

    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private final Random random = new Random(SEED);
    private final List<byte[]> objects = new ArrayList<>();
    private Rig rig;
    private Path file;
    private TapBytes tape;

    @BeforeEach
    void prepare() throws Exception {
        System.out.println("damaged tapes, -Dhikae.seed=" + SEED);
        rig = new Rig(folder);
        rig.loaded();
        file = rig.file();
        tape = new TapBytes();
        for (int length : new int[] {20, 1, 2, 0, 0, 7, 64, 65, 66, 0, 12, 12, 0, 32, 0}) {
            byte[] record = new byte[length];
            random.nextBytes(record);
            objects.add(length == 0 ? null : record);
            tape = length == 0 ? tape.filemark() : tape.record(record);
        }
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private VirtualDrive load(byte[] bytes) throws IOException {
        VirtualDrive drive = rig.library().drive(0);
        drive.unload();
        Files.write(file, bytes);
        drive.load();
        return drive;
    }

    /** What can be read: the objects, an empty array for each that cannot. */
    private static List<byte[]> readAll(VirtualDrive drive) throws IOException {
        List<byte[]> read = new ArrayList<>();
        drive.rewind();
        while (true) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            long before = drive.position();
            try {
                ReadRecords records = drive.read(List.of(buffer));
                if (records.end() == ReadRecords.End.DATA) {
                    assertThat(drive.position()).isEqualTo(before);
                    return read;
                }
                read.add(records.records() == 0 ? null : Arrays.copyOf(buffer.array(), buffer.limit()));
            } catch (TapeMediumException e) {
                read.add(new byte[0]);
                if (drive.position() == before) {
                    return read; // the drive cannot pass over it
                }
            }
        }
    }

    private static void assertSame(List<byte[]> read, List<byte[]> expected) {
        assertThat(Arrays.deepEquals(read.toArray(), expected.toArray()))
                .as("%d objects, expected %d", read.size(), expected.size())
                .isTrue();
    }

    private int wholeBefore(int end) {
        int count = 0;
        while (count + 1 < objects.size() && tape.starts().get(count + 1) <= end) {
            count++;
        }
        return end == tape.bytes().length ? objects.size() : count;
    }

    @Test
    void readsWhatIsWholeOfATapeThatIsCutOff() throws Exception {
        byte[] whole = tape.bytes();
        for (int length = 0; length <= whole.length; length++) {
            VirtualDrive drive = load(Arrays.copyOf(whole, length));
            int expected = wholeBefore(length);
            assertSame(readAll(drive), objects.subList(0, expected));
            drive.rewind();
            drive.spaceToEnd();
            assertThat(drive.position()).isEqualTo(expected);
            long beyond = expected + 1;
            assertThatThrownBy(() -> drive.locate(beyond)).isInstanceOf(EndOfDataException.class);
            drive.write(List.of(ByteBuffer.wrap(new byte[] {9})));
            drive.writeFilemarks(1);
            List<byte[]> appended = new ArrayList<>(objects.subList(0, expected));
            appended.add(new byte[] {9});
            appended.add(null);
            assertSame(readAll(drive), appended);
        }
    }

    @Test
    void losesOneObjectByOneWrongBit() throws Exception {
        byte[] whole = tape.bytes();
        for (int bit : bits(whole.length)) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            List<byte[]> read = readAll(load(changed));
            int hit = objectAt(bit / 8);
            assertThat(read.size()).as("bit %d", bit).isGreaterThanOrEqualTo(hit);
            for (int i = 0; i < read.size(); i++) {
                // Data have no checksum here; what was hit may be lost, and what it stood before must not move.
                if (i != hit) {
                    assertThat(read.get(i)).as("bit %d, object %d", bit, i).isEqualTo(objects.get(i));
                }
            }
            boolean last = hit == objects.size() - 1;
            assertThat(read.size()).as("bit %d", bit).isIn(last ? List.of(hit, hit + 1) : List.of(objects.size()));
        }
    }

    /** All of the words, and by day some of the data. */
    private List<Integer> bits(int length) {
        List<Integer> bits = new ArrayList<>();
        for (int bit = 0; bit < length * 8; bit++) {
            int object = objectAt(bit / 8);
            int within = bit / 8 - tape.starts().get(object);
            int size = objects.get(object) == null ? 0 : objects.get(object).length;
            boolean isData = within >= 4 && within < 4 + size;
            if (!isData || Boolean.getBoolean("hikae.long") || bit % 40 == 0) {
                bits.add(bit);
            }
        }
        return bits;
    }

    private int objectAt(int place) {
        int at = 0;
        while (at + 1 < objects.size() && tape.starts().get(at + 1) <= place) {
            at++;
        }
        return at;
    }

    @Test
    void findsTheNextRecordWhenTheWordsBetweenTwoAreWrong() throws Exception {
        byte[] whole = tape.bytes();
        int between = tape.starts().get(7);
        Arrays.fill(whole, between - 4, between + 4, (byte) 0x55);
        List<byte[]> read = readAll(load(whole));
        assertThat(read).hasSameSizeAs(objects);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(i == 6 || i == 7 ? new byte[0] : objects.get(i));
        }
    }

    @Test
    void believesNoTapeWithinARecord() throws Exception {
        byte[] inner = new byte[tape.bytes().length];
        System.arraycopy(tape.bytes(), 0, inner, 0, inner.length);
        TapBytes outer = new TapBytes()
                .record(inner)
                .record(inner)
                .filemark()
                .record(inner)
                .filemark();
        for (int word = 0; word < 4; word++) {
            byte[] changed = outer.bytes();
            int place = outer.starts().get(1) + (word < 2 ? 0 : -4);
            ByteBuffer.wrap(changed)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(place, word % 2 == 0 ? 0x777777 : inner.length + 4);
            List<byte[]> read = readAll(load(changed));
            assertThat(read.size()).as("word %d", word).isEqualTo(5);
            assertThat(read.get(3)).isEqualTo(inner);
            assertThat(read.get(word < 2 ? 1 : 0)).isEmpty();
            assertThat(read.get(word < 2 ? 0 : 1)).isEqualTo(inner);
        }
    }

    @Test
    void endsWithAnExceptionWhateverIsThere() throws Exception {
        for (int i = 0; i < (Boolean.getBoolean("hikae.long") ? 20_000 : 200); i++) {
            byte[] bytes = tape.bytes();
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(Math.min(60, bytes.length - from));
            for (int at = from; at < to; at++) {
                bytes[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : 0);
            }
            VirtualDrive drive = load(bytes);
            List<byte[]> read = readAll(drive);
            int whole = wholeBefore(from);
            assertThat(read.size()).isGreaterThanOrEqualTo(whole);
            assertSame(read.subList(0, whole), objects.subList(0, whole));
            attempt(drive::spaceToEnd);
            attempt(() -> drive.spaceFilemarks(9));
            attempt(() -> drive.locate(7));
        }
    }

    /** Done, or refused as the contract allows. */
    private static void attempt(Loading.Action action) {
        try {
            action.run();
        } catch (IOException e) {
            assertThat(e).hasMessageMatching(".*position.*");
        }
    }
}
