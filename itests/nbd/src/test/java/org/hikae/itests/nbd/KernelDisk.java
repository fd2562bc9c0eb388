package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk named {@code data} that a real kernel mounts as ext4, and a medium for its generations. There is no NBD driver in
 * every kernel: a file of FUSE is the export, and a loop device lies on that.
 */
final class KernelDisk implements AutoCloseable {

    private final Path folder;
    private final Path image;
    private final Path mounted;
    /** The export as a file. */
    private final Path export;

    private final long size;
    private final Hikae hikae;
    /** The process that makes the export a file; null until there is one. */
    private Tool.Running fuse;
    /** The loop device that is mounted; null if there is none. */
    private String device;

    /**
     * Starts a platform that serves the disk.
     *
     * @param folder for everything
     * @param size bytes
     * @param options further ones of mkfs
     */
    KernelDisk(Path folder, long size, String... options) throws IOException, InterruptedException {
        this.folder = folder;
        this.size = size;
        image = folder.resolve("disk.img");
        mounted = Files.createDirectory(folder.resolve("mnt"));
        export = Files.createFile(folder.resolve("export"));
        hikae = new Hikae(folder);
        makeFileSystem(options);
        try {
            hikae.serve();
            String vault = folder.resolve("vault").toString();
            assertThat(hikae.ok("-c", "medium add vault directory '" + vault + "'; disk add data '" + image + "'"))
                    .contains("ext4");
        } catch (Throwable e) {
            hikae.close(); // nobody else can, and whatever is tested next would have it beside
            throw e;
        }
    }

