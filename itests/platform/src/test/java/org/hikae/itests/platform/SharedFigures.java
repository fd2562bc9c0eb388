package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.disk.Disk;
import org.hikae.api.job.JobInfo;
import org.hikae.api.node.NodeSettings;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.junit.Before;
import org.junit.Test;

/**
 * No test: figures of nodes' access to shared files, beside those of a plain folder. {@code itests/bench/shared} runs it on a
 * quiet machine.
 */
public class SharedFigures extends InFramework {
    private static final int MIB = 1 << 20;
    private static final int ROUNDS = Integer.getInteger("hikae.rounds", 3);
    private static final int LARGE = 1 << 30;
    private static final int RANDOM = 50_000;
    private static final int SMALL_FILES = 20_000;

    private Lab lab;
    private Disk disk;
    /** The longest write that a writer waited for, in nanoseconds. */
    private final AtomicLong longest = new AtomicLong();

    @Before
    public void makeDisk() throws Exception {
        lab = Lab.in(context);
        Path file = Files.createTempFile(lab.folder, "figures", ".img");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), (6L << 30) - 1);
        }
        String name = "figures" + System.nanoTime();
        lab.disks().add(name, file, null, 0);
        lab.services
                .get(FileSystems.class)
                .format(name, "shared", new FormatOptions(UUID.randomUUID(), "", 0, 0, 0), true);
        disk = lab.disks().get(name);
    }

    private static void say(String what, Object... arguments) {
        System.out.println("FIGURE " + String.format(Locale.ROOT, what, arguments));
    }

    @Test
    public void throughput() throws Exception {
        Path plain = Files.createTempDirectory(lab.folder, "plain");
        for (int round = 0; round < ROUNDS; round++) {
            try (FileSystem shared = lab.node("n1").fileSystem(disk.name())) {
                content("shared", shared.getPath("/large"));
                content("ext4", plain.resolve("large"));
                smallFiles("shared", shared.getPath("/small"));
                smallFiles("ext4", plain.resolve("small"));
            }
        }
    }

    private static void content(String where, Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MIB);
        byte[] noise = new byte[MIB];
        new SplittableRandom(1).nextBytes(noise);
        buffer.put(noise);
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int at = 0; at >= 0 && at < LARGE; at += MIB) {
                channel.write(buffer.flip(), at);
            }
            channel.force(true);
        }
        say("%s sequential write, forced: %.0f MiB/s", where, rate(LARGE, start));
        dropCaches();
        start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer.clear()) > 0) {}
        }
        say("%s sequential read, cold: %.0f MiB/s", where, rate(LARGE, start));
        SplittableRandom random = new SplittableRandom(2);
        buffer.clear().limit(4096);
        start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int i = 0; i < RANDOM; i++) {
                channel.write(buffer.rewind(), random.nextInt(LARGE / 4096) * 4096L);
            }
            channel.force(true);
            say("%s random writes of 4 KiB, forced at the end: %.0f/s", where, perSecond(RANDOM, start));
            start = System.nanoTime();
            for (int i = 0; i < RANDOM; i++) {
                channel.read(buffer.rewind(), random.nextInt(LARGE / 4096) * 4096L);
            }
        }
        say("%s random reads of 4 KiB, warm: %.0f/s", where, perSecond(RANDOM, start));
        Files.delete(file);
    }

    private static void smallFiles(String where, Path folder) throws IOException {
        byte[] content = new byte[4000];
        new SplittableRandom(3).nextBytes(content);
        long start = System.nanoTime();
        Files.createDirectory(folder);
        for (int i = 0; i < SMALL_FILES; i++) {
            if (i % 200 == 0) {
                Files.createDirectory(folder.resolve("d" + i / 200));
            }
            Files.write(folder.resolve("d" + i / 200).resolve("f" + i), content);
        }
        say("%s small files created: %.0f/s", where, perSecond(SMALL_FILES, start));
        start = System.nanoTime();
        for (int i = 0; i < SMALL_FILES; i++) {
            Files.readAllBytes(folder.resolve("d" + i / 200).resolve("f" + i));
        }
        say("%s small files read: %.0f/s", where, perSecond(SMALL_FILES, start));
        start = System.nanoTime();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        say("%s small files removed: %.0f/s", where, perSecond(SMALL_FILES, start));
        start = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            try (FileChannel channel = FileChannel.open(
                    folder.resolveSibling("synced" + i), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.delete(folder.resolveSibling("synced" + i));
        }
        say("%s small files created and forced one by one: %.0f/s", where, perSecond(300, start));
    }

    @Test
    public void messages() throws Exception {
        CacheControl control = lab.services.get(CacheControl.class);
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        try (FileSystem one = lab.node("n1").fileSystem(disk.name());
                FileSystem two = lab.node("n2").fileSystem(disk.name());
                FileChannel channel =
                        FileChannel.open(one.getPath("/alone"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            CacheControl.CacheTraffic before = control.traffic();
            SplittableRandom random = new SplittableRandom(4);
            for (int i = 0; i < 1_000_000; i++) {
                channel.write(buffer.rewind(), random.nextInt(65_536) * 4096L);
            }
            CacheControl.CacheTraffic after = control.traffic();
            say(
                    "a million writes of an undisturbed writer: %d requests, %d recalls",
                    after.requests() - before.requests(), after.recalls() - before.recalls());
            alternate(one, two);
        }
    }

    private static void alternate(FileSystem one, FileSystem two) throws IOException {
        try (FileChannel first =
                        FileChannel.open(one.getPath("/both"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileChannel second = FileChannel.open(two.getPath("/both"), StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
            int rounds = 20_000;
            long start = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                first.write(buffer.rewind(), 0);
                second.write(buffer.rewind(), 0);
            }
            say("two nodes alternating on one page: %.0f writes/s", perSecond(2 * rounds, start));
        }
    }

    @Test
    public void pauses() throws Exception {
        for (int i = 1; i <= 4; i++) {
            lab.nodes().add("w" + i, new NodeSettings(130L * MIB, null));
        }
        for (int round = 0; round < 2 * ROUNDS; round++) {
            pause(20 * MIB, round);
            pause(Long.MAX_VALUE, round);
        }
    }

    /** Four nodes with 64 MiB dirty each, that go on writing at a rate in all. */
    private void pause(long bytesPerSecond, int round) throws Exception {
        AtomicLong end = new AtomicLong(Long.MAX_VALUE);
        AtomicLong dirty = new AtomicLong();
        longest.set(0);
        List<FutureTask<Void>> writers = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            String node = "w" + i;
            writers.add(new FutureTask<>(() -> write(node, bytesPerSecond / 4, dirty, end), null));
        }
        writers.forEach(writer -> new Thread(writer, "figures-writer").start());
        while (dirty.get() < 4) {
            LockSupport.parkNanos(1_000_000);
        }
        JobInfo job = Lab.end(lab.start(disk));
        end.set(0);
        for (FutureTask<Void> writer : writers) {
            writer.get();
        }
        say(
                "pause with 4 nodes, 256 MiB dirty, %s (%d): %s, writers' longest write %.1f ms",
                bytesPerSecond == Long.MAX_VALUE ? "unthrottled" : "20 MiB/s",
                round,
                job.result(),
                longest.get() / 1e6);
        lab.generations().remove((String) job.result().get("generation"));
    }

    private void write(String node, long bytesPerSecond, AtomicLong dirty, AtomicLong end) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
        byte[] noise = new byte[buffer.capacity()];
        new SplittableRandom(5).nextBytes(noise);
        buffer.put(noise);
        try (FileSystem fileSystem = lab.node(node).fileSystem(disk.name());
                FileChannel channel = FileChannel.open(
                        fileSystem.getPath("/" + node), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0; at < 64 * MIB; at += buffer.capacity()) {
                channel.write(buffer.rewind(), at);
            }
            dirty.incrementAndGet();
            long start = System.nanoTime();
            for (long written = 0; end.get() > 0; written += buffer.capacity()) {
                long begun = System.nanoTime();
                channel.write(buffer.rewind(), written % (256 * MIB));
                longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                while (end.get() > 0 && written / (double) bytesPerSecond > (System.nanoTime() - start) / 1e9) {
                    LockSupport.parkNanos(500_000);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void dropCaches() throws IOException {
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
    }

    private static double rate(long bytes, long start) {
        return bytes / (double) MIB / ((System.nanoTime() - start) / 1e9);
    }

    private static double perSecond(long count, long start) {
        return count / ((System.nanoTime() - start) / 1e9);
    }
}
