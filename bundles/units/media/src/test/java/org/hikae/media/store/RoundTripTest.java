package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.VerifyReport;
import org.hikae.io.Buffers;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryDriver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written is read again, byte for byte, whatever the pieces, sets, logs and sizes. */
class RoundTripTest {

    private static final int IMAGES = Boolean.getBoolean("hikae.long") ? 1000 : 60;

    @TempDir
    Path home;

    static Stream<Arguments> seeds() {
        return Stream.concat(
                LongStream.range(0, 150).mapToObj(seed -> Arguments.of(seed, Layout.PACKED)),
                LongStream.range(0, IMAGES).mapToObj(seed -> Arguments.of(seed, Layout.IMAGE)));
    }

    /** The media of the home; none yet. */
    TestMedia media() {
        return new TestMedia(UUID.randomUUID());
    }

    void checkImage(MemoryDriver on, String id, byte[] expected) {
        assertThat(Arrays.equals(on.objects.get(id + "/image"), expected)).isTrue();
        assertThat(on.objects).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void generationEqualsTheDiskAtT0(long seed, Layout layout) throws IOException {
        Random random = new Random(seed);
        int blockSize = 512 << random.nextInt(6);
        long size = 1 + random.nextInt(5 << 20);
        MemoryDriver m = new MemoryDriver();
        TestMedia media = media().add("m", m, "").add("logs", new MemoryDriver(), "");
        try (GenerationStore store = new GenerationStore(media, home, 1, 200_000, RollCall.PATIENCE)) {
            TestBackup backup = new TestBackup(seed, blockSize, size);
            BlockSet set = backup.randomSet();
            int placement = random.nextInt(5);
            backup.layout = layout;
            backup.over = placement == 4 ? LogPlace.MEDIUM : LogPlace.OVERLAY;
            GenerationInfo sealed = backup.make(
                    store,
                    "m",
                    set,
                    placement == 2 ? "logs" : null,
                    placement == 0 ? null : Boolean.valueOf(placement >= 3));
            assertThat(store.survey().generations()).containsExactly(sealed);
            assertThat(sealed.blocks()).isEqualTo(set.count());
            assertThat(sealed.layout()).isEqualTo(layout.text());
            if (layout == Layout.IMAGE && (placement == 0 || placement >= 3)) {
                // Of use to any tool: it is the disk at T0.
                checkImage(m, sealed.id(), backup.expected(set));
            }
            try (GenerationReader reader = store.open(sealed.id())) {
                assertThat(reader.set()).isEqualTo(set);
                byte[] expected = backup.expected(set);
                assertThat(Arrays.equals(TestBackup.readAll(reader), expected)).isTrue();
                readSmallPieces(reader, expected, random);
                checkHoles(reader, expected);
            }
            VerifyReport report = store.verify(sealed.id(), Progress.NONE);
            assertThat(report.damages()).isEmpty();
            assertThat(report.affected().isEmpty()).isTrue();
            assertThat(report.bytesRead()).isEqualTo(sealed.storedBytes());
        }
    }

    static void readSmallPieces(GenerationReader reader, byte[] expected, Random random) throws IOException {
        for (int i = 0; i < 50; i++) {
            int offset = random.nextInt(expected.length);
            int length = random.nextInt(Math.min(20_000, expected.length - offset) + 1);
            ByteBuffer dst = random.nextBoolean() ? ByteBuffer.allocate(length) : Buffers.allocate(length);
            reader.read(dst, offset);
            assertThat(dst.flip()).isEqualTo(ByteBuffer.wrap(expected, offset, length));
        }
    }

    /** Everything that is skipped is zeros, and skipping comes to an end. */
    static void checkHoles(GenerationReader reader, byte[] expected) throws IOException {
        long at = 0;
        while (at < reader.size()) {
            long data = reader.nextData(at);
            for (long i = at; i < data; i++) {
                if (expected[(int) i] != 0) {
                    throw new AssertionError("byte " + i + " is skipped, and is not zero");
                }
            }
            long hole = data < reader.size() ? reader.nextHole(data) : data;
            assertThat(hole).isGreaterThan(data - (data == reader.size() ? 1 : 0));
            at = hole;
        }
        assertThat(reader.nextData(reader.size())).isEqualTo(reader.size());
    }
}
