package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.hikae.io.MountedTest.Tmpfs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small file system of its own that is full, and has room again, which needs the right to mount one. */
class FullFileSystemTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private Path filler;

    private void mount(String type) throws Exception {
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        if (type.equals("tmpfs")) {
            assumeTrue(
                    Tmpfs.run("mount", "-t", type, "-o", "size=24m", type, mounted.toString()) != null, "cannot mount");
        } else {
            Path image = folder.resolve("image");
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(32 * MIB);
            }
            assumeTrue(Tmpfs.run("mkfs." + type, "-q", image.toString()) != null, "there is no such file system here");
            assumeTrue(Tmpfs.run("mount", "-o", "loop", image.toString(), mounted.toString()) != null, "cannot mount");
        }
        filler = mounted.resolve("filler");
        fill();
    }

    /** Until nothing more goes in, but for what the system keeps for itself. */
    private void fill() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(4096);
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            channel.write(piece.clear());
                        }
                    })
                    .isInstanceOf(IOException.class);
            channel.force(true);
        }
    }

    private void makeRoom(int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
            assertThat(channel.size()).isGreaterThan(bytes);
            channel.truncate(channel.size() - bytes);
            channel.force(true);
        }
    }

    @AfterEach
    void unmount() throws Exception {
        Tmpfs.run("umount", folder.resolve("mounted").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4"})
    void writesGoOnWithoutLosingOrDoublingAByte(String type) throws Exception {
        mount(type);
        byte[] content = new byte[13 * MIB + 5];
        Random random = new Random(3);
        random.nextBytes(content);
        makeRoom(MIB); // for the file itself, and what the file system keeps beside it
        Path file = filler.resolveSibling("file");
        int refused = 0;
        try (DirectFileWriter writer = DirectFileWriter.create(file)) {
            ByteBuffer all = ByteBuffer.wrap(content);
            int taken = 0;
            while (taken < content.length) {
                all.limit(Math.min(content.length, taken + 1 + random.nextInt(2 * MIB)));
                try {
                    writer.write(all);
                    assertThat(all.hasRemaining()).isFalse();
                } catch (NoSpaceException e) {
                    refused++;
                    makeRoom(MIB + 3);
                }
                taken = all.position();
                assertThat(writer.length()).isEqualTo(taken);
            }
            refused += force(writer);
        }
        assertThat(refused).isGreaterThan(3);
        assertThat(file).hasBinaryContent(content);
    }

    private int force(DirectFileWriter writer) throws IOException {
        for (int refused = 0; ; refused++) {
            try {
                writer.force();
                return refused;
            } catch (NoSpaceException e) {
                makeRoom(MIB + 3);
            }
        }
    }

    /** All of a small file is written when it is forced. */
    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4"})
    void forcingGoesOn(String type) throws Exception {
        mount(type);
        byte[] content = new byte[3 * MIB + 5];
        new Random(4).nextBytes(content);
        makeRoom(MIB);
        Path file = filler.resolveSibling("file");
        try (DirectFileWriter writer = DirectFileWriter.create(file)) {
            writer.write(ByteBuffer.wrap(content));
            assertThat(force(writer)).isPositive();
            assertThat(file).hasBinaryContent(content);
            writer.write(ByteBuffer.wrap(content));
            force(writer);
        }
        assertThat(Files.size(file)).isEqualTo(2L * content.length);
    }
}
