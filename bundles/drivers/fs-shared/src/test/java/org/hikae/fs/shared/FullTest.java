package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.fs.shared.testing.Rig.NOW;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.api.shared.FormatOptions;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.testing.FirstFit;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.hikae.fs.shared.testing.MemoryStore;
import org.hikae.fs.shared.testing.Rig;
import org.hikae.fs.shared.testing.SlowFreeSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is promised is kept, and what is not full is not called so. */
class FullTest {

    private static final long ROOT = 1;
    private static final long NODE = 3;
    private static final long BLOCKS = 100;

    private static long create(SharedFileSystem files, String name) throws IOException {
        return files.create(ROOT, name(name), NewFile.regular(0644, 0, 0)).inode();
    }

    /** Dirty data that was taken into a cache must find room, wherever it goes and whatever is made meanwhile. */
    @Test
    void whatIsPromisedCanBeMappedWhateverElseTakesRoom() throws IOException {
        SharedDiskFormat format = new SharedDiskFormat();
        MemoryDevice device = new MemoryDevice(64 << 20, Rig.BLOCK);
        format.format(device, new FormatOptions(Rig.OPTIONS.id(), "", 1 << 20, 0, 0));
        SharedFileSystem files = format.mount(device, FirstFit::new);
        long inode = create(files, "sparse");
        long promised = until(100_000, number -> files.promise(100, NODE)) * 100;
        until(1_000_000, number -> create(files, "more" + number));
        for (long block = 0; block < promised; block++) {
            List<FileExtent> one = files.reserve(inode, 2 * block, 1, NODE);
            files.map(inode, one, (2 * block + 1) * Rig.BLOCK, NOW, NODE);
        }
        files.commit();
        assertThat(promised).isGreaterThan(1000);
        assertThat(files.check().findings()).isEmpty();
        files.close();
        assertThat(format.check(device).findings()).isEmpty();
    }

    /** What is done again and again. */
    @FunctionalInterface
    private interface Doing {
        void run(long number) throws IOException;
    }

    /** @return how often it was done before there was no room */
    private static long until(long most, Doing doing) throws IOException {
        for (long done = 0; done < most; done++) {
            try {
                doing.run(done);
            } catch (FileSystemFullException e) {
                return done;
            }
        }
        throw new AssertionError("never full");
    }

    /** R17: blocks whose removal another one is just making durable are waited for. */
    @Test
    @Timeout(60)
    void blocksThatAreOnTheirWayBackAreNotMissed() throws Exception {
        MemoryStore store = VolumeMaker.formatted(BLOCKS);
        Superblock superblock = Rig.superblock(BLOCKS);
        SlowFreeSpace[] free = new SlowFreeSpace[1];
        SharedFileSystem files = MountedFileSystem.of(
                superblock,
                Layout.info(superblock, ""),
                store,
                blocks -> free[0] = new SlowFreeSpace(blocks),
                Rig.CLOCK);
        long inode = create(files, "file");
        files.map(inode, files.reserve(inode, 0, BLOCKS, NODE), BLOCKS * Rig.BLOCK, NOW, NODE);
        files.resize(inode, 0, NOW);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> committed = threads.submit(() -> Rig.ok(files::commit));
            free[0].giving.await();
            int before = free[0].asked.get();
            Future<?> promised = threads.submit(() -> Rig.ok(() -> files.promise(BLOCKS, NODE)));
            while (!promised.isDone() && free[0].asked.get() < before + 2) {
                Thread.onSpinWait();
            }
            free[0].may.countDown();
            committed.get();
            promised.get();
        } finally {
            free[0].may.countDown();
            threads.shutdownNow();
        }
        assertThat(files.space().free()).isZero();
    }
}
