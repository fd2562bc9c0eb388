package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Group;
import org.hikae.api.group.Meta;
import org.hikae.api.job.JobInfo;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * Groups of files of an ext4 image (b.1, b.6, b.7): nodes overwrite content while it is backed up, and between backups debugfs
 * changes a copy, of which what is different goes through a node's door.
 */
public class GroupExtBackupIT extends GroupLab {
    private static final String DISK = "ext-group";
    private static final int BLOCK = 4096;

    private Path image;
    private Path content;

    @Before
    public void makeDisk() throws Exception {
        Path source = Files.createTempDirectory(lab.folder, "group");
        for (String directory : List.of("docs/sub", "docs/private", "out")) {
            Files.createDirectories(source.resolve(directory));
        }
        write(source.resolve("docs/a"), 50_000);
        write(source.resolve("docs/b"), 70_000);
        write(source.resolve("docs/sub/c"), 200_000);
        write(source.resolve("docs/private/p"), 30_000);
        write(source.resolve("out/x"), 300_000);
        write(source.resolve("out/y"), 40_000);
        Files.createSymbolicLink(source.resolve("docs/l"), Path.of("a"));
        Files.createSymbolicLink(source.resolve("docs/long"), Path.of("n".repeat(200)));
        image = lab.folder.resolve("ext-group.img");
        Files.deleteIfExists(image);
        run("mkfs.ext4", "-q", "-F", "-b", "4096", "-d", source.toString(), image.toString(), "24M");
        lab.disks().add(DISK, image, null, 0);
        lab.strategy(DISK, "overlay", null);
        content = lab.folder.resolve("group-content");
        groups().add(new Group(GROUP, DISK, List.of("/docs", "X /docs/private")));
    }

    @After
    public void forgetDisk() throws IOException {
        lab.disks().remove(DISK);
    }

    private static void write(Path file, int size) throws IOException {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        Files.write(file, bytes);
    }

