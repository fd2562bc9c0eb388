package org.hikae.fsext.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/** What dumpe2fs and debugfs say of an image. */
public final class Oracle {

    private static final Pattern FREE = Pattern.compile("^  Free blocks: ?(.*)$", Pattern.MULTILINE);
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

    private Oracle() {}

    /** The used blocks by the bitmaps, the block before the first group too. */
    public static BlockSet used(Path image) throws IOException {
        String text = Programs.ok("dumpe2fs", image.toString());
        long count = number(text, "Block count");
        long blockSize = number(text, "Block size");
        long cluster = text.contains("Cluster size") ? number(text, "Cluster size") / blockSize : 1;
        BlockSet.Builder free = new BlockSet.Builder();
        Matcher lists = FREE.matcher(text);
        while (lists.find()) {
            Matcher ranges = RANGE.matcher(lists.group(1));
            while (ranges.find()) {
                long first = Long.parseLong(ranges.group(1));
                long last = ranges.group(2) == null ? first : Long.parseLong(ranges.group(2));
                // Of a cluster, the first block is printed.
                free.add(new BlockRun(first, Math.min(last + cluster, count) - first));
            }
        }
        return BlockSet.range(0, count).minus(free.build());
    }

    private static long number(String text, String field) {
        Matcher matcher =
                Pattern.compile("^" + field + ": +(\\d+)", Pattern.MULTILINE).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("dumpe2fs says nothing of " + field);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** The blocks of each inode, those of its map too. */
    public static Map<Long, TreeSet<Long>> blocks(Path image, Collection<Long> inodes) throws IOException {
        StringBuilder script = new StringBuilder();
        inodes.forEach(inode -> script.append("blocks <").append(inode).append(">\n"));
        Map<Long, TreeSet<Long>> blocks = new TreeMap<>();
        String text = debugfs(image, script.toString());
        Matcher answers =
                Pattern.compile("debugfs: blocks <(\\d+)>\n([\\d \n]*)").matcher(text);
        while (answers.find()) {
            TreeSet<Long> of = new TreeSet<>();
            Matcher number = Pattern.compile("\\d+").matcher(answers.group(2));
            while (number.find()) {
                of.add(Long.parseLong(number.group()));
            }
            blocks.put(Long.parseLong(answers.group(1)), of);
        }
        return blocks;
    }

    /** Runs commands, a line each. */
    public static String debugfs(Path image, String script) throws IOException {
        return debugfs(image, script, List.of());
    }

    /** As {@link #debugfs}, with commands that change the image. */
    public static void edit(Path image, String script) throws IOException {
        debugfs(image, script, List.of("-w"));
    }

    private static String debugfs(Path image, String script, List<String> options) throws IOException {
        Path file = Files.createTempFile("hikae-debugfs", ".txt");
        try {
            Files.writeString(file, script);
            List<String> command = new ArrayList<>(List.of("debugfs", "-f", file.toString()));
            command.addAll(options);
            command.add(image.toString());
            return Programs.ok(command);
        } finally {
            Files.delete(file);
        }
    }

    /** Replays the journal, as mounting would. */
    public static void replay(Path image) throws IOException {
        Programs.ok("debugfs", "-w", "-R", "jr", image.toString());
    }
}
