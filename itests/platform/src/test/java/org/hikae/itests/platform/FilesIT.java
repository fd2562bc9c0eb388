package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationReader;
import org.junit.Before;
import org.junit.Test;

/** Files of a real ext4 file system, got out of a generation whose disk is gone, against what tar says of the originals. */
public class FilesIT extends InFramework {
    private static final String NAME = "files";
    /** Makes what Java cannot make. Times are whole seconds, as mkfs keeps them. */
    static final String SOURCE =
            """
            set -e
            mkdir -p "$1/d/sub/$(printf 'deep/%.0s' $(seq 300))" && cd "$1"
            head -c 300000 /dev/urandom > d/random
            printf x | dd of=d/sparse bs=1 seek=50000000 status=none
            : > empty
            ln d/random linked
            ln -s ../nowhere//x/ d/sub/link
            ln -s /etc "d/out"
            n=$(printf 'caf\\351') && echo latin > "$n" && ln -s "$n" "d/$n" && mkdir "d/sub/$n"
            echo 夜 > 'd/夜 \\xe9'
            mkfifo d/fifo && chmod 4755 empty && chmod 1555 d/sub
            if [ "$(id -u)" = 0 ]; then
                mknod d/null c 1 3 && mknod d/disk b 259 70000 && chown 12345:54321 d/random && chown -h 1:2 d/out
                chmod 6750 d/random
            fi
            find . -depth -exec touch -h -d '2020-02-02 02:02:02' {} +
            """;

    /** Both kinds of lists, values of any bytes and of many, and what only root can set. */
    private static final String ATTRIBUTES =
            """
            set -e
            cd "$1" && mkdir -p d/sub && echo x > f && echo y > d/g && echo z > d/sub/h && ln -s f link
            setfattr -n user.comment -v 0x$(printf '夜\\000x' | od -An -vtx1 | tr -d ' \\n') f
            setfattr -n user.large -v 0x$(head -c 3000 /dev/urandom | od -An -vtx1 | tr -d ' \\n') d/g
            setfacl -m u:12345:rwx,g:54321:r,m::rx f
            setfacl -m u:1:- d/g && chmod 2640 d/g
            setfacl -m u:12345:rx d && setfacl -d -m u:777:rwx,g::rx,o::- d
            if [ "$(id -u)" = 0 ]; then
                setfattr -n trusted.t -v y f && setfattr -n security.x -v z d && setfattr -h -n trusted.l -v 1 link
                chown 12345:54321 f d && setfattr -n security.capability -v 0sAQAAAgAgAAAAAAAAAAAAAAAAAAA= d/sub/h
            fi
            """;

    private static final String SHOW_ATTRIBUTES =
            """
            set -e
            cd "$1" && find . -mindepth 1 ! -name lost+found | LC_ALL=C sort | while read -r f; do
                getfattr -h -d -m - -e hex "$f"
                [ -L "$f" ] || getfacl -n "$f"
            done
            """;

    private Lab lab;
    private Path source;
    private String generation;

    @Before
    public void backUp() throws Exception {
        lab = Lab.in(context);
        if (generation != null) {
            return;
        }
        source = Files.createTempDirectory(lab.folder, "source");
        run("sh", "-c", SOURCE, "sh", source.toString());
        Path image = Files.createTempFile(lab.folder, "files", ".img");
        run(
                "mkfs.ext4",
                "-q",
                "-F",
                "-O",
                "inline_data",
                "-I",
                "256",
                "-d",
                source.toString(),
                image.toString(),
                "16M");
        lab.disks().add(NAME, image, null, 0);
        generation = Lab.generation(lab.backups().backUp(new BackupRequest(NAME, Lab.MEDIUM, List.of(), 0, 1)));
        lab.disks().remove(NAME);
        Files.delete(image);
    }

    private static byte[] run(String... command) throws Exception {
        List<String> found = new ArrayList<>(Arrays.asList(command));
        Path program = Path.of("/usr/sbin", command[0]);
        found.set(0, Files.isExecutable(program) ? program.toString() : command[0]);
        Process process = new ProcessBuilder(found)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s", found).isZero();
        return output;
    }

