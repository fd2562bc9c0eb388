package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.GenerationReader;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A real ext4 file system on a disk of the platform. */
public class FileSystemIT extends InFramework {
    private static final String NAME = "fs";

    private Lab lab;
    private Path image;

    @Before
    public void makeImage() throws Exception {
        lab = Lab.in(context);
        Path source = Files.createDirectories(lab.folder.resolve("source/d"));
        Files.write(source.resolve("f"), "content".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        image = lab.folder.resolve("fs.img");
        Files.deleteIfExists(image);
        run("mkfs.ext4", "-q", "-F", "-b", "1024", "-d", source.getParent().toString(), image.toString(), "8M");
    }

    @After
    public void removeDisk() throws IOException {
        if (status() != null) {
            lab.disks().remove(NAME);
        }
    }

    private static void run(String... command) throws Exception {
        List<String> found = new ArrayList<>(Arrays.asList(command));
        Path program = Path.of("/usr/sbin", command[0]);
        found.set(0, Files.isExecutable(program) ? program.toString() : command[0]);
        Process process = new ProcessBuilder(found)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** Null if there is no such disk. */
    private DiskStatus status() {
        return lab.disks().list().stream()
                .filter(disk -> disk.name().equals(NAME))
                .findFirst()
                .orElse(null);
    }

    private Disk add(String format) throws IOException {
        return lab.disks().add(NAME, image, format, 0);
    }

    private static List<String> paths(FileSystem fileSystem) throws IOException {
        List<String> paths = new ArrayList<>();
        FileEntry root = fileSystem.find("/").orElseThrow();
        fileSystem.walk(root, file -> paths.add(file.path()));
        return paths;
    }

    @Test
    public void itIsFoundAndRead() throws IOException {
        Disk disk = add(null);
        assertThat(disk.format()).isEqualTo("ext4");
        assertThat(disk.blockSize()).isEqualTo(1024);
        try (FileSystem fileSystem = disk.openFileSystem()) {
            assertThat(paths(fileSystem)).contains("/", "/lost+found", "/d", "/d/f");
            BlockSet used = fileSystem.used();
            assertThat(used.minus(fileSystem.metadata()).count()).isEqualTo(7);
        }
        assertThat(status().problem()).isNull();
    }

    /** Nobody calls it free: it may be the end of something larger, or another's. */
    @Test
    public void whatLiesAfterItsEndIsBackedUpToo() throws Exception {
        long end = Files.size(image);
        overwrite(end + 5000, 3000);
        add(null);
        String generation = Lab.generation(lab.backups().backUp(new BackupRequest(NAME, Lab.MEDIUM, List.of(), 0, 1)));
        try (GenerationReader reader = lab.generations().open(generation)) {
            ByteBuffer found = ByteBuffer.allocate(1);
            reader.read(found, end + 5000);
            assertThat(found.get(0)).isEqualTo((byte) 'x');
            assertThat(reader.set().count()).as("free blocks are not").isLessThan(end / 1024);
        }
        lab.generations().remove(generation);
    }

    @Test
    public void rawIsRawIfItIsWanted() throws IOException {
        assertThat(add("raw").format()).isEqualTo("raw");
        assertThat(status().blockSize()).isEqualTo(4096);
    }

    @Test
    public void damageIsRefusedByName() throws IOException {
        overwrite(1024 + 0x78, 1);
        assertThatThrownBy(() -> add(null))
                .hasMessageContaining("superblock: its checksum does not match")
                .hasMessageContaining("--format raw");
        assertThat(status()).isNull();
        assertThat(add("raw").format()).isEqualTo("raw");
    }

    private void overwrite(long offset, int length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(offset);
            file.write(new byte[] {'x'});
            file.write(new byte[length - 1]);
        }
    }

    @Test
    public void aFileSystemThatIsLostLaterIsAProblemUntilTheDiskIsRestored() throws Exception {
        Disk disk = add(null);
        String generation = Lab.generation(lab.backups().backUp(new BackupRequest(NAME, Lab.MEDIUM, List.of(), 0, 1)));
        overwrite(0, 8192);
        assertThat(status().problem()).contains("any more");
        assertThat(status().format()).isEqualTo("ext4");
        assertThatThrownBy(disk::openFileSystem).hasMessageContaining("superblock");
        try (GenerationReader reader = lab.generations().open(generation);
                FileSystem fileSystem = disk.openFileSystem(reader)) {
            assertThat(paths(fileSystem)).contains("/d/f");
        }
        RestoreRequest back = new RestoreRequest(generation, new RestoreRequest.ToDisk(NAME, "n1"), 0);
        assertThat(Lab.end(lab.backups().restore(back)).state()).isEqualTo(JobInfo.State.DONE);
        assertThat(status().problem()).isNull();
        lab.generations().remove(generation);
    }

    @Test
    public void withoutItsDriverTheDiskHasAProblem() throws Exception {
        add(null);
        Bundle driver = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.hikae.fs-ext"))
                .findFirst()
                .orElseThrow();
        driver.stop();
        try {
            assertThat(status().problem())
                    .isEqualTo("the driver of its format 'ext' is not there: start the bundle that" + " brings it");
        } finally {
            driver.start();
        }
        Awaitility.await().atMost(Services.DEADLINE).until(() -> status().problem() == null);
    }
}
