package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.junit.Assume;

/**
 * A disk with an ext4 that a real kernel changes: in a file beside the disk, from which a node then writes to the disk what
 * has changed.
 *
 * @param beside the file that the kernel mounts
 */
record GroupExtDisk(Lab lab, Disk disk, Path beside, Path mounted) implements GroupDisk {
    private static final long SIZE = 24L << 20;
    private static final int PIECE = 4096;

    static GroupExtDisk make(Lab lab, long seed, int blockSize) throws Exception {
        Path beside = Files.createTempFile(lab.folder, "beside", ".img");
        try (RandomAccessFile file = new RandomAccessFile(beside.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        String block = Integer.toString(blockSize);
        assertThat(run("mkfs.ext4", "-q", "-F", "-b", block, "-I", "256", beside.toString()))
                .isZero();
        Disk disk = lab.disk(SIZE, blockSize, seed);
        Files.copy(beside, disk.path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        String name = disk.name();
        Path file = disk.path();
        lab.disks().remove(name);
        Path mounted = Files.createTempDirectory(lab.folder, "mounted");
        return new GroupExtDisk(lab, lab.disks().add(name, file, null, blockSize), beside, mounted);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public <T> T use(Use<T> use) throws Exception {
        Assume.assumeTrue(
                "only root mounts, where there are loop devices",
                run("mount", "-o", "loop,discard", beside.toString(), mounted.toString()) == 0);
        T result;
        try {
            result = use.with(mounted);
        } finally {
            assertThat(run("umount", mounted.toString())).isZero();
        }
        writeChanges();
        return result;
    }

    private void writeChanges() throws IOException {
        try (FileChannel from = FileChannel.open(beside, StandardOpenOption.READ);
                BlockDevice to = lab.node("n1").open(disk.name())) {
            ByteBuffer now = ByteBuffer.allocate(PIECE);
            ByteBuffer then = ByteBuffer.allocate(PIECE);
            for (long offset = 0; offset < SIZE; offset += PIECE) {
                from.read(now.clear(), offset);
                to.read(then.clear(), offset);
                if (!now.flip().equals(then.flip())) {
                    to.write(now, offset);
                }
            }
            to.flush();
        }
    }
}
