package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.UUID;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.InPlaceMounts;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.group.Group;
import org.hikae.api.group.Meta;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Groups of files of a disk that nodes share, backed up while they write (b.1, b.6, b.7). */
public class GroupBackupIT extends GroupLab {
    private static final int FACTOR = Boolean.getBoolean("hikae.long") ? 30 : 1;
    private static final long SIZE = 96L << 20;

    private String disk;

    @Before
    public void format() throws Exception {
        disk = lab.disk(SIZE, 4096, 1).name();
        services.get(FileSystems.class)
                .format(disk, "shared", new FormatOptions(UUID.randomUUID(), "", 32 << 20, 0, 0), true);
        lab.strategy(disk, "overlay", null);
    }

    @After
    public void forgetDisk() throws IOException {
        lab.forget(lab.disks().get(disk));
    }

    private SortedMap<String, String> tree(String node) throws IOException {
        try (FileSystem files = lab.node(node).fileSystem(disk)) {
            return Tree.of(files.getPath("/"));
        }
    }

    private JobInfo backUp(Meta meta) throws Exception {
        return backUp(disk, meta, () -> tree("n1"));
    }

    private void list(String... lines) throws IOException {
        groups().replace(new Group(GROUP, disk, List.of(lines)));
    }

    /** Changes files through a node. */
    private interface Change {
        void of(FileSystem files) throws IOException;
    }

    private void change(Change change) throws IOException {
        try (FileSystem files = lab.node("n2").fileSystem(disk)) {
            change.of(files);
        }
    }

    private static void write(FileSystem files, String path, int size) throws IOException {
        byte[] bytes = new byte[size];
        new SplittableRandom(path.hashCode() + (long) size).nextBytes(bytes);
        Files.write(files.getPath(path), bytes);
    }