    private static void run(String... command) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(command));
        Path program = Path.of("/usr/sbin", command[0]);
        words.set(0, Files.isExecutable(program) ? program.toString() : command[0]);
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s", words).isZero();
    }

    /** As one who has it mounted would: nothing is written past the door. */
    private void debugfs(String... commands) throws Exception {
        Path copy = Files.copy(image, lab.folder.resolve("group-copy.img"), StandardCopyOption.REPLACE_EXISTING);
        Path script = Files.write(lab.folder.resolve("group-commands"), List.of(commands));
        run("debugfs", "-w", "-f", script.toString(), copy.toString());
        byte[] before = Files.readAllBytes(image);
        byte[] after = Files.readAllBytes(copy);
        assertThat(after).isNotEqualTo(before);
        try (BlockDevice door = lab.node("n2").open(DISK)) {
            for (int at = 0; at < after.length; at += BLOCK) {
                if (!Arrays.equals(before, at, at + BLOCK, after, at, at + BLOCK)) {
                    door.write(ByteBuffer.wrap(after, at, BLOCK).slice(), at);
                }
            }
            door.force();
        }
    }

    private SortedMap<String, String> tree() throws IOException {
        try (ImageDevice device = new ImageDevice(image, BLOCK);
                FileSystem files = lab.disks().openFileSystem("ext4", device)) {
            return Tree.of(files);
        }
    }

    /** While guests overwrite what files have, those of the group and others. */
    private JobInfo backUp(Meta meta) throws Exception {
        try (Guests guests = new Guests(blocks())) {
            return backUp(DISK, meta, this::tree);
        }
    }

    /** Where the content of all files lies. */
    private List<Long> blocks() throws IOException {
        List<Long> blocks = new ArrayList<>();
        try (FileSystem files = lab.disks().get(DISK).openFileSystem()) {
            FileEntry root = files.find("/").orElseThrow();
            files.walk(root, file -> {
                if (file.attributes().type() == FileType.REGULAR) {
                    for (FileExtent extent : files.extents(file.attributes().inode(), 0)) {
                        for (long block = extent.physical(); block < extent.physical() + extent.count(); block++) {
                            blocks.add(block);
                        }
                    }
                }
                return true;
            });
        }
        return blocks;
    }

    private void list(String... lines) throws IOException {
        groups().replace(new Group(GROUP, DISK, List.of(lines)));
    }

    @Test
    public void everythingThatCanHappenToAFileWithAllNames() throws Exception {
        history(Meta.ALL);
    }

    @Test
    public void everythingThatCanHappenToAFileWithTheGroupsNames() throws Exception {
        history(Meta.GROUP);
    }

    private void history(Meta meta) throws Exception {
        JobInfo full = backUp(meta);
        assertThat(full.result()).containsEntry("members", 3L).containsEntry("contentBytes", 320_000L);
        assertThat((Long) full.result().get("readBytes")).isLessThan(20L << 20);
        assertHidden(meta, "/out/x");
        assertHidden(meta, "/docs/private/p");
        list("/docs", "X /docs/private", "/out/x");
        backUp(meta);
        list("/docs", "X /docs/private");
        backUp(meta);
        assertHidden(meta, "/out/x");
        debugfs("ln /out/y /docs/y", "unlink /out/y", "ln /docs/b /out/b", "unlink /docs/b");
        backUp(meta);
        assertHidden(meta, "/out/b");
        write(content, 60_000);
        debugfs(
                "rm /docs/a",
                "cd /docs",
                "write " + content + " a",
                "punch /docs/sub/c 1 48",
                "sif /docs/sub/c size 100");
        backUp(meta);
        debugfs(
                "ln /docs/a /out/link",
                "sif /docs/a links_count 2",
                "ln /out/x /docs/link",
                "sif /out/x links_count 2");
        backUp(meta);
        debugfs("rm /docs/y", "unlink /docs/link", "sif /out/x links_count 1");
        write(content, 90_000);
        debugfs("cd /out", "write " + content + " reuses", "cd /docs", "write " + content + " also");
        backUp(meta);
        assertHidden(meta, "/out/reuses");
        list("a", "/out/sub");
        backUp(meta);
        lab.verify(last());
        assertProven(meta);
    }

    private void assertHidden(Meta meta, String path) throws IOException {
        String is = shown(last(), path);
        if (meta == Meta.GROUP) {
            assertThat(is).as(path).isNull();
        } else {
            assertThat(is).as(path).isEqualTo(Tree.unreadable(tree().get(path)));
        }
    }

    private void assertProven(Meta meta) throws Exception {
        String generation = last();
        JobInfo end = Lab.end(lab.backups().drill(new DrillRequest(generation, null)));
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        Drill drill = lab.backups().drills().get(generation);
        assertThat(drill.problem()).isNull();
        assertThat(drill.files()).isEqualTo(1);
        if (meta == Meta.ALL) {
            assertThat(drill.checker()).startsWith("e2fsck 1.");
        } else {
            assertThat(drill.checker()).isNull();
        }
    }

    /** What the whole disk's backup takes as it is, a group's does not. */
    @Test
    public void aFileSystemThatCannotBeReadIsRefused() throws Exception {
        try (BlockDevice door = lab.node("n1").open(DISK)) {
            ByteBuffer superblock = ByteBuffer.allocate(BLOCK);
            door.write(superblock, 0);
            door.force();
        }
        for (Meta meta : Meta.values()) {
            assertThat(Lab.failure(lab.backups().backUp(request(DISK, meta, false))))
                    .startsWith("the files of group 'docs' cannot be told: ");
        }
        JobInfo whole = Lab.end(lab.backups().backUp(request(DISK, null, false)));
        assertThat((String) whole.result().get("allBecause")).startsWith("all blocks were taken");
        lab.generations().remove((String) whole.result().get("generation"));
    }

    /** Two, each on a node of its own. */
    private final class Guests implements AutoCloseable {
        private final List<Task> tasks = new ArrayList<>();
        private volatile boolean over;

        Guests(List<Long> blocks) {
            for (String node : List.of("n1", "n3")) {
                SplittableRandom random = new SplittableRandom();
                tasks.add(Task.start(() -> run(node, blocks, random)));
            }
        }

        private void run(String node, List<Long> blocks, SplittableRandom random) throws IOException {
            byte[] bytes = new byte[BLOCK];
            try (BlockDevice door = lab.node(node).open(DISK)) {
                while (!over) {
                    random.nextBytes(bytes);
                    door.write(ByteBuffer.wrap(bytes), blocks.get(random.nextInt(blocks.size())) * BLOCK);
                    LockSupport.parkNanos(200_000);
                }
                door.force();
            }
        }

        @Override
        public void close() throws Exception {
            over = true;
            for (Task task : tasks) {
                task.join();
            }
        }
    }
}
