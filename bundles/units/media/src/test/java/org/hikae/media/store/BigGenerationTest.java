package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.Seal;
import org.hikae.io.Buffers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A generation with many frames, and many generations upon it: what it takes to open them. */
@Isolated
class BigGenerationTest extends StoreTestBase {

    private static final int BLOCK = 4096;
    private static final int FRAMES = Boolean.getBoolean("hikae.long") ? 2_000_000 : 20_000;
    private static final long SIZE = (long) FRAMES << 20;
    private static final BlockSet ALL = BlockSet.range(0, SIZE / BLOCK);
    private static final int CHILDREN = Boolean.getBoolean("hikae.long") ? 100 : 30;

    private final ByteBuffer data = Buffers.allocate(BLOCK);

    private BlockRun block(int frame) {
        return new BlockRun((long) frame << 8, 1);
    }

    private ByteBuffer content(int frame) {
        return data.clear().putInt(0, frame + 1).putInt(100, frame);
    }

    private String make(String parent, int from, int frames) throws IOException {
        GenerationRequest request = new GenerationRequest(
                "data", new UUID(1, 2), SIZE, BLOCK, "raw", "m", Layout.PACKED, parent, null, null);
        BlockSet.Builder stored = new BlockSet.Builder();
        try (GenerationWriter writer = store.create(request);
                BlockWriter blocks = writer.openBlocks()) {
            for (int frame = from; frame < from + frames; frame++) {
                blocks.write(block(frame), content(frame));
                stored.add(block(frame));
                if (parent == null) {
                    blocks.zeros(new BlockRun(((long) frame << 8) + 1, 255));
                }
            }
            blocks.complete();
            writer.seal(new Seal(ALL, parent == null ? ALL : stored.build(), null, Instant.EPOCH, 0));
        }
        return writerId(parent);
    }

    private static String writerId(String parent) {
        return parent == null ? "data@1" : "data@" + (Integer.parseInt(parent.substring(5)) + 1);
    }

    private void read(GenerationReader reader, int frame) throws IOException {
        ByteBuffer number = ByteBuffer.allocate(8);
        reader.read(number, (long) frame << 20);
        assertThat(number.getInt(0)).isEqualTo(frame + 1);
    }

    private static long alive() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void openingReadsLittleAndKeepsLittle() throws IOException {
        String id = make(null, 0, FRAMES);
        AtomicInteger reads = new AtomicInteger();
        m.fault = what -> reads.addAndGet(what.startsWith("read data@1") ? 1 : 0);
        try (GenerationReader reader = store.open(id)) {
            long began = System.nanoTime();
            read(reader, FRAMES - 1);
            // The manifest twice, the directory, a page of runs and one of frames, and the frame.
            assertThat(reads.get()).isEqualTo(6);
            print("first byte after opening, us: ", (System.nanoTime() - began) / 1000);
        }
        for (int i = 0; i < 5; i++) {
            long began = System.nanoTime();
            try (GenerationReader reader = store.open(id)) {
                read(reader, FRAMES / 2);
            }
            print("open, first byte, close, us: ", (System.nanoTime() - began) / 1000);
        }
        for (int i = 0; i < CHILDREN; i++) {
            id = make(id, i, 20);
        }
        assertThat(store.verify("data@1", Progress.NONE).damages()).isEmpty();
        List<GenerationReader> readers = new ArrayList<>();
        long before = alive();
        for (int i = 1; i <= CHILDREN; i++) {
            GenerationReader reader = store.open("data@" + i);
            readers.add(reader);
            read(reader, 0);
            read(reader, FRAMES - 1);
        }
        long each = (alive() - before) / CHILDREN;
        print("bytes for each of " + CHILDREN + " open generations of a chain: ", each);
        assertThat(each).isLessThan(100_000);
        for (GenerationReader reader : readers) {
            reader.close();
        }
    }

    /** A disk of 20 TiB without a hole has 20 million spans: nobody goes through them all to read a piece. */
    @Test
    void howFarDataGoesIsNotLookedForToItsEnd() throws IOException {
        int frames = 100;
        long size = (long) frames << 20;
        BlockSet all = BlockSet.range(0, size / BLOCK);
        ByteBuffer frame = Buffers.allocate(1 << 20);
        while (frame.hasRemaining()) {
            frame.put((byte) 1);
        }
        try (GenerationWriter writer = store.create(new GenerationRequest(
                        "full", new UUID(1, 3), size, BLOCK, "raw", "m", Layout.PACKED, null, null, null));
                BlockWriter blocks = writer.openBlocks()) {
            for (int i = 0; i < frames; i++) {
                blocks.write(new BlockRun((long) i << 8, 256), frame.clear());
            }
            blocks.complete();
            writer.seal(new Seal(all, all, null, Instant.EPOCH, 0));
        }
        try (GenerationReader reader = store.open("full@1")) {
            long at = 0;
            while (at < size) {
                long next = reader.nextHole(at);
                assertThat(next - at).isBetween(1L, 64L << 20);
                assertThat(reader.nextData(next))
                        .as("it goes on, or is at its end")
                        .isEqualTo(next);
                at = next;
            }
        }
    }

    private static void print(String what, long value) {
        if (Boolean.getBoolean("hikae.long")) {
            System.out.println(what + value);
        }
    }
}