    private static void move(FileSystem files, String from, String to) throws IOException {
        Files.move(files.getPath(from), files.getPath(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Random changes of few names, through all nodes at once. */
    @Test
    public void membersAreAsTheyWereAtTheInstantWhileNodesWrite() throws Exception {
        Seeds.forEach(2 * FACTOR, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            endChain();
            groups().list().forEach(this::remove);
            groups().add(new Group(GROUP, disk, List.of("/d0", "/d1/*", "X f1")));
            try (FileGuests guests = new FileGuests(lab, disk, random)) {
                for (int i = 0; i < 4; i++) {
                    if (i == 2) {
                        list("/d1", "/d0/f2", "f4", "X /d2");
                    }
                    backUp(random.nextBoolean() ? Meta.ALL : Meta.GROUP);
                }
            }
            checkAll();
            return 1;
        });
    }

    private void remove(Group group) {
        try {
            groups().remove(group.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        groups().add(new Group(GROUP, disk, List.of("/docs", "X /docs/private")));
        change(files -> {
            for (String directory : List.of("/docs", "/docs/sub", "/docs/private", "/out")) {
                Files.createDirectory(files.getPath(directory));
            }
            write(files, "/docs/a", 50_000);
            write(files, "/docs/b", 70_000);
            write(files, "/docs/sub/c", 200_000);
            write(files, "/docs/private/p", 30_000);
            write(files, "/out/x", 300_000);
            write(files, "/out/y", 40_000);
            Files.createSymbolicLink(files.getPath("/docs/l"), files.getPath("a"));
        });
        JobInfo full = backUp(meta);
        assertThat(full.subject()).isEqualTo("group docs of " + disk + " to " + Lab.MEDIUM);
        assertThat(full.result())
                .containsEntry("group", GROUP)
                .containsEntry("meta", meta == Meta.ALL ? "all" : "group")
                .containsEntry("members", 3L)
                .containsEntry("contentBytes", 320_000L)
                .containsEntry("kind", "full");
        assertHidden(meta, "/out/x");
        assertHidden(meta, "/docs/private/p");
        JobInfo nothing = backUp(meta);
        list("/docs", "X /docs/private", "/out/x");
        JobInfo joined = backUp(meta);
        assertThat(read(joined) - read(nothing))
                .as("the content of a file that did not change")
                .isGreaterThan(290_000);
        list("/docs", "X /docs/private");
        backUp(meta);
        assertHidden(meta, "/out/x");
        change(files -> {
            move(files, "/out/y", "/docs/y");
            move(files, "/docs/b", "/out/b");
        });
        backUp(meta);
        assertHidden(meta, "/out/b");
        change(files -> {
            write(files, "/docs/new", 60_000);
            move(files, "/docs/new", "/docs/a");
            truncate(files, "/docs/sub/c", 100);
        });
        backUp(meta);
        change(files -> {
            Files.createLink(files.getPath("/out/link"), files.getPath("/docs/a"));
            Files.createLink(files.getPath("/docs/link"), files.getPath("/out/x"));
        });
        backUp(meta);
        change(files -> {
            Files.delete(files.getPath("/docs/y"));
            Files.delete(files.getPath("/docs/link"));
        });
        backUp(meta);
        change(files -> {
            for (int i = 0; i < 30; i++) {
                write(files, "/out/reuses" + i, 100_000);
            }
            write(files, "/docs/reuses", 100_000);
            move(files, "/docs/sub", "/out/sub");
        });
        backUp(meta);
        assertHidden(meta, "/out/reuses7");
        assertHidden(meta, "/out/x");
        lab.verify(last());
        careFor(meta);
    }

    private static void truncate(FileSystem files, String path, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(files.getPath(path), StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private static long read(JobInfo job) {
        return ((Number) job.result().get("readBytes")).longValue();
    }

    /** It was written, and is not in the group. */
    private void assertHidden(Meta meta, String path) throws IOException {
        String is = shown(last(), path);
        if (meta == Meta.GROUP) {
            assertThat(is).as(path).isNull();
        } else {
            assertThat(is).as(path).isEqualTo(Tree.unreadable(tree("n3").get(path)));
        }
    }

    /** The last generation is drilled, becomes one with what it builds upon, and takes no disk's place. */
    private void careFor(Meta meta) throws Exception {
        String generation = last();
        String digest = drill(generation, meta);
        String whole = Lab.generation(lab.backups().backUp(request(disk, null, true)));
        assertThat(lab.generations().get(whole).kind()).isEqualTo("full");
        assertThatThrownBy(() -> services.get(InPlaceMounts.class).mount(new InPlaceRequest(generation, disk, true)))
                .hasMessageContaining("the files of group 'docs' alone");
        String earlier = lab.generations().chain(generation).get(1).id();
        endChain();
        backUp(meta);
        RetentionRequest keep = new RetentionRequest(disk, GROUP, new Retention(1, 0, 0, 0, 0, 0), true);
        lab.generations().hold(generation, "pin");
        RetentionPlan plan = lab.backups().plan(keep);
        assertThat(plan.removals()).isEmpty();
        assertThat(plan.merges()).hasSize(1);
        assertThat(plan.entries()).extracting(RetentionPlan.Entry::generation).doesNotContain(whole);
        end(keep);
        for (RetentionPlan.Entry entry : plan.entries()) {
            if (entry.kept() == null) {
                gone(entry.generation());
            }
        }
        assertThatThrownBy(() -> lab.generations().get(earlier)).isInstanceOf(IOException.class);
        checkAll();
        assertThat(drill(generation, meta)).as("after the merge").isEqualTo(digest);
        lab.generations().release(generation, "pin");
        assertThat(end(keep).result()).containsEntry("removed", generation);
        gone(generation);
        JobInfo next = Lab.end(lab.backups().backUp(request(disk, null, true)));
        assertThat(next.result()).as("%s", next).containsEntry("parent", whole);
        lab.generations().remove((String) next.result().get("generation"));
        lab.generations().remove(whole);
    }

    private JobInfo end(RetentionRequest keep) throws Exception {
        JobInfo end = Lab.end(lab.backups().retain(keep));
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        return end;
    }

    /** Returns the digest. */
    private String drill(String generation, Meta meta) throws Exception {
        JobInfo end = Lab.end(lab.backups().drill(new DrillRequest(generation, null)));
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        Drill drill = lab.backups().drills().get(generation);
        assertThat(drill.checker()).isEqualTo(meta == Meta.ALL ? "own check" : null);
        assertThat(drill.files()).isPositive();
        return drill.digest();
    }

    /** Nothing of any group, and nothing of what is not in it. */
    @Test
    public void anEmptyGroupIsAGenerationWithAWarning() throws Exception {
        groups().add(new Group(GROUP, disk, List.of("/nothing")));
        change(files -> write(files, "/x", 30_000));
        for (Meta meta : List.of(Meta.GROUP, Meta.ALL)) {
            assertThat((String) backUp(meta).result().get("groupWarning")).contains("nothing on disk '" + disk);
            lab.verify(last());
        }
        try (GenerationReader reader = lab.generations().open(last())) {
            ByteBuffer block = ByteBuffer.allocate(4096);
            // The last one of all is the copy of the superblock.
            assertThat(reader.set().contains(reader.blockCount() - 1)).isTrue();
            assertThat(reader.set().contains(reader.blockCount() - 2)).isFalse();
            assertThatThrownBy(() -> reader.read(block, reader.size() - 2 * 4096))
                    .hasMessageContaining("no part of group");
        }
    }

    @Test
    public void whatHasNoFilesThatCanBeToldIsRefused() throws Exception {
        groups().add(new Group(GROUP, "later", List.of("/docs")));
        assertThatThrownBy(() -> lab.backups().backUp(request(disk, Meta.ALL, false)))
                .hasMessageContaining("is one of disk 'later', not of '" + disk + "'");
        Path file = Files.write(lab.folder.resolve("later.img"), new byte[1 << 20]);
        Disk raw = lab.disks().add("later", file, Disk.RAW, 4096);
        assertThatThrownBy(() -> lab.backups().backUp(request("later", Meta.ALL, false)))
                .hasMessageContaining("disk 'later' is raw");
        groups().remove(GROUP);
        assertThatThrownBy(() -> lab.backups().backUp(request(disk, Meta.ALL, false)))
                .hasMessageContaining(GROUP);
        lab.forget(raw);
        groups().add(new Group(GROUP, disk, List.of("/docs")));
        try (BlockDevice door = lab.node("n1").open(disk)) {
            door.write(ByteBuffer.allocate(1 << 20), 0);
            door.force();
        }
        for (Meta meta : Meta.values()) {
            String reason = Lab.failure(lab.backups().backUp(request(disk, meta, false)));
            assertThat(reason).startsWith("the files of group 'docs' cannot be told: ");
        }
        assertThat(lab.generations().list()).noneMatch(each -> each.disk().equals(disk));
    }
}
