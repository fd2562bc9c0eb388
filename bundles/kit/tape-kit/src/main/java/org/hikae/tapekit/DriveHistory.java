package org.hikae.tapekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.RecordLengthException;
import org.hikae.api.tape.spi.RecordLimits;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.Written;

/**
 * Does by chance whatever can be done with a drive, to the drive and to a model, and compares. The cartridge is loaded, and what
 * is on it is lost.
 */
public final class DriveHistory {

    private static final int LONGEST = 3000;
    private static final int TOGETHER = 9;

    private final TapeDrive drive;
    private final ModelTape model;
    private final Random random;
    private final RecordLimits limits;
    private final boolean locates;
    private final List<String> done = new ArrayList<>();
    /** What the drive has said at least to be settled. */
    private long settled;

    public DriveHistory(TapeDrive drive, long seed) throws IOException {
        this.drive = drive;
        this.model = new ModelTape();
        this.random = new Random(seed);
        this.limits = drive.limits();
        this.locates = drive.capabilities().contains(TapeDrive.Capability.LOCATE);
        drive.rewind();
        write();
    }

    /** What is on the cartridge now. */
    public ModelTape model() {
        return model;
    }

    /** Everything before it is durable. */
    public long settled() {
        return settled;
    }

    /** Goes on for so many steps. */
    public void run(int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            try {
                step();
                assertThat(drive.position()).isEqualTo(model.position());
                checkSettled();
            } catch (AssertionError | IOException e) {
                throw new AssertionError("after " + done, e);
            }
        }
    }

    private void step() throws IOException {
        int choice = random.nextInt(20);
        switch (choice) {
            case 0, 1, 2, 3 -> write();
            case 4, 5 -> writeFilemarks(random.nextInt(3));
            case 6, 7, 8, 9 -> read();
            case 10 -> readShort();
            case 11, 12 -> spaceFilemarks();
            case 13, 14 -> spaceRecords();
            case 15 -> spaceToEnd();
            case 16, 17 -> locate();
            case 18 -> rewind();
            default -> reload();
        }
    }

    private void write() throws IOException {
        List<byte[]> records = new ArrayList<>();
        for (int i = random.nextInt(TOGETHER); i >= 0; i--) {
            records.add(record());
        }
        done.add("write " + records.size());
        List<ByteBuffer> buffers = new ArrayList<>();
        records.forEach(record -> buffers.add(ModelTape.buffer(record, random.nextBoolean())));
        settled = Math.min(settled, model.position());
        assertThat(drive.write(buffers)).isEqualTo(new Written(records.size(), false));
        records.forEach(model::write);
        assertThat(buffers).noneMatch(ByteBuffer::hasRemaining);
    }

    private byte[] record() {
        int longest = Math.min(LONGEST, limits.most());
        int steps = Math.max(0, (longest - limits.least()) / limits.step());
        byte[] record = new byte[limits.least() + random.nextInt(steps + 1) * limits.step()];
        random.nextBytes(record);
        return record;
    }

    private void writeFilemarks(int count) throws IOException {
        done.add("filemarks " + count);
        settled = count == 0 ? settled : Math.min(settled, model.position());
        drive.writeFilemarks(count);
        for (int i = 0; i < count; i++) {
            model.write(null);
        }
        settled = Math.max(settled, model.position());
    }

    /** A drive that cannot tell says 0; one that can says no less than was promised, and no more than there is. */
    private void checkSettled() throws IOException {
        long says = drive.settled();
        assertThat(says).isBetween(0L, (long) model.size());
        settled = Math.max(settled, says);
    }

    private void read() throws IOException {
        int count = 1 + random.nextInt(TOGETHER);
        done.add("read " + count);
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            buffers.add(random.nextBoolean() ? ByteBuffer.allocate(room()) : ByteBuffer.allocateDirect(room()));
        }
        List<byte[]> expected = new ArrayList<>();
        ReadRecords read = model.read(count, expected);
        assertThat(drive.read(buffers)).isEqualTo(read);
        for (int i = 0; i < read.records(); i++) {
            assertThat(bytes(buffers.get(i))).isEqualTo(expected.get(i));
        }
    }

    private int room() {
        return Math.max(LONGEST, limits.least());
    }

    private void readShort() throws IOException {
        int length = model.length(model.position());
        if (length < 2) {
            return;
        }
        done.add("read less than the record has");
        assertThatThrownBy(() -> drive.read(List.of(ByteBuffer.allocate(length - 1))))
                .isInstanceOf(RecordLengthException.class);
        model.spaceRecords(1);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private void spaceFilemarks() throws IOException {
        int count = random.nextInt(4);
        done.add("space filemarks " + count);
        assertThat(drive.spaceFilemarks(count)).isEqualTo(model.spaceFilemarks(count));
    }

    private void spaceRecords() throws IOException {
        int count = random.nextInt(20);
        done.add("space records " + count);
        assertThat(drive.spaceRecords(count)).isEqualTo(model.spaceRecords(count));
    }

    private void spaceToEnd() throws IOException {
        done.add("space to the end");
        drive.spaceToEnd();
        model.locate(model.size());
    }

    private void locate() throws IOException {
        int target = random.nextInt(model.size() + 3);
        done.add("locate " + target);
        if (!locates) {
            assertThatThrownBy(() -> drive.locate(target)).isInstanceOf(UnsupportedOperationException.class);
        } else if (model.locate(target)) {
            drive.locate(target);
        } else {
            assertThatThrownBy(() -> drive.locate(target)).isInstanceOf(EndOfDataException.class);
        }
    }

    private void rewind() throws IOException {
        done.add("rewind");
        drive.rewind();
        model.rewind();
    }

    private void reload() throws IOException {
        done.add("unload and load");
        if (random.nextBoolean()) {
            drive.unload();
            settled = model.size();
        }
        drive.load();
        model.rewind();
    }

    /** Reads the whole tape, and compares it with the model. */
    public void compare() throws IOException {
        rewind();
        compareRest();
    }

    private void compareRest() throws IOException {
        int end = model.size();
        while (model.position() < end) {
            List<byte[]> expected = new ArrayList<>();
            ReadRecords wanted = model.read(TOGETHER, expected);
            List<ByteBuffer> buffers = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                buffers.add(ByteBuffer.allocate(room()));
            }
            assertThat(drive.read(buffers)).isEqualTo(wanted);
            for (int i = 0; i < wanted.records(); i++) {
                assertThat(Arrays.equals(bytes(buffers.get(i)), expected.get(i)))
                        .isTrue();
            }
        }
        assertThat(drive.read(List.of(ByteBuffer.allocate(room()))).end()).isEqualTo(ReadRecords.End.DATA);
    }
}
