package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.Disk;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.node.NativeFiles;
import org.junit.Test;

/** Files of generations are put onto shared disks that nodes use meanwhile, and are what they were to the last attribute. */
public class RestoreFilesIT extends FilesLab {
    private static final FileTime TIME = FileTime.from(Instant.parse("2020-02-02T02:02:02.123456789Z"));
    private static final int ATOMIC = 300_000;

    private String backUp() throws Exception {
        return Lab.generation(lab.backups().backUp(new BackupRequest(disk.name(), Lab.MEDIUM, List.of(), 0, 1)));
    }

    private Job start(String generation, String path, String group, String to) throws IOException {
        return lab.backups()
                .getFiles(new FilesRequest(generation, path, group, new FilesRequest.ToDisk(disk.name(), to, "n4")));
    }

    private JobInfo put(String generation, String path, String to) throws Exception {
        JobInfo end = Lab.end(start(generation, path, null, to));
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        assertThat(end.doneBytes()).isEqualTo(end.totalBytes());
        return end;
    }

    /** All that a file can be, and have. */
    private static void fill(FileSystem files) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Path d = Files.createDirectory(files.getPath("/d"));
        Files.createDirectories(files.getPath("/d/many/deep/deeper"));
        for (int i = 0; i < 1200; i++) {
            write(files.getPath("/d/many/f" + i), random.nextInt(9000), random);
        }
        write(files.getPath("/d/large"), 9_000_000, random);
        try (FileChannel sparse =
                FileChannel.open(files.getPath("/d/sparse"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[] {1}), 30L << 20);
            sparse.write(ByteBuffer.wrap(new byte[] {1}), 40L << 20);
            sparse.truncate((40L << 20) - 5);
        }
        writeAll(files.getPath("/d/atomic"), 'n', ATOMIC);
        Files.createLink(files.getPath("/d/many/deep/linked"), files.getPath("/d/large"));
        Files.createLink(files.getPath("/linked"), files.getPath("/d/large"));
        Files.createDirectory(files.getPath("/gone"));
        Files.writeString(files.getPath("/gone/caf\\xe9"), "latin");
        Files.createFile(files.getPath("/gone/empty"));
        NativeFiles exact = (NativeFiles) files;
        exact.createSymlink(files.getPath("/d/link"), FileName.parse("..//x\\xff/"));
        exact.createSymlink(files.getPath("/d/out"), FileName.parse("/etc"));
        exact.createSpecial(files.getPath("/d/fifo"), FileType.FIFO, 0640, 0, 0);
        exact.createSpecial(files.getPath("/d/device"), FileType.BLOCK_DEVICE, 0600, 259, 70000);
        exact.setExtendedAttribute(d, FileName.parse("system.posix_acl_default"), new byte[] {2, 0, 0, 0, 1});
        exact.setExtendedAttribute(files.getPath("/d/large"), FileName.parse("user.a"), new byte[4000]);
        exact.setExtendedAttribute(files.getPath("/d/large"), FileName.parse("trusted.b"), new byte[1]);
        Files.setAttribute(files.getPath("/d/large"), "unix:uid", 12345);
        Files.setAttribute(files.getPath("/d/large"), "unix:gid", 54321);
        Files.setAttribute(files.getPath("/d/large"), "unix:mode", 06755);
        Files.setAttribute(d, "unix:mode", 01555);
        for (String old : List.of("/d/large", "/d/many/deep", "/d/many", "/gone", "/d", "/")) {
            Files.setLastModifiedTime(files.getPath(old), TIME);
        }
    }

    /** Every kind of damage that users do. */
    private static void spoil(FileSystem files) throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1200; i += 3) {
            Files.delete(files.getPath("/d/many/f" + i));
            Files.writeString(files.getPath("/d/many/f" + (i + 1)), "spoilt");
        }
        writeAll(files.getPath("/d/atomic"), 'o', ATOMIC);
        Files.delete(files.getPath("/linked"));
        write(files.getPath("/linked"), 100, random);
        write(files.getPath("/d/many/mine"), 100, random);
        Files.move(files.getPath("/d/link"), files.getPath("/d/fifo"), StandardCopyOption.REPLACE_EXISTING);
        Files.createSymbolicLink(files.getPath("/d/link"), files.getPath("atomic"));
        Files.delete(files.getPath("/gone/caf\\xe9"));
        Files.delete(files.getPath("/gone/empty"));
        Files.delete(files.getPath("/gone"));
        Files.setAttribute(files.getPath("/d"), "unix:mode", 0700);
        ((NativeFiles) files).setExtendedAttribute(files.getPath("/d"), FileName.parse("user.later"), new byte[] {1});
        Files.createDirectories(files.getPath("/busy"));
    }

    /** Writes on one node, and reads what is being restored on it: it is the old file, or the new one. */
    private void use(String node, AtomicBoolean over) throws IOException {
        try (FileSystem files = lab.node(node).fileSystem(disk.name())) {
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; !over.get(); i++) {
                Path file = files.getPath("/busy/" + node + "-" + i % 20);
                write(file, random.nextInt(50_000), random);
                byte[] read = Files.readAllBytes(files.getPath("/d/atomic"));
                String text = new String(read, StandardCharsets.US_ASCII);
                assertThat(text).matches("o{" + ATOMIC + "}|n{" + ATOMIC + "}");
            }
        }
    }

    @Test
    public void aTreeComesBackWhereItWasWhileNodesAndABackupGoOn() throws Exception {
        on("n1", RestoreFilesIT::fill);
        String generation = backUp();
        on("n2", RestoreFilesIT::spoil);
        AtomicBoolean over = new AtomicBoolean();
        Task first = Task.start(() -> use("n1", over));
        Task second = Task.start(() -> use("n2", over));
        Job restore = start(generation, "/", null, null);
        String meanwhile = backUp();
        JobInfo end = Lab.end(restore);
        over.set(true);
        first.join();
        second.join();

        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        assertThat(end.result()).doesNotContainKey("warning");
        SortedMap<String, String> now = ofDisk("/");
        assertThat(now.remove("/d/many/mine")).isNotNull();
        now.keySet().removeIf(path -> path.startsWith("/busy"));
        SortedMap<String, String> then = ofGeneration(generation, "/");
        // The root has one directory more.
        then.replaceAll((path, text) -> path.equals("/") ? text.replace("links 4", "links 5") : text);
        assertThat(now).isEqualTo(then);
        try (GenerationReader reader = lab.generations().open(meanwhile)) {
            assertThat(disk.check(reader).findings()).isEmpty();
        }
        try (org.hikae.api.fs.FileSystem files = disk.openFileSystem()) {
            long inode = files.find("/d/sparse").orElseThrow().attributes().inode();
            // Of 10,240: what was written, and the last one, which was cut.
            assertThat(files.extents(inode, 0).stream()
                            .mapToLong(FileExtent::count)
                            .sum())
                    .isBetween(1L, 2L);
        }
    }

    @Test
    public void oneFileComesBackWithTheDirectoriesThatAreGone() throws Exception {
        on("n1", RestoreFilesIT::fill);
        String generation = backUp();
        on("n2", RestoreFilesIT::spoil);
        put(generation, "/gone/caf\\xe9", null);
        assertThat(ofDisk("/gone")).containsOnlyKeys("/", "/caf\\xe9");
        assertThat(ofDisk("/gone").get("/"))
                .isEqualTo(ofGeneration(generation, "/gone").get("/"));
        assertThat(ofDisk("/d").get("/"))
                .isNotEqualTo(ofGeneration(generation, "/d").get("/"));
        put(generation, "/d", "/elsewhere");
        SortedMap<String, String> linked = ofGeneration(generation, "/d");
        // One of three names is not restored.
        linked.replaceAll((path, text) -> text.replace("links 3", "links 2"));
        assertThat(ofDisk("/elsewhere").get("/large")).isEqualTo(linked.get("/large"));
        assertThat(ofDisk("/elsewhere")).containsAllEntriesOf(withoutDirectories(linked));
        assertThatThrownBy(() -> start(generation, "/d", null, "/../x").info())
                .hasMessageContaining("is no path on a disk");
        assertThat(Lab.failure(start(generation, "/d", null, "/no/folder")))
                .contains("there is no directory /no on disk");
        assertThat(Lab.failure(start(generation, "/d", null, "/d/link/x"))).contains("there is no directory /d/link");
    }

    private static SortedMap<String, String> withoutDirectories(SortedMap<String, String> all) {
        all.values().removeIf(text -> text.startsWith("DIRECTORY"));
        return all;
    }

    @Test
    public void aGroupOfAWholeGenerationComesBackAlone() throws Exception {
        on("n1", RestoreFilesIT::fill);
        String generation = backUp();
        on("n2", RestoreFilesIT::spoil);
        Groups groups = lab.services.get(Groups.class);
        groups.add(new Group("some", disk.name(), List.of("many/*", "X f2*", "/gone/caf*")));
        SortedMap<String, String> before = ofDisk("/");
        Path folder = lab.folder.resolve("some-files");
        try {
            JobInfo end = Lab.end(start(generation, "/", "some", null));
            assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
            assertThat(end.result()).doesNotContainKey("warning");
            end = Lab.end(lab.backups()
                    .getFiles(new FilesRequest(generation, "/", "some", new FilesRequest.ToFolder(folder, false))));
            assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        } finally {
            groups.remove("some");
        }
        SortedMap<String, String> then = ofGeneration(generation, "/");
        SortedMap<String, String> now = ofDisk("/");
        assertThat(now.get("/d/many/f1")).isEqualTo(then.get("/d/many/f1"));
        assertThat(now.get("/d/many/f3")).isEqualTo(then.get("/d/many/f3"));
        assertThat(now.get("/d/many/f22")).isEqualTo(before.get("/d/many/f22"));
        assertThat(now.get("/d/many/mine")).isEqualTo(before.get("/d/many/mine"));
        assertThat(now.get("/d/many/deep")).isEqualTo(then.get("/d/many/deep"));
        assertThat(now.get("/gone/caf\\xe9")).isEqualTo(then.get("/gone/caf\\xe9"));
        assertThat(now.get("/gone")).isEqualTo(then.get("/gone"));
        assertThat(now).doesNotContainKeys("/gone/empty", "/d/many/f201");
        assertThat(now.get("/d")).isEqualTo(before.get("/d"));
        assertThat(now.get("/linked")).isEqualTo(before.get("/linked"));
        try (Stream<Path> files = Files.walk(folder)) {
            long regular = files.filter(Files::isRegularFile).count();
            assertThat(regular).isEqualTo(1200 - 10 - 1 - 100 + 1 + 1);
        }
        assertThat(folder.resolve("d/many/f1")).exists();
        assertThat(folder.resolve("d/many/f2")).doesNotExist();
    }

    /** A node is lost in the middle: each file is the old or the new one, and the next restore clears what is left. */
    @Test
    public void aNodesLossLeavesWholeFilesAlone() throws Exception {
        on("n1", files -> {
            Files.createDirectory(files.getPath("/d"));
            for (int i = 0; i < 3000; i++) {
                writeAll(files.getPath("/d/f" + i), 'n', 3000);
            }
        });
        String generation = backUp();
        on("n1", files -> {
            for (int i = 0; i < 3000; i++) {
                writeAll(files.getPath("/d/f" + i), 'o', 2000);
            }
        });
        Job job = start(generation, "/", null, null);
        try (FileSystem files = lab.node("n2").fileSystem(disk.name())) {
            Awaitility.await()
                    .pollInterval(1, TimeUnit.MILLISECONDS)
                    .atMost(Services.DEADLINE)
                    .until(() -> names(files.getPath("/d")).anyMatch(file -> isNew(file)));
            lab.nodes().kill("n4");
            assertThat(Lab.end(job).state()).as("%s", job.info()).isEqualTo(JobInfo.State.FAILED);
            lab.nodes().start("n4");
            assertThat(names(files.getPath("/d")).filter(RestoreFilesIT::isNew).count())
                    .isBetween(1L, 2999L);
            assertThat(names(files.getPath("/")))
                    .anyMatch(file -> file.toString().startsWith("/.hikae-restore-"));
        }
        put(generation, "/", null);
        assertThat(ofDisk("/")).isEqualTo(ofGeneration(generation, "/"));
    }

    private static Stream<Path> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        }
    }

    /** Fails if it is neither all old nor all new. */
    private static boolean isNew(Path file) {
        try {
            String text = Files.readString(file);
            assertThat(text).matches("o{2000}|n{3000}");
            return text.startsWith("n");
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    @Test
    public void aFullDiskKeepsWhatItHas() throws Exception {
        on("n1", files -> {
            for (int i = 0; i < 9; i++) {
                write(files.getPath("/f" + i), 6 << 20, new SplittableRandom(i));
            }
        });
        String generation = backUp();
        on("n1", files -> {
            for (int i = 0; i < 9; i++) {
                writeAll(files.getPath("/f" + i), 'o', 1000);
            }
            long room = Files.getFileStore(files.getPath("/")).getUsableSpace();
            write(files.getPath("/fill"), (int) room - (20 << 20), new SplittableRandom(1));
        });
        SortedMap<String, String> before = ofDisk("/");
        assertThat(Lab.failure(start(generation, "/", null, null)))
                .contains("files that were restored before are whole, and the others as they were");
        SortedMap<String, String> after = ofDisk("/");
        SortedMap<String, String> then = ofGeneration(generation, "/");
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((path, text) -> {
            if (!path.equals("/")) {
                assertThat(text).isIn(before.get(path), then.get(path));
            }
        });
        assertThat(after.get("/fill")).isEqualTo(before.get("/fill"));
        on("n1", files -> Files.delete(files.getPath("/fill")));
        put(generation, "/", null);
        assertThat(ofDisk("/")).isEqualTo(then);
    }

    @Test
    public void aReadySharedDiskTakesFilesOfExt4() throws Exception {
        Path source = Files.createTempDirectory(lab.folder, "ext-source");
        run("sh", "-c", FilesIT.SOURCE, "sh", source.toString());
        run("sh", "-c", "cd \"$1\" && setfattr -n user.a -v b d/random && setfacl -m u:1:r d", "sh", source.toString());
        Path image = lab.folder.resolve("ext-source.img");
        run("/usr/sbin/mkfs.ext4", "-q", "-F", "-I", "256", "-d", source.toString(), image.toString(), "16M");
        lab.disks().add("ext-source", image, null, 0);
        String generation =
                Lab.generation(lab.backups().backUp(new BackupRequest("ext-source", Lab.MEDIUM, List.of(), 0, 1)));
        JobInfo end = put(generation, "/", "/of-ext");
        assertThat(end.result()).doesNotContainKey("warning");
        assertThat(ofDisk("/of-ext")).isEqualTo(ofGeneration(generation, "/"));

        assertThatThrownBy(() -> lab.backups()
                        .getFiles(new FilesRequest(
                                generation, "/", null, new FilesRequest.ToDisk("ext-source", null, "n1"))))
                .hasMessageContaining("is not the platform's to write")
                .hasMessageContaining("get the files to a folder");
        Disk raw = lab.disk(1 << 20, 4096, 1);
        assertThatThrownBy(() -> lab.backups()
                        .getFiles(new FilesRequest(
                                generation, "/", null, new FilesRequest.ToDisk(raw.name(), null, "n1"))))
                .hasMessageContaining("has no file system that is known");
        lab.forget(raw);
        lab.disks().remove("ext-source");
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s", List.of(command)).isZero();
    }
}
