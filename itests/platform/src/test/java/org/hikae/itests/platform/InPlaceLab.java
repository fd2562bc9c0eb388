package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.junit.After;
import org.junit.Before;

/**
 * In-place mounts (c.1, R21) with everything that ships: nodes with their caches, both gatherings, every place of a log, a folder
 * as the medium.
 */
public abstract class InPlaceLab extends InFramework {
    static final String VAULT = "vault";
    static final String OTHER_VAULT = "other-vault";
    static final int BLOCK = 4096;
    static final int SIZE = (12 << 20) - 1000;

    final long seed = Long.getLong("hikae.seed", System.nanoTime());
    final SplittableRandom random = new SplittableRandom(seed);
    private final List<Disk> made = new ArrayList<>();
    Lab lab;

    @Before
    public void openLab() throws Exception {
        System.out.println("seed " + seed);
        lab = Lab.in(context);
        if (lab.media().list().stream().noneMatch(medium -> medium.name().equals(VAULT))) {
            lab.addMedium(VAULT, "directory");
            lab.addMedium(OTHER_VAULT, "directory");
        }
    }

    /** Nothing may still have hold of a disk that no generation stands in for. */
    @After
    public void forgetDisks() throws Exception {
        for (Disk disk : made) {
            bringBack(disk.name());
            lab.forget(disk);
        }
        assertThat(lab.generations().holds()).isEmpty();
    }

    void bringBack(String disk) throws Exception {
        InPlaceStatus standing = mounts().of(disk).orElse(null);
        if (standing != null) {
            awaitDone(mount(standing.generation(), disk, true));
        }
    }

    InPlaceMounts mounts() {
        return services.get(InPlaceMounts.class);
    }

    Disk disk(long size) throws IOException {
        Disk disk = lab.disk(size, BLOCK, random.nextLong());
        made.add(disk);
        lab.logManager().setStrategy(disk.name(), LogStrategy.DEFAULT);
        return disk;
    }

    String backUp(String disk, boolean differential) throws Exception {
        return Lab.generation(start(disk, differential, null));
    }

    Job start(String disk, boolean differential, String since) throws IOException {
        return lab.backups()
                .backUp(new BackupRequest(
                        disk,
                        VAULT,
                        List.of(),
                        new CopyLimits(0, 2),
                        Layout.PACKED,
                        differential,
                        since,
                        Quieting.NONE,
                        null));
    }

    Job mount(String generation, String disk, boolean restore) throws IOException {
        return lab.backups()
                .mountInPlace(new InPlaceRequest(generation, disk, restore))
                .orElse(null);
    }

    static void awaitDone(Job job) throws Exception {
        JobInfo end = Lab.end(job);
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
    }

    byte[] content(String generation) throws IOException {
        try (GenerationReader reader = lab.generations().open(generation)) {
            return bytes(reader);
        }
    }

    byte[] seenBy(String node, String disk) throws IOException {
        try (BlockDevice device = lab.node(node).open(disk)) {
            return bytes(device);
        }
    }

    static byte[] bytes(BlockDevice device) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) device.size());
        device.read(all, 0);
        return all.array();
    }

    /** Writes random bytes, through a node; returns them as part of the whole. */
    byte[] overwrite(String node, String disk, byte[] before, int at, int length) throws IOException {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        try (BlockDevice device = lab.node(node).open(disk)) {
            device.write(ByteBuffer.wrap(bytes), at);
        }
        byte[] after = before.clone();
        System.arraycopy(bytes, 0, after, at, length);
        return after;
    }

    static void assertSame(byte[] found, byte[] expected, String about) {
        assertThat(Arrays.mismatch(found, expected))
                .as("where %s differs", about)
                .isEqualTo(-1);
    }

    void flushAll() throws IOException {
        for (int i = 1; i <= 4; i++) {
            lab.node("n" + i).flush();
        }
    }

    GenerationInfo info(String generation) throws IOException {
        return lab.generations().get(generation);
    }
}
