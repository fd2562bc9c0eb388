package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.api.media.VerifyReport;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.media.testing.SparseDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is peculiar to images. */
class ImageTest extends StoreTestBase {

    private static final int BLOCK = 4096;
    private static final int REGION = BlockWriter.FRAME_BYTES / BLOCK;

    @BeforeEach
    void useImages() {
        backup.layout = Layout.IMAGE;
    }

    private static ByteBuffer blocks(int count, int value) {
        byte[] bytes = new byte[count * BLOCK];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void aMediumThatCannotBeOverwrittenIsRefused() throws IOException {
        m.overwritable = false;
        assertThatThrownBy(() -> store.create(backup.request("m")))
                .hasMessageContaining("medium 'm' cannot be overwritten in part, which an image takes")
                .hasMessageContaining("'packed'");
        backup.layout = Layout.PACKED;
        try (GenerationWriter writer = store.create(backup.request("m"))) {
            assertThatThrownBy(() -> writer.openLog(LogPlace.MEDIUM, null, Patience.NONE))
                    .hasMessageContaining("medium 'm' cannot be overwritten in part")
                    .hasMessageContaining("'separate' or 'overlay'");
            writer.openLog(LogPlace.OVERLAY, null, Patience.NONE).close();
        }
        assertThat(m.objects).containsOnlyKeys("hikae-medium");
        // The medium is in use no more: it could be removed.
        media.handle("m").endUses();
    }

    @Test
    void anImageBuildsUponNothing() {
        assertThatThrownBy(() -> new GenerationRequest(
                        "data", TestBackup.DISK_ID, 1, BLOCK, "raw", "m", Layout.IMAGE, "data@1", null, null))
                .hasMessageContaining("an image is whole");
    }

    /** It says so in the manifest, and the log at its place in a packed one too. */
    @Test
    void whatIsSaidOfIt() throws IOException {
        backup.over = LogPlace.MEDIUM;
        GenerationInfo image = make();
        assertThat(image.layout()).isEqualTo("image");
        assertThat(image.placement()).isEqualTo("medium");
        assertThat(image.logMedium()).isEqualTo("m");
        assertThat(store.get(image.id())).isEqualTo(image);
        backup.layout = Layout.PACKED;
        GenerationInfo packed = make();
        assertThat(packed.layout()).isEqualTo("packed");
        assertThat(packed.placement()).isEqualTo("medium");
        checkContent(image.id());
        checkContent(packed.id());
    }

    /** Objects of a log that was laid over are deleted; the record of where it was stays. */
    @Test
    void nothingIsLeftOfALogThatWasLaidOver() throws IOException {
        GenerationInfo info = make();
        assertThat(info.placement()).isEqualTo("overlay");
        assertThat(info.loggedBlocks()).isEqualTo(10);
        assertThat(m.objects).containsOnlyKeys("hikae-medium", "data@1/image", "data@1/index", "data@1/manifest");
    }

    @Test
    void anEmptyDiskAndAnEmptySet() throws IOException {
        for (TestBackup each : new TestBackup[] {new TestBackup(1, BLOCK, 0), new TestBackup(1, BLOCK, 3 << 20)}) {
            each.layout = Layout.IMAGE;
            each.logged = BlockSet.empty();
            GenerationInfo info = each.make(store, "m", BlockSet.empty(), null, true);
            assertThat(m.objects.get(info.id() + "/image")).isEqualTo(new byte[(int) each.size]);
            assertThat(store.verify(info.id(), Progress.NONE).damages()).isEmpty();
            try (GenerationReader reader = store.open(info.id())) {
                assertThat(reader.nextData(0)).isEqualTo(each.size);
            }
        }
    }

    /** A bit that turns where nothing was written is found, and no reader returns it. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, (1 << 20) + 1, (2 << 20) - 1, (3 << 20) - 1})
    void whatIsNoBlockIsZeros(int at) throws IOException {
        backup = new TestBackup(4, BLOCK, 3 << 20);
        backup.layout = Layout.IMAGE;
        BlockSet set = BlockSet.range(3, 9);
        String id = backup.make(store, "m", set, null, null).id();
        m.objects.get(id + "/image")[at] ^= 4;
        VerifyReport report = store.verify(id, Progress.NONE);
        assertThat(report.damages()).hasSize(1);
        assertThat(report.damages().get(0)).contains("where nothing was written");
        assertThat(report.affected().isEmpty()).isTrue();
        try (GenerationReader reader = store.open(id)) {
            assertThat(Arrays.equals(TestBackup.readAll(reader), backup.expected(set)))
                    .isTrue();
        }
    }

    /** Blocks of zeros are data beside others that are in their region, and must not lose their checksum either. */
    @Test
    void aBitInAHoleOfARegionIsFound() throws IOException {
        backup = new TestBackup(4, BLOCK, 1 << 20);
        backup.layout = Layout.IMAGE;
        BlockSet set = BlockSet.range(3, 1);
        Arrays.fill(backup.image, 3 * BLOCK, 4 * BLOCK, (byte) 1);
        String id = backup.make(store, "m", set, null, null).id();
        m.objects.get(id + "/image")[100 * BLOCK] = 1;
        assertThat(store.verify(id, Progress.NONE).affected()).isEqualTo(set);
        try (GenerationReader reader = store.open(id)) {
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), 3 * BLOCK))
                    .hasMessageContaining("the region at byte 0 of data@1/image is damaged");
        }
    }

    /** A log that waits for room: its write is tried again, and nothing is lost. */
    @Test
    void aLogAtItsPlaceWaitsForRoom() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        m.fault = what -> {
            if (what.startsWith("place") && asked.get() < 3) {
                throw new MediumFullException("medium m is full", null);
            }
        };
        try (GenerationWriter writer = store.create(backup.request("m"));
                LogSink log = writer.openLog(LogPlace.MEDIUM, null, full -> asked.incrementAndGet());
                BlockWriter copier = writer.openBlocks()) {
            log.put(1, new BlockRun(3, 1), blocks(1, 5));
            copier.write(new BlockRun(0, all.count()), blocks((int) all.count(), 6));
            log.complete();
            copier.complete();
            writer.seal(Seal.full(all, null, Instant.EPOCH, 0));
        }
        assertThat(asked.get()).isEqualTo(3);
        byte[] image = m.objects.get("data@1/image");
        assertThat(image[3 * BLOCK]).isEqualTo((byte) 5);
        assertThat(image[4 * BLOCK]).isEqualTo((byte) 6);
        assertThat(store.verify("data@1", Progress.NONE).damages()).isEmpty();
    }

    @Test
    void aLogAtItsPlaceFailsWhenItWaitsNoMore() throws IOException {
        m.fault = what -> {
            if (what.startsWith("place")) {
                throw new MediumFullException("medium m is full", null);
            }
        };
        try (GenerationWriter writer = store.create(backup.request("m"));
                LogSink log = writer.openLog(LogPlace.MEDIUM, null, Patience.NONE)) {
            assertThatThrownBy(() -> log.put(1, new BlockRun(3, 1), blocks(1, 5)))
                    .isInstanceOf(MediumFullException.class);
        }
        m.fault = what -> {};
        assertThat(store.survey().generations()).isEmpty();
        assertThat(m.objects).containsOnlyKeys("hikae-medium");
    }

    /** Its block is listed, so that what was copied gave way to it; nobody is to take it for a log that is whole. */
    @ParameterizedTest
    @CsvSource({"IMAGE, MEDIUM", "IMAGE, OVERLAY", "PACKED, OVERLAY", "PACKED, SEPARATE"})
    void aLogThatLostARecordIsNeverComplete(Layout layout, LogPlace place) throws IOException {
        backup.layout = layout;
        try (GenerationWriter writer = store.create(backup.request("m"));
                LogSink log = writer.openLog(place, null, Patience.NONE);
                BlockWriter copier = writer.openBlocks()) {
            failWrites();
            // So many that they are not gathered only, in whatever layout.
            assertThatThrownBy(() -> {
                        log.put(1, new BlockRun(0, 32), blocks(32, 5));
                        log.put(2, new BlockRun(32, 17), blocks(17, 5));
                    })
                    .hasMessage("broken");
            m.fault = what -> {};
            copier.write(new BlockRun(0, all.count()), blocks((int) all.count(), 6));
            copier.complete();
            assertThatThrownBy(() -> log.put(3, new BlockRun(0, 1), blocks(1, 5)))
                    .hasMessageContaining("this log is not whole");
            assertThatThrownBy(log::complete).hasMessageContaining("this log is not whole");
            assertThatThrownBy(() -> writer.seal(Seal.full(all, null, Instant.EPOCH, 0)))
                    .hasMessageContaining("not every writer has completed");
        }
        m.fault = what -> {};
        assertThat(m.objects).containsOnlyKeys("hikae-medium");
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void whoLostABlockIsNeverComplete(Layout layout) throws IOException {
        backup.layout = layout;
        try (GenerationWriter writer = store.create(backup.request("m"));
                BlockWriter copier = writer.openBlocks()) {
            failWrites();
            assertThatThrownBy(() -> copier.write(new BlockRun(0, all.count()), blocks((int) all.count(), 6)))
                    .hasMessage("broken");
            m.fault = what -> {};
            assertThatThrownBy(copier::complete).hasMessageContaining("this writer of blocks is not whole");
            assertThatThrownBy(() -> writer.seal(Seal.full(all, null, Instant.EPOCH, 0)))
                    .hasMessageContaining("not every writer has completed");
        }
    }

    private void failWrites() {
        m.fault = what -> {
            if (what.startsWith("place") || what.startsWith("write")) {
                throw new IOException("broken");
            }
        };
    }

    /** What was copied or logged beyond what is wanted in the end is not left for other tools to find. */
    @Test
    void whatIsNotWantedIsAHole() throws IOException {
        try (GenerationWriter writer = store.create(backup.request("m"));
                LogSink log = writer.openLog(LogPlace.MEDIUM, null, Patience.NONE);
                BlockWriter copier = writer.openBlocks()) {
            log.put(1, new BlockRun(3, 2), blocks(2, 5));
            copier.write(new BlockRun(0, 20), blocks(20, 6));
            log.complete();
            copier.complete();
            writer.seal(Seal.full(BlockSet.range(4, 10), null, Instant.EPOCH, 0));
        }
        byte[] expected = new byte[(int) backup.size];
        Arrays.fill(expected, 4 * BLOCK, 5 * BLOCK, (byte) 5);
        Arrays.fill(expected, 5 * BLOCK, 14 * BLOCK, (byte) 6);
        assertThat(m.objects.get("data@1/image")).isEqualTo(expected);
        assertThat(store.verify("data@1", Progress.NONE).damages()).isEmpty();
    }

    /** Places beyond 2^31 and 2^41 bytes, a log with zeros over data, and an end in mid-block. */
    @ParameterizedTest
    @ValueSource(longs = {(1L << 31) + 5, (1L << 41) + 5, (20L << 40) + 513})
    void aHugeDiskOfHoles(long size) throws IOException {
        media.add("sparse", new SparseDriver(), "");
        long count = size / BLOCK + 1;
        BlockSet every = BlockSet.range(0, count);
        long middle = count / 2 / REGION * REGION;
        GenerationRequest request = new GenerationRequest(
                "huge", new UUID(1, 2), size, BLOCK, "raw", "sparse", Layout.IMAGE, null, null, null);
        try (GenerationWriter writer = store.create(request);
                LogSink log = writer.openLog(LogPlace.MEDIUM, null, Patience.NONE);
                BlockWriter copier = writer.openBlocks()) {
            copier.write(new BlockRun(middle, REGION), blocks(REGION, 3));
            copier.write(new BlockRun(count - 1, 1), blocks(1, 4));
            log.put(1, new BlockRun(middle + 1, 1), blocks(1, 0));
            log.put(2, new BlockRun(count - 2, 1), blocks(1, 9));
            copier.zeros(new BlockRun(0, middle));
            copier.zeros(new BlockRun(middle + REGION, count - 1 - middle - REGION));
            copier.complete();
            log.complete();
            GenerationInfo info = writer.seal(Seal.full(every, null, Instant.EPOCH, 0));
            assertThat(info.storedBytes()).isLessThan(4 << 20);
        }
        assertThat(store.verify("huge@1", Progress.NONE).damages()).isEmpty();
        try (GenerationReader reader = store.open("huge@1")) {
            assertThat(reader.nextData(0)).isEqualTo(middle * BLOCK);
            assertThat(at(reader, middle * BLOCK)).isEqualTo((byte) 3);
            assertThat(at(reader, (middle + 1) * BLOCK)).isEqualTo((byte) 0);
            assertThat(at(reader, (middle + 2) * BLOCK)).isEqualTo((byte) 3);
            assertThat(at(reader, (count - 2) * BLOCK)).isEqualTo((byte) 9);
            assertThat(at(reader, size - 1)).isEqualTo((byte) 4);
            assertThat(at(reader, 0)).isEqualTo((byte) 0);
        }
    }

    private static byte at(GenerationReader reader, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        reader.read(one, position);
        return one.get(0);
    }
}
