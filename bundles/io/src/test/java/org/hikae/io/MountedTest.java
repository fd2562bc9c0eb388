package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a file system or device of its own, and so the rights to make one. */
class MountedTest {

    private static final long TIB = 1L << 40;

    @TempDir
    Path folder;

    @Test
    void sparseFileBeyond16TiB() throws Exception {
        try (Tmpfs tmpfs = Tmpfs.mount(folder, "16m")) {
            Path file = tmpfs.path().resolve("large");
            byte[] mark = "beyond".getBytes(StandardCharsets.UTF_8);
            try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
                made.setLength(20 * TIB + 123);
                made.seek(18 * TIB);
                made.write(mark);
            }
            try (FileDevice device = FileDevice.open(file, 4096, FileDevice.Mode.READ_WRITE)) {
                assertThat(device.size()).isEqualTo(20 * TIB + 123);
                assertThat(device.blockCount()).isEqualTo(20 * TIB / 4096 + 1);
                assertThat(device.nextData(0)).isEqualTo(18 * TIB);
                assertThat(device.nextHole(18 * TIB)).isEqualTo(18 * TIB + 4096);
                assertThat(device.nextData(18 * TIB + 4096)).isEqualTo(device.size());
                ByteBuffer read = ByteBuffer.allocate(mark.length);
                device.read(read, 18 * TIB);
                assertThat(read.array()).isEqualTo(mark);
                device.write(ByteBuffer.wrap(mark), device.size() - mark.length);
                device.zero(18 * TIB - 1, TIB);
                assertThat(device.nextData(0)).isEqualTo(20 * TIB); // the page that holds the mark's end
            }
            try (FileDevice device = FileDevice.open(file, 4096, FileDevice.Mode.READ_DIRECT)) {
                ByteBuffer read = ByteBuffer.allocate(mark.length);
                device.read(read, device.size() - mark.length);
                assertThat(read.array()).isEqualTo(mark);
            }
        }
    }

    @Test
    void fullFileSystemIsToldApart() throws Exception {
        try (Tmpfs tmpfs = Tmpfs.mount(folder, "8m");
                DirectFileWriter writer = DirectFileWriter.create(tmpfs.path().resolve("x"))) {
            ByteBuffer piece = ByteBuffer.allocate(1 << 20);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 13; i++) {
                            writer.write(piece.clear());
                        }
                        writer.force();
                    })
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("no space left");
        }
    }

    @Test
    void blockDevice() throws Exception {
        Path image = folder.resolve("image");
        byte[] content = new byte[(4 << 20) + 512];
        new Random(5).nextBytes(content);
        Files.write(image, content);
        String loop = Tmpfs.run("losetup", "-f", "--show", image.toString());
        assumeTrue(loop != null, "needs the right to make loop devices");
        try (FileDevice device = FileDevice.open(Path.of(loop.strip()), 512, FileDevice.Mode.READ_WRITE)) {
            assertThat(device.size()).isEqualTo(content.length);
            assertThat(device.nextData(1)).isEqualTo(1);
            device.zero(1000, 2_000_000);
            Arrays.fill(content, 1000, 2_001_000, (byte) 0);
            device.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), content.length - 3);
            System.arraycopy(new byte[] {1, 2, 3}, 0, content, content.length - 3, 3);
            device.force();
            try (FileDevice direct = FileDevice.open(Path.of(loop.strip()), 512, FileDevice.Mode.READ_DIRECT)) {
                ByteBuffer all = Buffers.allocate(content.length);
                direct.read(all, 0);
                assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(content));
            }
        } finally {
            Tmpfs.run("losetup", "-d", loop.strip());
        }
        assertThat(Files.readAllBytes(image)).isEqualTo(content);
    }

    /** A small file system of its own. */
    record Tmpfs(Path path) implements AutoCloseable {

        static Tmpfs mount(Path under, String size) throws IOException, InterruptedException {
            Path path = Files.createDirectories(under.resolve("tmpfs"));
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString()) != null;
            assumeTrue(mounted, "needs the right to mount a tmpfs");
            return new Tmpfs(path);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            assertThat(run("umount", path.toString())).isNotNull();
        }

        /** What the program printed; null if it failed or is not there. */
        static String run(String... command) throws IOException, InterruptedException {
            try {
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return process.waitFor() == 0 ? out : null;
            } catch (IOException e) {
                return null;
            }
        }
    }
}
