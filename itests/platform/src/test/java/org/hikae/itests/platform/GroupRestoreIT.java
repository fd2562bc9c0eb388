package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.fs.FileName;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.Layout;
import org.hikae.api.node.NativeFiles;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Groups of files are restored from their generations, of both kinds of meta information, full and differential (b.6, b.7). */
public class GroupRestoreIT extends FilesLab {
    private static final String GROUP = "docs";
    private static final List<String> LIST = List.of("dir_A/*", "X skip*", "/one");

    /** Each test is an instance of its own. */
    private static int folders;

    @Before
    public void fill() throws IOException {
        groups().add(new Group(GROUP, disk.name(), LIST));
        on("n1", files -> {
            SplittableRandom random = new SplittableRandom(1);
            Files.createDirectories(files.getPath("/top/dir_A/sub"));
            Files.createDirectory(files.getPath("/other"));
            for (int i = 0; i < 100; i++) {
                write(files.getPath("/top/dir_A/f" + i), random.nextInt(30_000), random);
                write(files.getPath("/other/f" + i), random.nextInt(10_000), random);
            }
            write(files.getPath("/top/dir_A/skip"), 9000, random);
            write(files.getPath("/one"), 5000, random);
            write(files.getPath("/joins"), 50_000, random);
            Files.createLink(files.getPath("/top/dir_A/sub/linked"), files.getPath("/top/dir_A/f0"));
            Files.createSymbolicLink(files.getPath("/top/dir_A/sub/link"), files.getPath("/other"));
            ((NativeFiles) files)
                    .setExtendedAttribute(files.getPath("/top/dir_A/f1"), FileName.parse("trusted.a"), new byte[] {1});
            Files.setAttribute(files.getPath("/top/dir_A"), "unix:mode", 0750);
        });
    }

    @After
    public void removeGroup() throws IOException {
        groups().remove(GROUP);
    }

    private Groups groups() {
        return lab.services.get(Groups.class);
    }

