package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of R1 and R2, brought about on a real kernel's ext4 that is nearly full, in differentials that build on each other. */
class KernelRulesIT {

    private static final long SIZE = 192L << 20;
    private static final int BLOCK = 4096;
    private static final int MIB = 1 << 20;
    private static final int BALLAST = 150 * MIB;
    private static final long MOST_STORED = 20L * MIB;
    private static final long DEADLINE_SECONDS = 30;

    /** Has the kernel write a file's data, and wait for it, and nothing else: the journal is not committed by that. */
    private static final String WRITE_DATA =
            """
            import ctypes, os, sys
            file = os.open(sys.argv[1], os.O_RDWR)
            sync_file_range = ctypes.CDLL(None).sync_file_range
            sync_file_range.argtypes = [ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_uint]
            sys.exit(sync_file_range(file, 0, 0, 7))
            """;

    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);

    @TempDir
    static Path folder;

    private static KernelDisk disk;

    @BeforeAll
    static void fill() throws Exception {
        System.out.println("seed " + SEED);
        disk = new KernelDisk(folder, SIZE, "-b", Integer.toString(BLOCK), "-m", "0", "-J", "size=4");
        disk.attach(disk.hikae().uri("data"));
        mount();
        write("ballast", BALLAST);
        disk.sync();
        assertThat(disk.backUp(Backup.Kind.FULL).storedBytes()).isGreaterThan(BALLAST);
    }

    /** The journal is committed when it is told to be, and not by itself. */
    private static void mount() throws Exception {
        disk.mount("commit=300");
    }

    @AfterEach
    void deleteWhatIsNew() throws Exception {
        Tool.ok(folder, "find", disk.mounted().toString(), "-type", "f", "!", "-name", "ballast", "-delete");
        disk.sync();
    }

    @AfterAll
    static void close() throws Exception {
        disk.close();
    }

    /**
     * A file of random content.
     *
     */
    private record Written(Path path, byte[] content) {

        List<Long> blocks() throws IOException, InterruptedException {
            return disk.blocksOf(path);
        }

        String name() {
            return "/" + path.getFileName();
        }
    }

    private static Written write(String name, int length) throws IOException {
        byte[] content = new byte[length];
        RANDOM.nextBytes(content);
        return new Written(Files.write(disk.mounted().resolve(name), content), content);
    }

    /** Takes little, since little has changed. */
    private static Backup differential() throws Exception {
        Backup backup = disk.backUp(Backup.Kind.DIFFERENTIAL);
        assertThat(backup.storedBytes()).isLessThan(MOST_STORED);
        return backup;
    }

    /** Without a message of megabytes. */
    private static void assertSame(byte[] content, byte[] expected) {
        assertThat(Arrays.mismatch(content, expected))
                .as("where it differs, seed %d", SEED)
                .isEqualTo(-1);
    }

    private static byte[] zeros(List<Long> blocks) {
        return new byte[blocks.size() * BLOCK];
    }

    private static boolean haveChanged(List<Long> blocks) throws Exception {
        return blocks.stream().mapToInt(Long::intValue).anyMatch(disk.changed()::get);
    }

    @Test
    void r1_dataWrittenBeforeItsAllocationIsCommittedIsInTheNextGeneration() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        int attempt = 0;
        while (!isTakenThoughUnchanged("early" + attempt)) {
            attempt++;
            assertThat(System.nanoTime())
                    .as("no data before its allocation, seed %d", SEED)
                    .isLessThan(deadline);
        }
    }

    /** False if the allocation was committed before T0, by somebody else on this machine, and the case did not occur. */
    private static boolean isTakenThoughUnchanged(String name) throws Exception {
        Written file = write(name, 2 * MIB);
        Tool.ok(folder, "python3", "-c", WRITE_DATA, file.path().toString());
        List<Long> blocks = file.blocks();
        assertSame(disk.read(blocks, BLOCK), file.content());
        Backup before = differential();
        boolean missing = Arrays.equals(disk.read(before, blocks, BLOCK), zeros(blocks));
        disk.sync();
        if (!missing || haveChanged(blocks)) {
            return false;
        }
        Backup after = differential();
        assertSame(disk.read(after, blocks, BLOCK), file.content());
        assertSame(disk.get(after, file.name()), file.content());
        assertSame(disk.read(before, blocks, BLOCK), zeros(blocks));
        return true;
    }

    @Test
    void r1_anUndeletedFileIsInTheNextGeneration() throws Exception {
        Written file = write("undeleted", 2 * MIB);
        disk.sync();
        List<Long> blocks = file.blocks();
        Object inode = Files.getAttribute(file.path(), "unix:ino");
        disk.unmount();
        Backup deleted;
        Backup undeleted;
        try {
            change("rm " + file.name());
            deleted = differential();
            change("undel <" + inode + "> " + file.name());
            assertThat(haveChanged(blocks)).isFalse();
            undeleted = differential();
        } finally {
            mount();
        }
        assertSame(disk.read(deleted, blocks, BLOCK), zeros(blocks));
        assertSame(disk.read(undeleted, blocks, BLOCK), file.content());
        assertSame(disk.get(undeleted, file.name()), file.content());
    }

    /** Changes the file system while it is not mounted, through the node as well. */
    private static void change(String request) throws Exception {
        Tool.ok(folder, "debugfs", "-w", "-R", request, disk.export().toString());
    }

    @Test
    void r2_whatWasFreedReadsAsZerosTrimmedOrNot() throws Exception {
        Written trimmed = write("trimmed", 2 * MIB);
        Written freed = write("freed", 2 * MIB);
        disk.sync();
        List<Long> trimmedBlocks = trimmed.blocks();
        List<Long> freedBlocks = freed.blocks();
        Backup before = differential();
        Files.delete(trimmed.path());
        disk.sync();
        Tool.ok(folder, "fstrim", disk.mounted().toString());
        Files.delete(freed.path());
        disk.sync();
        assertSame(disk.read(trimmedBlocks, BLOCK), zeros(trimmedBlocks));
        assertSame(disk.read(freedBlocks, BLOCK), freed.content());
        Backup after = differential();
        assertSame(disk.read(after, trimmedBlocks, BLOCK), zeros(trimmedBlocks));
        assertSame(disk.read(after, freedBlocks, BLOCK), zeros(freedBlocks));
        assertSame(disk.read(before, trimmedBlocks, BLOCK), trimmed.content());
        assertSame(disk.read(before, freedBlocks, BLOCK), freed.content());
    }

    @Test
    void r2_blocksThatAnotherFileTookHoldThatOne() throws Exception {
        Written old = write("old", 8 * MIB);
        disk.sync();
        List<Long> blocks = old.blocks();
        Backup before = differential();
        Files.delete(old.path());
        disk.sync();
        List<Written> later = new ArrayList<>();
        do {
            // Goes on until it happens, which it must before the disk is full.
            later.add(write("later" + later.size(), 4 * MIB));
            disk.sync();
        } while (Collections.disjoint(blocks, last(later).blocks()));
        Backup after = disk.backUp(Backup.Kind.DIFFERENTIAL);
        assertSame(disk.get(after, last(later).name()), last(later).content());
        assertSame(disk.get(before, old.name()), old.content());
        assertThat(disk.hikae().fails("generation", "get", after.generation(), old.name(), "--to", folder + "/none"))
                .contains(old.name());
    }

    private static Written last(List<Written> files) {
        return files.get(files.size() - 1);
    }

    @Test
    void aDifferentialIsAboutAsLargeAsTheChange() throws Exception {
        byte[] change = new byte[MIB];
        RANDOM.nextBytes(change);
        try (RandomAccessFile ballast =
                new RandomAccessFile(disk.mounted().resolve("ballast").toFile(), "rw")) {
            ballast.seek(BALLAST / 2);
            ballast.write(change);
        }
        disk.sync();
        assertThat(differential().storedBytes()).isGreaterThanOrEqualTo(MIB);
    }
}
