package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.group.Meta;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.io.Buffers;
import org.hikae.media.testing.TestFiles;

/**
 * A disk as it was at T0, and a backup of it: copied by several writers in pieces, with some blocks overwritten before
 * they were copied, whose before-images are in the log.
 */
final class TestBackup {

    static final UUID DISK_ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

    final int blockSize;
    final long size;
    /** The disk at T0. */
    final byte[] image;

    /** The blocks that are logged; null: random ones. */
    BlockSet logged;

    /** How what is made lies on its medium. */
    Layout layout = Layout.PACKED;

    /** How a log is laid over. */
    LogPlace over = LogPlace.OVERLAY;

    /** Whether one writer copies everything. */
    boolean alone;

    /** Of which files it is; null: of the whole disk. */
    GenerationGroup group;

    /** These files, if their meta information goes with them alone. */
    TestFiles files;

    private final Random random;

    /** A disk of random content: noise, text and zeros, in stretches. */
    TestBackup(long seed, int blockSize, long size) {
        this.random = new Random(seed);
        this.blockSize = blockSize;
        this.size = size;
        this.image = new byte[(int) size];
        int at = 0;
        while (at < size) {
            int end = (int) Math.min(size, at + 1 + random.nextInt(blockSize * 40));
            int kind = random.nextInt(3);
            for (int i = at; i < end; i++) {
                image[i] = (byte) (kind == 0 ? 0 : kind == 1 ? random.nextInt() : "hikae ".charAt(i % 6));
            }
            at = end;
        }
    }

    /** A disk that takes little space when it is compressed, with one block of noise. */
    static TestBackup small(long seed, int blockSize, long size) {
        TestBackup backup = new TestBackup(seed, blockSize, size);
        for (int i = 0; i < size; i++) {
            int block = i / blockSize;
            backup.image[i] = (byte) (block == 2 ? backup.random.nextInt() : block % 4 == 0 ? 0 : block);
        }
        return backup;
    }

    int blockCount() {
        return (int) ((size + blockSize - 1) / blockSize);
    }

    /** All blocks. */
    BlockSet all() {
        return BlockSet.range(0, blockCount());
    }

    GenerationRequest request(String medium) {
        return request(medium, null, null);
    }

    GenerationRequest request(String medium, String parent, String mark) {
        return new GenerationRequest(
                "data",
                DISK_ID,
                size,
                blockSize,
                "raw",
                medium,
                parent == null && group == null ? layout : Layout.PACKED,
                parent,
                mark,
                group);
    }

    /** A random set of blocks; all of them now and then. */
    BlockSet randomSet() {
        BlockSet.Builder set = new BlockSet.Builder();
        if (random.nextInt(3) == 0) {
            return BlockSet.range(0, blockCount());
        }
        for (int i = random.nextInt(20); i >= 0; i--) {
            int first = random.nextInt(blockCount());
            set.add(new BlockRun(first, 1 + random.nextInt(Math.min(300, blockCount() - first))));
        }
        return set.build();
    }

    /** Makes a generation of the set; {@code logMedium} and {@code laidOver} say where its log is. */
    GenerationInfo make(GenerationStore store, String medium, BlockSet set, String logMedium, Boolean laidOver)
            throws IOException {
        try (GenerationWriter writer = store.create(request(medium))) {
            write(writer, set, logMedium, laidOver);
            return writer.seal(Seal.full(set, null, Instant.ofEpochSecond(1), 5));
        }
    }

    /** Makes a generation that stores a part of its set, and takes the rest from its parent. */
    GenerationInfo makeUpon(GenerationStore store, String medium, String parent, BlockSet set, BlockSet stored)
            throws IOException {
        try (GenerationWriter writer = store.create(request(medium, parent, null))) {
            write(writer, stored, null, null);
            return writer.seal(new Seal(set, stored, null, Instant.ofEpochSecond(1), 5));
        }
    }

