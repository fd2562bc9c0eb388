package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that holds an ext file system, as its own tools see it.
 *
 * @param file which one
 */
record ExtImage(Path file) {

    /** Replays the journal as after a crash, and ends deletions that were under way. */
    void recover(String about) throws IOException, InterruptedException {
        Tool.Result replay = run("e2fsck", "-E", "journal_only", "-y");
        assertThat(replay.code()).as("%s: %s", about, replay.output()).isIn(0, 1);
    }

    /**
     * Replays the journal, and does nothing else: files that were deleted while they were open keep their blocks. Checksums
     * need not match before.
     */
    void replay() throws IOException, InterruptedException {
        run("debugfs", "-w", "-n", "-R", "journal_run").ok();
        assertThat(dump()).doesNotContain("needs_recovery");
    }

    /** Nothing is wrong with a file system whose journal was replayed. */
    void assertWhole(String about) throws IOException, InterruptedException {
        Tool.Result check = run("e2fsck", "-f", "-n");
        assertThat(check.code()).as("%s: %s", about, check.output()).isZero();
    }

    int blockSize() throws IOException, InterruptedException {
        return Integer.parseInt(dumped("Block size:"));
    }

    /** The blocks that are not free, as the bitmaps in their places say: the journal is to be replayed before. */
    BitSet used() throws IOException, InterruptedException {
        BitSet used = new BitSet();
        used.set(0, Integer.parseInt(dumped("Block count:")));
        Matcher free = Pattern.compile("(?m)^  Free blocks: (.*)$").matcher(dump());
        while (free.find()) {
            Matcher run = Pattern.compile("(\\d+)(?:-(\\d+))?").matcher(free.group(1));
            while (run.find()) {
                int first = Integer.parseInt(run.group(1));
                used.clear(first, 1 + (run.group(2) == null ? first : Integer.parseInt(run.group(2))));
            }
        }
        return used;
    }

    byte[] content(String path) throws IOException, InterruptedException {
        Path out = file.resolveSibling("dumped");
        Files.deleteIfExists(out);
        run("debugfs", "-R", "dump " + path + " " + out).ok();
        return Files.readAllBytes(out);
    }

    /** Gets all files out, to a folder that is there. */
    void dumpAll(Path folder) throws IOException, InterruptedException {
        run("debugfs", "-R", "rdump / " + folder).ok();
    }

    private String dumped(String field) throws IOException, InterruptedException {
        Matcher matcher = Pattern.compile("(?m)^" + field + " *(\\d+)$").matcher(dump());
        assertThat(matcher.find()).as(field).isTrue();
        return matcher.group(1);
    }

    private String dump() throws IOException, InterruptedException {
        return run("dumpe2fs").ok();
    }

    private Tool.Result run(String... command) throws IOException, InterruptedException {
        List<String> words = new java.util.ArrayList<>(List.of(command));
        words.add(file.toString());
        return Tool.run(file.getParent(), words);
    }
}
