package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.Job;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationReader;
import org.junit.After;
import org.junit.Before;

/** A test of one rule: a disk of three frames, one copying worker, and steps at which threads can be held. */
public abstract class InLab extends InFramework {
    static final int BLOCK = 4096;
    static final int FRAME = BlockWriter.FRAME_BYTES;
    static final long SIZE = 3L * FRAME - 1000;
    /** More than there is on a medium beside a frame's data. */
    private static final int HEADERS = 1 << 16;

    Lab lab;
    Disk disk;
    Image image;

    @Before
    public void addDisk() throws Exception {
        lab = Lab.in(context);
        disk = lab.fullDisk(SIZE, BLOCK);
        image = new Image(disk.path());
        lab.strategy(disk.name(), "overlay", null);
        lab.gathering.watch(new TakesImage());
    }

    @After
    public void forgetDisk() throws IOException {
        lab.watchNothing();
        lab.forget(disk);
    }

    /** Keeps the model at the instant. */
    class TakesImage implements ProbeGathering.Watch {
        @Override
        public void instant() throws IOException {
            image.take();
        }
    }

    /** Holds the copier with a frame in its hands: read from the disk, not yet on the medium. */
    static final class HoldsCopier implements ProbeDriver.Watch {
        final Checkpoint firstFrame = new Checkpoint();
        /** Frames of random data, that is. */
        final Checkpoint secondFrame = new Checkpoint();
        /** Objects that have their header, which comes before anything is read. */
        private final Set<String> begun = ConcurrentHashMap.newKeySet();

        private final AtomicLong written = new AtomicLong();

        @Override
        public void write(String object, ByteBuffer data) {
            if (Thread.currentThread().getName().startsWith("hikae-copy") && !begun.add(object)) {
                boolean first = written.getAndAdd(data.remaining()) < FRAME + HEADERS;
                (first ? firstFrame : secondFrame).pass();
            }
        }

        void letGo() {
            firstFrame.open();
            secondFrame.open();
        }
    }

    HoldsCopier holdCopier() {
        HoldsCopier hold = new HoldsCopier();
        lab.driver.watch(hold);
        return hold;
    }

    /** The blocks changed since the last backup. */
    BlockSet changed() {
        return ((Changes.Known) disk.changes().changed()).blocks();
    }

    Job backUp(String... copiers) throws IOException {
        return lab.backups().backUp(new BackupRequest(disk.name(), Lab.MEDIUM, List.of(copiers), 0, 1));
    }

    void write(String node, long offset, String text) throws IOException {
        try (BlockDevice device = lab.node(node).open(disk.name())) {
            device.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), offset);
        }
    }

    /** Overwrites a part of the disk with one letter. */
    void fill(String node, long offset, long length, char letter) throws IOException {
        byte[] letters = new byte[FRAME];
        Arrays.fill(letters, (byte) letter);
        try (BlockDevice device = lab.node(node).open(disk.name())) {
            for (long done = 0; done < length; done += FRAME) {
                int part = (int) Math.min(FRAME, length - done);
                device.write(ByteBuffer.wrap(letters, 0, part), offset + done);
            }
        }
    }

    /** What the file of the disk holds, past the platform. */
    static String text(Path file, long offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            channel.read(buffer, offset);
            return new String(buffer.array(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The generation is what the disk's file was at the instant. */
    void assertExact(String generation) throws Exception {
        try (GenerationReader reader = lab.generations().open(generation)) {
            assertThat(image.difference(reader)).as("first byte that differs").isEqualTo(-1);
        }
        lab.verify(generation);
    }
}