    /** A file joins without a change, one leaves, others change. */
    private static void change(FileSystem files) throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        Files.move(files.getPath("/joins"), files.getPath("/top/dir_A/joined"));
        Files.move(files.getPath("/top/dir_A/f9"), files.getPath("/left"));
        for (int i = 10; i < 20; i++) {
            write(files.getPath("/top/dir_A/f" + i), 20_000, random);
            Files.delete(files.getPath("/top/dir_A/f" + (i + 10)));
        }
    }

    private static void spoil(FileSystem files) throws IOException {
        for (int i = 0; i < 9; i++) {
            writeAll(files.getPath("/top/dir_A/f" + i), 'x', 10);
            writeAll(files.getPath("/other/f" + i), 'x', 10);
        }
        for (String gone : List.of("sub/linked", "sub/link", "sub")) {
            Files.delete(files.getPath("/top/dir_A/" + gone));
        }
        Files.writeString(files.getPath("/top/dir_A/mine"), "mine");
        Files.setAttribute(files.getPath("/top"), "unix:mode", 0700);
    }

    private String backUp(String name, Meta meta, boolean differential) throws Exception {
        return Lab.generation(lab.backups()
                .backUp(new BackupRequest(
                        name,
                        Lab.MEDIUM,
                        List.of(),
                        CopyLimits.NONE,
                        Layout.PACKED,
                        differential,
                        null,
                        Quieting.NONE,
                        new BackupRequest.OfGroup(GROUP, meta))));
    }

    private static boolean isMember(String path) {
        return path.equals("/one") || (path.startsWith("/top/dir_A/") && !path.contains("/skip"));
    }

    private static boolean isOnTheWay(String path) {
        return List.of("/", "/top", "/top/dir_A").contains(path);
    }

    private static SortedMap<String, String> members(SortedMap<String, String> all) {
        SortedMap<String, String> members = new TreeMap<>(all);
        members.keySet().removeIf(path -> !isMember(path));
        return members;
    }

    private JobInfo restore(String generation, RestoreRequest.Target target) throws Exception {
        JobInfo end = Lab.end(lab.backups().restore(new RestoreRequest(generation, target, 0)));
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        return end;
    }

    /** To a folder, it is members and their directories. */
    private void checkFolder(String generation, SortedMap<String, String> then) throws Exception {
        Path folder = lab.folder.resolve("group-" + folders++);
        restore(generation, new RestoreRequest.ToFile(folder, false));
        SortedMap<String, String> expected = new TreeMap<>(then);
        expected.keySet().removeIf(path -> !isMember(path) && !isOnTheWay(path));
        assertThat(Inventory.ofFolder(folder)).isEqualTo(Inventory.withoutDetails(expected));
    }

    /** Onto the disk, members are as they were, and all else is as it is. */
    private void checkDisk(String generation, SortedMap<String, String> then) throws Exception {
        on("n2", GroupRestoreIT::spoil);
        SortedMap<String, String> before = ofDisk("/");
        JobInfo end = restore(generation, new RestoreRequest.ToDisk(disk.name(), "n3"));
        assertThat(end.result()).doesNotContainKey("warning");
        SortedMap<String, String> now = ofDisk("/");
        assertThat(members(now)).containsAllEntriesOf(members(then));
        now.keySet().removeIf(path -> isMember(path) || isOnTheWay(path));
        before.keySet().removeIf(path -> isMember(path) || isOnTheWay(path));
        assertThat(now).isEqualTo(before);
        assertThat(ofDisk("/top").get("/")).contains("DIRECTORY 700 ");
        on("n2", files -> Files.delete(files.getPath("/top/dir_A/mine")));
    }

    private void chain(Meta meta) throws Exception {
        SortedMap<String, String> first = ofDisk("/");
        String full = backUp(disk.name(), meta, false);
        on("n1", GroupRestoreIT::change);
        SortedMap<String, String> second = ofDisk("/");
        String differential = backUp(disk.name(), meta, true);
        assertThat(lab.generations().get(differential).parent()).isEqualTo(full);
        checkFolder(full, first);
        checkFolder(differential, second);
        checkDisk(differential, second);
        checkDisk(full, first);
        assertThat(Lab.failure(get(differential, "/other/f1")))
                .contains(meta == Meta.ALL ? "is nothing of group 'docs'" : "there is no file /other/f1 in");
        assertThatThrownBy(() -> lab.backups()
                        .restore(new RestoreRequest(full, new RestoreRequest.ToDisk(disk.name(), "n3"), "m", 0)))
                .hasMessageContaining("give no mark");
    }

    private Job get(String generation, String path) throws IOException {
        Path target = lab.folder.resolve("no-member");
        return lab.backups()
                .getFiles(new FilesRequest(generation, path, null, new FilesRequest.ToFolder(target, false)));
    }

    @Test
    public void b6_fromGenerationsWithAllNames() throws Exception {
        chain(Meta.ALL);
    }

    @Test
    public void b6_fromGenerationsWithTheGroupsNames() throws Exception {
        chain(Meta.GROUP);
    }

    @Test
    public void aGroupOfAnExtDiskIsRestoredElsewhere() throws Exception {
        Path source = Files.createTempDirectory(lab.folder, "group-source");
        Files.createDirectories(source.resolve("top/dir_A/sub"));
        for (String file : List.of("one", "two", "top/dir_A/a", "top/dir_A/sub/b", "top/dir_A/skip")) {
            write(source.resolve(file), 20_000, new SplittableRandom(file.hashCode()));
        }
        Path image = lab.folder.resolve("group-source.img");
        Process mkfs = new ProcessBuilder(
                        "/usr/sbin/mkfs.ext4", "-q", "-F", "-d", source.toString(), image.toString(), "16M")
                .inheritIO()
                .start();
        assertThat(mkfs.waitFor(60, TimeUnit.SECONDS)).isTrue();
        lab.disks().add("group-ext", image, null, 0);
        groups().remove(GROUP);
        groups().add(new Group(GROUP, "group-ext", LIST));
        SortedMap<String, String> then;
        try (org.hikae.api.fs.FileSystem files = lab.disks().get("group-ext").openFileSystem()) {
            then = Inventory.of(files, "/");
        }
        for (Meta meta : Meta.values()) {
            String generation = backUp("group-ext", meta, false);
            checkFolder(generation, then);
            assertThatThrownBy(() -> restore(generation, new RestoreRequest.ToDisk("group-ext", "n1")))
                    .hasMessageContaining("is not the platform's to write");
            restore(generation, new RestoreRequest.ToDisk(disk.name(), "n1"));
            assertThat(members(ofDisk("/"))).containsAllEntriesOf(members(then));
        }
        lab.disks().remove("group-ext");
    }
}