    /** @param laidOver null: no log */
    void write(GenerationWriter writer, BlockSet set, String logMedium, Boolean laidOver) throws IOException {
        if (group != null && group.meta() == Meta.GROUP) {
            files.writeTo(writer.openMeta());
        }
        BlockSet inLog = laidOver == null ? BlockSet.empty() : logged != null ? logged : randomSet();
        BlockWriter[] writers = new BlockWriter[alone ? 1 : 1 + random.nextInt(3)];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = writer.openBlocks();
        }
        LogSink log = laidOver == null ? null : openLog(writer, logMedium, laidOver);
        // An image takes what a node's own log has only at the end, when all is copied.
        boolean logFirst = layout == Layout.PACKED || group != null || random.nextBoolean();
        if (logFirst) {
            log(log, inLog);
        }
        for (BlockRun run : set) {
            copy(writers, run, inLog);
        }
        if (!logFirst) {
            log(log, inLog);
        }
        for (BlockWriter each : writers) {
            each.complete();
            each.close();
        }
        if (log != null) {
            log.complete();
            log.close();
        }
    }

    private LogSink openLog(GenerationWriter writer, String medium, boolean laidOver) throws IOException {
        return writer.openLog(laidOver ? over : LogPlace.SEPARATE, medium, Patience.NONE);
    }

    private void log(LogSink log, BlockSet inLog) throws IOException {
        long number = 0;
        for (BlockRun run : inLog) {
            number = log(log, run, number);
        }
    }

    private long log(LogSink log, BlockRun run, long before) throws IOException {
        long number = before;
        long first = run.first();
        while (first < run.end()) {
            long count = Math.min(run.end() - first, 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 3));
            count = Math.min(count, (1 << 20) / blockSize);
            number += 1 + random.nextInt(2);
            log.put(number, new BlockRun(first, count), blocks(first, count, false));
            first += count;
        }
        return number;
    }

    /** Blocks in the log were overwritten before they are copied, if they are copied at all. */
    private void copy(BlockWriter[] writers, BlockRun run, BlockSet inLog) throws IOException {
        int region = BlockWriter.FRAME_BYTES / blockSize;
        long first = run.first();
        while (first < run.end()) {
            long end = Math.min(run.end(), (first / region + 1) * region);
            if (random.nextInt(4) == 0) {
                end = first + 1 + random.nextInt((int) (end - first));
            }
            BlockRun part = new BlockRun(first, end - first);
            BlockWriter writer = writers[random.nextInt(writers.length)];
            if (inLog.containsAll(part) && random.nextBoolean()) {
                first = end;
                continue;
            }
            ByteBuffer data = blocks(part.first(), part.count(), random.nextBoolean());
            if (isZero(data) && random.nextBoolean()) {
                writer.zeros(part);
            } else {
                for (BlockRun overwritten : inLog.within(part)) {
                    int from = (int) (overwritten.first() - first) * blockSize;
                    for (int i = 0; i < overwritten.count() * blockSize; i++) {
                        data.put(from + i, (byte) 0xee);
                    }
                }
                writer.write(part, data);
            }
            first = end;
        }
    }

    /** Whole blocks: what the end of the disk cuts off is zeros. */
    private ByteBuffer blocks(long first, long count, boolean heap) {
        int length = (int) count * blockSize;
        ByteBuffer data = heap ? ByteBuffer.allocate(length) : Buffers.allocate(length);
        int from = (int) (first * blockSize);
        data.put(image, from, Math.min(length, image.length - from));
        return data.clear();
    }

    private static boolean isZero(ByteBuffer data) {
        while (data.hasRemaining()) {
            if (data.get() != 0) {
                data.clear();
                return false;
            }
        }
        data.clear();
        return true;
    }

    /** What a reader of a generation of the set should see. */
    byte[] expected(BlockSet set) {
        byte[] expected = new byte[image.length];
        for (BlockRun run : set) {
            int from = (int) run.first() * blockSize;
            System.arraycopy(image, from, expected, from, (int) Math.min(run.count() * blockSize, image.length - from));
        }
        return expected;
    }

    /** Checks that a generation of a group has what it should in each block, and can read no other (R2). */
    static void checkGroup(GenerationReader reader, byte[] expected, BlockSet set) throws IOException {
        int blockSize = reader.blockSize();
        for (long block = 0; block < reader.blockCount(); block++) {
            int from = (int) block * blockSize;
            int length = Math.min(blockSize, expected.length - from);
            ByteBuffer dst = ByteBuffer.allocate(length);
            if (set.contains(block)) {
                reader.read(dst, from);
                assertThat(dst.flip()).isEqualTo(ByteBuffer.wrap(expected, from, length));
            } else {
                String told = "block " + block + " is no part of group "
                        + reader.info().groupName() + " in generation "
                        + reader.info().id();
                assertThatThrownBy(() -> reader.read(dst, from))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(told);
                assertThat(reader.nextData(from)).isEqualTo(from);
            }
        }
    }

    static byte[] readAll(GenerationReader reader) throws IOException {
        ByteBuffer all = Buffers.allocate((int) reader.size());
        for (int at = 0; at < reader.size(); at += BlockWriter.FRAME_BYTES) {
            all.limit((int) Math.min(reader.size(), at + BlockWriter.FRAME_BYTES));
            reader.read(all, at);
        }
        byte[] bytes = new byte[all.capacity()];
        all.get(0, bytes);
        return bytes;
    }
}
