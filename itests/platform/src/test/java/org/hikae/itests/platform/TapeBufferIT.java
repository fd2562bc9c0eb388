package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.tape.BufferStatus;
import org.junit.Test;

/** c.3: the buffer in front of the tapes, used by many and taken away from under them; nothing that is read is wrong. */
public class TapeBufferIT extends InTapeLab {
    private static final String ROOM = "room";
    private static final long LEAST = 16 * MIB;
    private static final long SIZE = 20 * MIB;
    private static final int FACTOR = Boolean.getBoolean("hikae.long") ? 20 : 1;
    private static final int READS = 60 * FACTOR;

    private void addRoom() throws IOException {
        lab.addMedium(ROOM, "directory");
    }

    /** Reads here and there, and compares. */
    private static void readAround(GenerationReader reader, Made made, SplittableRandom random) throws IOException {
        try (FileChannel model = FileChannel.open(made.image().path())) {
            for (int i = 0; i < READS; i++) {
                int length = 1 + random.nextInt(100_000);
                long offset = random.nextLong(reader.size() - length);
                ByteBuffer expected = ByteBuffer.allocate(length);
                while (expected.hasRemaining()) {
                    model.read(expected, offset + expected.position());
                }
                ByteBuffer read = ByteBuffer.allocate(length);
                reader.read(read, offset);
                assertThat(expected.flip().mismatch(read.flip()))
                        .as("%s from %d on", made.id(), offset)
                        .isEqualTo(-1);
            }
        }
    }

    /** Readers of generations that do not fit into the buffer, one after the other each. */
    private List<Task> readers(int each, CyclicBarrier begin, List<Made> generations, long seed) {
        List<Task> readers = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < each; i++) {
            for (Made made : generations) {
                SplittableRandom own = random.split();
                readers.add(Task.start(() -> {
                    try (GenerationReader reader = lab.generations().open(made.id())) {
                        begin.await();
                        readAround(reader, made, own);
                    }
                }));
            }
        }
        return readers;
    }

    @Test
    public void theSmallestBufferAndManyReaders() throws Exception {
        makeLibrary();
        addRoom();
        tapes().setBuffer(ROOM, LEAST);
        List<Made> all = List.of(onTapeAlone(SIZE, POOL), onTapeAlone(SIZE, "other"));
        Seeds.forEach(1, seed -> {
            List<Task> readers = readers(6, new CyclicBarrier(6 * all.size()), all, seed);
            for (Task reader : readers) {
                reader.join();
            }
            return 0;
        });
        BufferStatus status = tapes().buffer();
        assertThat(status.problem()).isNull();
        assertThat(status.medium()).isEqualTo(ROOM);
        assertThat(status.usedBytes()).isPositive().isLessThanOrEqualTo(LEAST);
        assertThat(status.misses()).isPositive();
        for (Made each : all) {
            assertExact(each);
            lab.verify(each.id());
        }
        assertThatThrownBy(() -> tapes().setBuffer(ROOM, LEAST - 1)).isInstanceOf(Exception.class);
        leaveRoom();
    }

    private void leaveRoom() throws IOException {
        tapes().setBuffer("none", 0);
        lab.media().remove(ROOM);
    }

    /** What was read once is read from the buffer, whoever asks. */
    @Test
    public void whatIsReadOftenIsReadFromTapeOnce() throws Exception {
        makeLibrary();
        addRoom();
        tapes().setBuffer(ROOM, LEAST);
        Made made = onTapeAlone(4 * MIB, POOL);
        String barcode = cartridgeOf(made);
        try (GenerationReader reader = lab.generations().open(made.id())) {
            SplittableRandom random = new SplittableRandom(1);
            for (int offset = 0; offset < reader.size(); offset += MIB) {
                reader.read(ByteBuffer.allocate(10), (offset + 5 * MIB / 2) % reader.size());
            }
            readAround(reader, made, random);
            export(barcode);
            readAround(reader, made, random);
        }
        assertThat(tapes().buffer().hits()).isPositive();
        leaveRoom();
    }

    @Test
    public void theMediumOfTheBufferIsRemovedWhileItIsReadThrough() throws Exception {
        makeLibrary();
        addRoom();
        tapes().setBuffer(ROOM, LEAST);
        List<Made> all = List.of(onTapeAlone(SIZE, POOL), onTapeAlone(SIZE, "other"));
        CyclicBarrier begin = new CyclicBarrier(2 * all.size() + 1);
        List<Task> readers = readers(2, begin, all, 3);
        begin.await();
        lab.media().remove(ROOM);
        for (Task reader : readers) {
            reader.join();
        }
        Made fresh = onTapeAlone(SIZE, POOL);
        try (GenerationReader reader = lab.generations().open(fresh.id())) {
            readAround(reader, fresh, new SplittableRandom(5));
        }
        assertThat(tapes().buffer().problem()).contains(ROOM);
        for (Made each : all) {
            assertExact(each);
        }
        assertThat(Files.exists(lab.folder.resolve(ROOM))).isTrue();

        addRoom();
        tapes().setBuffer(ROOM, LEAST);
        assertThat(tapes().buffer().problem()).isNull();
        assertExact(all.get(0));
        leaveRoom();
    }

    /** Another place and size while readers are at it. */
    @Test
    public void theBufferIsMovedWhileItIsReadThrough() throws Exception {
        makeLibrary();
        addRoom();
        tapes().setBuffer(ROOM, LEAST);
        List<Made> all = List.of(onTapeAlone(SIZE, POOL));
        CyclicBarrier begin = new CyclicBarrier(4);
        List<Task> readers = readers(3, begin, all, 4);
        begin.await();
        for (String medium : List.of(Lab.MEDIUM, "none", "auto", ROOM)) {
            tapes().setBuffer(medium, LEAST + MIB);
        }
        for (Task reader : readers) {
            reader.join();
        }
        assertThat(tapes().buffer().bytes()).isEqualTo(LEAST + MIB);
        leaveRoom();
    }
}
