package org.hikae.mediadirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A medium on a small file system of its own, which needs the right to mount one. */
class MountedMediumTest {

    @TempDir
    Path folder;

    private Medium medium;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder.toString()), "cannot mount");
        medium = new DirectoryDriver().open(folder.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", folder.toString());
    }

    @Test
    void full() throws IOException {
        String told = "medium folder " + folder.toRealPath() + " is full";
        try (ObjectWriter writer = medium.create("x")) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            writer.write(ByteBuffer.allocate(1 << 20));
                        }
                        writer.commit();
                    })
                    .isInstanceOf(MediumFullException.class)
                    .hasMessageContaining(told);
        }
        assertThat(medium.list("")).isEmpty();
        assertThat(medium.space().free()).isGreaterThan(11 << 20);
        assertThat(medium.space().total()).isEqualTo(12 << 20);
    }

    /** What it refuses to take, and to commit, it takes when there is room again; all bytes once. */
    @Test
    void fullAndThenNotFull() throws IOException {
        Path filler = Files.write(folder.resolve("filler"), new byte[7 << 20]);
        byte[] content = new byte[(9 << 20) + 7];
        new Random(7).nextBytes(content);
        int refused = 0;
        try (Medium inside = new DirectoryDriver().open(folder.resolve("medium").toString());
                ObjectWriter writer = inside.create("x/y")) {
            ByteBuffer all = ByteBuffer.wrap(content);
            while (all.hasRemaining()) {
                try {
                    writer.write(all);
                } catch (MediumFullException e) {
                    refused++;
                    shorten(filler, 1_500_000);
                }
            }
            boolean committed = false;
            while (!committed) {
                try {
                    writer.commit();
                    committed = true;
                } catch (MediumFullException e) {
                    refused++;
                    shorten(filler, 1_500_000);
                }
            }
            assertThat(refused).isGreaterThan(2);
            assertThat(inside.list("")).containsExactly(new MediumObject("x/y", content.length));
            assertThat(folder.resolve("medium/x/y")).hasBinaryContent(content);
        }
    }

    private static void shorten(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(channel.size()).as("it is full, but not of this").isPositive();
            channel.truncate(Math.max(0, channel.size() - bytes));
        }
    }

    @Test
    void readOnlyInMidUse() throws Exception {
        ObjectWriter writer = medium.create("x");
        writer.write(ByteBuffer.allocate(100));
        writer.commit();
        assertThat(run("mount", "-o", "remount,ro", folder.toString())).isTrue();
        assertThatThrownBy(() -> medium.create("y")).hasMessageContaining("Read-only");
        assertThatThrownBy(() -> medium.delete("x")).hasMessageContaining("cannot delete x");
        assertThat(medium.list("")).hasSize(1);
        medium.open("x").close();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