    private void makeFileSystem(String... options) throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
        }
        List<String> mkfs = new ArrayList<>(List.of("mkfs.ext4", "-q", "-E", "lazy_itable_init=0"));
        Collections.addAll(mkfs, options);
        mkfs.add(image.toString());
        Tool.run(folder, mkfs).ok();
    }

    Hikae hikae() {
        return hikae;
    }

    /** The file that is the disk. */
    Path image() {
        return image;
    }

    /** Where the kernel has it mounted. */
    Path mounted() {
        return mounted;
    }

    /** The export as a file, for programs that want the disk itself. */
    Path export() {
        return export;
    }

    /** Makes the export a file. Tests are skipped where there is no FUSE. */
    void attach(String uri) throws IOException {
        Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "there is no FUSE here: skipped");
        fuse = Tool.start(folder, List.of("nbdfuse", export.toString(), uri));
        Awaitility.await().until(() -> {
            assertThat(fuse.process().isAlive())
                    .as(Files.readString(fuse.output()))
                    .isTrue();
            return Files.size(export) == size;
        });
    }

    /** Tests are skipped where there are no loop devices. */
    void mount(String options) throws IOException, InterruptedException {
        Tool.Result loop = Tool.run(folder, List.of("losetup", "-f", "--show", "--direct-io=on", export.toString()));
        Assumptions.assumeTrue(loop.code() == 0, "there are no loop devices here: skipped");
        device = loop.output().strip();
        Tool.ok(folder, "mount", "-o", options, device, mounted.toString());
    }

    /** As soon as nothing is in it any more: killed programs may take a moment to end. */
    void unmount() throws IOException, InterruptedException {
        Awaitility.await()
                .until(() ->
                        Tool.run(folder, List.of("umount", mounted.toString())).code() == 0);
        Tool.ok(folder, "losetup", "-d", device);
        device = null;
    }

    /** Writes out what the kernel holds, and commits the journal. */
    void sync() throws IOException, InterruptedException {
        Tool.ok(folder, "sync", "-f", mounted.toString());
    }

    /** Backs the disk up without a doubt: where changes alone are asked for, changes alone are taken. */
    Backup backUp(Backup.Kind kind, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("backup", "run", "data", "--to", "vault", "--json"));
        command.addAll(kind.options());
        command.addAll(Arrays.asList(options));
        Backup backup = new Backup(hikae.ok(command.toArray(String[]::new)));
        backup.assertIs(kind);
        return backup;
    }

    /** Backs a group of its files up, with all names. */
    Backup backUpGroup(Backup.Kind kind, String group, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("backup", "run", "--group", group, "--meta", "all", "--to", "vault", "--json"));
        command.addAll(kind.options());
        command.addAll(Arrays.asList(options));
        Backup backup = new Backup(hikae.ok(command.toArray(String[]::new)));
        backup.assertIs(kind);
        return backup;
    }

    /** Restores a generation to a file, unless it is there. */
    Path restore(Backup backup) throws IOException, InterruptedException {
        Path restored = folder.resolve(backup.generation() + ".img");
        if (Files.exists(restored)) {
            return restored;
        }
        hikae.ok("generation", "restore", backup.generation(), "--to", restored.toString());
        return restored;
    }

    /** Reads blocks of a generation through its own export, one after another. */
    byte[] read(Backup backup, List<Long> blocks, int blockSize) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(blocks.size() * blockSize);
        try (Client client = Client.of(hikae.socket(), backup.generation())) {
            for (long block : blocks) {
                content.put(client.read(block * blockSize, blockSize));
            }
        }
        return content.array();
    }

    /** What the disk itself has in blocks, one after another, once its node has written out what it was given. */
    byte[] read(List<Long> blocks, int blockSize) throws IOException, InterruptedException {
        hikae.ok("node", "flush", "n1");
        ByteBuffer content = ByteBuffer.allocate(blocks.size() * blockSize);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
            for (int i = 0; i < blocks.size(); i++) {
                file.seek(blocks.get(i) * blockSize);
                file.readFully(content.array(), i * blockSize, blockSize);
            }
        }
        return content.array();
    }

    /** Gets a file out of a generation. */
    byte[] get(Backup backup, String path) throws IOException, InterruptedException {
        Path got = folder.resolve("got");
        hikae.ok("generation", "get", backup.generation(), path, "--to", got.toString(), "--overwrite");
        return Files.readAllBytes(got);
    }

    /** The blocks that have changed since the last backup, once the node has written out what it was given. */
    BitSet changed() throws IOException, InterruptedException {
        hikae.ok("node", "flush", "n1");
        BitSet changed = new BitSet();
        Matcher runs = Pattern.compile("\\[\\s*(\\d+),\\s*(\\d+)\\s*\\]")
                .matcher(hikae.ok("disk", "blocks", "data", "--changed", "--json"));
        while (runs.find()) {
            int first = Integer.parseInt(runs.group(1));
            changed.set(first, first + Integer.parseInt(runs.group(2)));
        }
        return changed;
    }

    /** Makes the export, which is not mounted any more, no file any more; then nobody uses the disk. */
    void detach() throws IOException, InterruptedException {
        Tool.ok(folder, "umount", export.toString());
        assertThat(fuse.await().code()).isZero();
        fuse = null;
    }

    /**
     * Starts the platform again, which was killed. What hung on it has met errors and is given up, as after the loss of a
     * machine's power: the kernel's memory of the disk is gone.
     */
    void startAgain() throws IOException, InterruptedException {
        giveUp();
        hikae.serve();
    }

    /** Ends all that was begun, whatever state it is in, frozen too. */
    @Override
    public void close() throws IOException, InterruptedException {
        giveUp();
        hikae.close();
    }

    private void giveUp() throws IOException, InterruptedException {
        if (device != null) {
            Tool.run(folder, List.of("fsfreeze", "-u", mounted.toString()));
            Tool.run(folder, List.of("umount", "-l", mounted.toString()));
            Tool.run(folder, List.of("losetup", "-d", device));
            device = null;
        }
        if (fuse != null) {
            Tool.run(folder, List.of("umount", "-l", export.toString()));
            fuse.close();
            fuse = null;
        }
    }

    /**
     * The blocks that a mounted file has now, whether that is committed or not.
     *
     * @return their numbers, in the order of the file; blocks are those of the file system
     */
    List<Long> blocksOf(Path file) throws IOException, InterruptedException {
        Pattern extent = Pattern.compile("(?m)^ *\\d+: +\\d+\\.\\. *\\d+: +(\\d+)\\.\\. *(\\d+):");
        Matcher found = extent.matcher(Tool.ok(folder, "filefrag", "-v", file.toString()));
        List<Long> blocks = new ArrayList<>();
        while (found.find()) {
            for (long block = Long.parseLong(found.group(1)); block <= Long.parseLong(found.group(2)); block++) {
                blocks.add(block);
            }
        }
        return blocks;
    }
}
