package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A platform is killed with -9 while files are put onto a shared file system: it is whole afterwards, what was flushed is
 * there, and no file shows anything but its own data or zeros (R17).
 */
class KilledSharedIT {
    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 60 : 4;
    private static final int BLOCK = 4096;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** What was put and flushed before a kill. */
    private final Map<String, byte[]> flushed = new TreeMap<>();

    private int made;

    @Test
    void whatWasFlushedIsThere() throws Exception {
        Program program = Program.in(folder);
        try (var disk = new java.io.RandomAccessFile(folder.resolve("disk.img").toFile(), "rw")) {
            disk.setLength(256 << 20);
        }
        Files.createDirectories(folder.resolve("in"));
        program.ok(
                "-c",
                "disk add data '" + folder.resolve("disk.img")
                        + "'; node add n2; disk format data shared --metadata 32MiB");
        for (int kill = 0; kill < KILLS; kill++) {
            Map<String, byte[]> unflushed = new TreeMap<>();
            try (Program.Running server = program.serve()) {
                put(program, flushed, 6, "");
                program.ok("node", "flush", "n1");
                put(program, unflushed, 4, " --no-flush");
                server.process().waitFor(random.nextInt(200), TimeUnit.MILLISECONDS);
            }
            check(program, unflushed, "kill " + kill + ", seed " + seed);
        }
    }

    /** Puts files, and removes some that are there, so that their blocks are given to others. */
    private void put(Program program, Map<String, byte[]> files, int count, String options) throws Exception {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String name = "f" + made++;
            byte[] content = new byte[1 + random.nextInt(3_000_000)];
            random.nextBytes(content);
            Files.write(folder.resolve("in").resolve(name), content);
            files.put(name, content);
            script.append("fs put '" + folder.resolve("in").resolve(name) + "' data:/ --node n1" + options + "; ");
            if (files == flushed && random.nextInt(3) == 0) {
                String gone = flushed.keySet().iterator().next();
                flushed.remove(gone);
                script.append("fs rm data:/" + gone + "; ");
            }
        }
        program.ok("-c", script.toString());
    }

    private void check(Program program, Map<String, byte[]> unflushed, String message) throws Exception {
        assertThat(program.ok("disk", "check", "data")).as(message).contains("clean");
        Path out = folder.resolve("out");
        program.ok("fs", "get", "data:/", out.toString(), "--node", "n2");
        for (Map.Entry<String, byte[]> file : flushed.entrySet()) {
            assertThat(Files.readAllBytes(out.resolve(file.getKey())))
                    .as("%s, %s", file.getKey(), message)
                    .isEqualTo(file.getValue());
        }
        for (Map.Entry<String, byte[]> file : unflushed.entrySet()) {
            if (Files.exists(out.resolve(file.getKey()))) {
                assertOwn(
                        Files.readAllBytes(out.resolve(file.getKey())),
                        file.getValue(),
                        file.getKey() + ", " + message);
                flushed.put(file.getKey(), Files.readAllBytes(out.resolve(file.getKey())));
            }
        }
        remove(out);
    }

    /** Each block is the file's own, or zeros. */
    private static void assertOwn(byte[] actual, byte[] expected, String message) {
        assertThat(actual.length).as(message).isLessThanOrEqualTo(expected.length);
        for (int at = 0; at < actual.length; at += BLOCK) {
            int end = Math.min(at + BLOCK, actual.length);
            boolean own = Arrays.equals(actual, at, end, expected, at, end);
            assertThat(own || Arrays.equals(actual, at, end, new byte[BLOCK], 0, end - at))
                    .as("block at " + at + " of " + message)
                    .isTrue();
        }
    }

    private static void remove(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
