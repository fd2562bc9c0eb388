package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.hikae.api.job.Progress;
import org.hikae.api.media.LogReplay;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTable;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.replay.Replay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs that this version has not written: those of before, and those that somebody made to do harm (I9). */
class ForeignLogTest {

    private static final int BLOCK = 512;
    private static final int BLOCKS = 100;

    @TempDir
    Path folder;

    private final Replay replay = new Replay();
    private Path image;
    private Path log;
    /** The log as it is being forged. */
    private final ByteBuffer forged = ByteBuffer.allocate(1 << 22);

    private int checksum;

    @BeforeEach
    void make() throws IOException {
        image = Files.write(folder.resolve("image"), new byte[BLOCK * BLOCKS]);
        log = folder.resolve("log");
        begin(new ObjectHeader(ObjectHeader.Kind.LOG, ReplayedLog.DISK, 1, BLOCK * BLOCKS, BLOCK, 0, 0));
    }

    @AfterEach
    void close() {
        replay.close();
    }

    private void begin(ObjectHeader header) {
        forged.clear().put(header.encode());
    }

    /** Adds a frame with a right checksum, whatever is in it. */
    private void frame(FrameTable table, byte compression, int rawLength, byte[] stored) {
        ByteBuffer frame = ByteBuffer.allocate(FrameHeader.LENGTH + table.length() + stored.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        frame.position(FrameHeader.LENGTH);
        table.copyTo(frame);
        frame.put(stored).flip();
        new FrameHeader(
                        FrameHeader.LOG,
                        compression,
                        (byte) 0,
                        table.isLast(),
                        table.length(),
                        rawLength,
                        stored.length,
                        table.entries(),
                        0)
                .encode(frame);
        checksum = FrameHeader.checksum(new CRC32C(), frame, ByteBuffer.allocate(0));
        FrameHeader.putChecksum(frame, checksum);
        forged.put(frame);
    }

    private void frame(FrameTable table, int blocks) {
        frame(table, FrameHeader.PLAIN, blocks * BLOCK, new byte[blocks * BLOCK]);
    }

    private static FrameTable last(long number, long first, long count, boolean zero) {
        FrameTable table = FrameTable.ofLog();
        table.addLog(number, first, count, zero);
        table.markLast();
        return table;
    }

    private void refused(String told) throws IOException {
        byte[] untouched = new byte[BLOCK * BLOCKS];
        Arrays.fill(untouched, (byte) 3);
        Files.write(image, untouched);
        Files.write(log, Arrays.copyOf(forged.array(), forged.position()));
        assertThatThrownBy(() -> replay.replay(List.of(log), image, Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(log.toString(), told);
        assertThat(image).hasBinaryContent(untouched);
    }

    @Test
    void blocksThatAreNotThere() throws IOException {
        frame(last(1, 0, 2, false), 1);
        refused("more blocks than there are in it");
        begin(header(BLOCK, BLOCK * BLOCKS));
        frame(last(1, 0, 1, false), 2);
        refused("more blocks than its table");
        begin(header(BLOCK, BLOCK * BLOCKS));
        frame(last(1, BLOCKS, 1, true), 0);
        refused("blocks that the disk does not have");
        begin(header(BLOCK, BLOCK * BLOCKS));
        frame(last(1, 0, Long.MAX_VALUE / 4, false), 1);
        refused("blocks that the disk does not have");
    }

    private static ObjectHeader header(int blockSize, long size) {
        return new ObjectHeader(ObjectHeader.Kind.LOG, ReplayedLog.DISK, 1, size, blockSize, 0, 0);
    }

    @Test
    void numbersThatGoBack() throws IOException {
        frame(last(0, 0, 1, false), 1);
        refused("its record 0 follows record 0");
        begin(header(BLOCK, BLOCK * BLOCKS));
        FrameTable first = FrameTable.ofLog();
        first.addLog(7, 0, 1, false);
        frame(first, 1);
        frame(last(6, 1, 1, false), 1);
        refused("its record 6 follows record 7");
    }

    @Test
    void whatDoesNotUnpack() throws IOException {
        frame(last(1, 0, 1, false), FrameHeader.ZSTD, BLOCK, new byte[] {1, 2, 3});
        refused("it does not unpack");
        begin(header(BLOCK, BLOCK * BLOCKS));
        frame(last(1, 0, 1, false), FrameHeader.ZSTD, BLOCK, Zstd.compress(new byte[BLOCK - 1]));
        refused("it unpacks to another length");
        begin(header(BLOCK, BLOCK * BLOCKS));
        frame(last(1, 0, 1, false), FrameHeader.ZSTD, BLOCK, Zstd.compress(new byte[1 << 24]));
        refused("it does not unpack");
    }

    @ParameterizedTest
    @CsvSource({"3", "0x100", "0x20000", "0x40000000"})
    void blockSizesThatDisksDoNotHave(String blockSize) throws IOException {
        begin(header(Integer.decode(blockSize), BLOCK * BLOCKS));
        refused("its header makes no sense");
    }

    /** The image is compared with the disk's size before it is written, so no size leads beyond it. */
    @Test
    void aDiskOfTheLargestSize() throws IOException {
        begin(header(BLOCK, Long.MAX_VALUE));
        frame(last(1, Long.MAX_VALUE / BLOCK, 1, true), 0);
        Files.write(log, Arrays.copyOf(forged.array(), forged.position()));
        assertThatThrownBy(() -> replay.replay(List.of(log), image, Progress.NONE))
                .hasMessageContaining("a disk of " + Long.MAX_VALUE);
    }

    @Test
    void aNewerVersion() throws IOException {
        begin(new ObjectHeader(ObjectHeader.Kind.LOG, 3, ReplayedLog.DISK, 1, BLOCK * BLOCKS, BLOCK, 0, 0, 0));
        refused("unknown format version 3");
    }

    /** A log of version 1 ends where its last part ends, whatever that is. */
    @Test
    void ofBeforeLogsSaidWhereTheyEnd() throws IOException {
        begin(new ObjectHeader(ObjectHeader.Kind.LOG, 1, ReplayedLog.DISK, 1, BLOCK * BLOCKS, BLOCK, 0, 0, 0));
        FrameTable table = FrameTable.ofLog();
        table.addLog(1, 5, 1, false);
        frame(table, 1);
        Files.write(log, Arrays.copyOf(forged.array(), forged.position()));
        LogReplay.Replayed replayed = replay.replay(List.of(log), image, Progress.NONE);
        assertThat(replayed.endKnown()).isFalse();
        assertThat(replayed.records()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "format-1, m/data@2/log.0000, false",
        "format-1, m/data@3/log.0000, false",
        "format-2, m/data@2/log.0000, true",
        "format-2, m/data@3/log.0000, true"
    })
    void goldenOnes(String format, String object, boolean endKnown) throws IOException {
        Path golden = Path.of("src/test/resources/golden").resolve(format);
        byte[] expected = Files.readAllBytes(golden.resolve("image"));
        byte[] fuzzy = expected.clone();
        Arrays.fill(fuzzy, 10 * BLOCK, 25 * BLOCK, (byte) 0xee);
        Arrays.fill(fuzzy, 60 * BLOCK, 70 * BLOCK, (byte) 0xee);
        Files.write(image, fuzzy);

        LogReplay.Replayed replayed = replay.replay(List.of(golden.resolve(object)), image, Progress.NONE);

        assertThat(replayed.endKnown()).isEqualTo(endKnown);
        assertThat(replayed.bytes()).isEqualTo(25 * BLOCK);
        assertThat(image).hasBinaryContent(expected);
    }
}