    private JobInfo get(String path, Path target, boolean overwrite) throws Exception {
        JobInfo end = Lab.end(lab.backups()
                .getFiles(new FilesRequest(generation, path, null, new FilesRequest.ToFolder(target, overwrite))));
        assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.DONE);
        return end;
    }

    /** Names, types, modes, owners, times, links, devices, extended attributes and contents of a tree. */
    private static byte[] described(Path tree) throws Exception {
        return run(
                "tar",
                "--sort=name",
                "--format=posix",
                "--pax-option=delete=atime,delete=ctime",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "-C",
                tree.toString(),
                "-cf",
                "-",
                ".");
    }

    /** What tar shows of the same, so that a difference can be read. */
    private static String listed(Path tree) throws Exception {
        String listing = "tar --sort=name --numeric-owner --full-time -C \"$1\" -cf - . | tar --numeric-owner -tvf -";
        return new String(run("sh", "-c", listing, "sh", tree.toString()), StandardCharsets.ISO_8859_1);
    }

    @Test
    public void aTreeIsWhatItWas() throws Exception {
        Path target = lab.folder.resolve("all");
        JobInfo end = get("/", target, false);
        assertThat(end.result()).doesNotContainKey("warning").containsEntry("files", 6L);
        assertThat(end.doneBytes()).isEqualTo(end.totalBytes());
        Files.delete(target.resolve("lost+found"));
        Files.setLastModifiedTime(target, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
        Files.setAttribute(source, "unix:mode", (Integer) Files.getAttribute(target, "unix:mode") & 07777);
        assertThat(listed(target)).isEqualTo(listed(source));
        assertThat(Arrays.equals(described(target), described(source)))
                .as("archives of both")
                .isTrue();
        byte[] blocks = run("stat", "-c", "%b", target.resolve("d/sparse").toString());
        assertThat(Integer.parseInt(new String(blocks, StandardCharsets.US_ASCII).strip()))
                .isLessThan(1000);
    }

    @Test
    public void aFileIsGotAndReplacesAnotherIfWanted() throws Exception {
        Path target = lab.folder.resolve("one");
        get("/caf\\xe9", target, false);
        assertThat(target).hasContent("latin\n");
        get("/d/夜 \\x5cxe9", target, true);
        assertThat(target).hasContent("夜\n");
    }

    /** What getfattr and getfacl say of all that is in a tree. */
    private static String attributes(Path tree) throws Exception {
        return new String(run("sh", "-c", SHOW_ATTRIBUTES, "sh", tree.toString()), StandardCharsets.UTF_8);
    }

    @Test
    public void attributesAndAccessControlListsComeBack() throws Exception {
        Path tree = Files.createTempDirectory(lab.folder, "attributes");
        assumeTrue(Files.getFileStore(tree).supportsFileAttributeView("user"));
        run("sh", "-c", ATTRIBUTES, "sh", tree.toString());
        Path image = Files.createTempFile(lab.folder, "attributes", ".img");
        run("mkfs.ext4", "-q", "-F", "-b", "4096", "-d", tree.toString(), image.toString(), "16M");
        lab.disks().add("attributes", image, null, 0);
        generation = Lab.generation(lab.backups().backUp(new BackupRequest("attributes", Lab.MEDIUM, List.of(), 0, 1)));
        lab.disks().remove("attributes");
        Path target = lab.folder.resolve("with-attributes");
        assertThat(get("/", target, false).result()).doesNotContainKey("warning");
        String expected = attributes(tree);
        assertThat(expected).contains("user:12345:rwx", "default:user:777:rwx", "user.large=");
        assertThat(attributes(target)).isEqualTo(expected);
        get("/f", lab.folder.resolve("f-alone"), false);
        assertThat((byte[]) Files.getAttribute(lab.folder.resolve("f-alone"), "user:comment"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("夜\0x");
    }

    @Test
    public void aGenerationIsReadByItsFormatAlone() throws IOException {
        try (GenerationReader reader = lab.generations().open(generation);
                FileSystem fileSystem = lab.disks().openFileSystem(reader.info().format(), reader)) {
            assertThat(reader.info().format()).isEqualTo("ext4");
            assertThat(fileSystem.find("/d/caf\\xe9")).isPresent();
        }
    }

    @Test
    public void damageLeavesNothing() throws Exception {
        Path target = lab.folder.resolve("damaged");
        Path object = largest();
        try (RandomAccessFile file = new RandomAccessFile(object.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 1);
            JobInfo end = Lab.end(lab.backups()
                    .getFiles(new FilesRequest(generation, "/d", null, new FilesRequest.ToFolder(target, false))));
            assertThat(end.state()).as("%s", end).isEqualTo(JobInfo.State.FAILED);
            file.seek(file.length() / 2);
            file.write(old);
        }
        try (var files = Files.list(lab.folder)) {
            assertThat(files.filter(file -> file.toString().contains("damaged")))
                    .isEmpty();
        }
    }

    /** The object with the generation's data: the random file is most of it. */
    private Path largest() throws IOException {
        Path root = lab.folder.resolve(Lab.MEDIUM);
        try (var files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && root.relativize(file).toString().startsWith(generation))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }
}
