package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.UUID;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.After;
import org.junit.Before;

/** Tests of files on a shared disk, each with a new one, whose file system is in order at the end. */
public abstract class FilesLab extends InFramework {
    Lab lab;
    Disk disk;

    @Before
    public void makeDisk() throws Exception {
        lab = Lab.in(context);
        Disk made = lab.disk(192L << 20, 4096, 7);
        FormatOptions options = new FormatOptions(new UUID(1, 1), "", 32 << 20, 0, 0);
        lab.services.get(FileSystems.class).format(made.name(), "shared", options, true);
        disk = lab.disks().get(made.name());
    }

    @After
    public void forgetDisk() throws IOException {
        assertThat(lab.services.get(FileSystems.class).check(disk.name()).findings())
                .isEmpty();
        lab.forget(disk);
    }

    /** Something that is done to files. */
    interface Work {
        void on(FileSystem files) throws IOException;
    }

    /** Does it through a node, to the end. */
    void on(String node, Work work) throws IOException {
        try (FileSystem files = lab.node(node).fileSystem(disk.name())) {
            work.on(files);
        }
        lab.node(node).flush();
    }

    SortedMap<String, String> ofGeneration(String generation, String start) throws IOException {
        try (GenerationReader reader = lab.generations().open(generation);
                org.hikae.api.fs.FileSystem files = reader.openFileSystem(lab.disks())) {
            return Inventory.of(files, start);
        }
    }

    /** What is on the disk, with all that nodes have in their caches. */
    SortedMap<String, String> ofDisk(String start) throws IOException {
        for (int i = 1; i <= 4; i++) {
            lab.node("n" + i).flush();
        }
        try (org.hikae.api.fs.FileSystem files = disk.openFileSystem()) {
            return Inventory.of(files, start);
        }
    }

    static void write(Path path, int size, SplittableRandom random) throws IOException {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Files.write(path, bytes);
    }

    static void writeAll(Path path, char letter, int size) throws IOException {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) letter);
        Files.write(path, bytes);
    }
}
