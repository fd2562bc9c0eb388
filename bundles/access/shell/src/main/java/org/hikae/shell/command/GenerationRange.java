package org.hikae.shell.command;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.shell.call.UsageException;

/**
 * Generations of a disk from one to another, as people write them: {@code data@1..data@5} or {@code data@1..5}.
 *
 * @param from number of the oldest
 * @param to number of the newest
 */
record GenerationRange(String disk, long from, long to) {

    private static final Pattern PATTERN = Pattern.compile("([^@]+)@([0-9]{1,18})\\.\\.(?:([^@]+)@)?([0-9]{1,18})");

    private static final String BETWEEN = "..";

    /** @throws UsageException if it is none, or of two disks, or ends before it begins */
    static GenerationRange parse(String text) throws UsageException {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("'" + text + "' is no range of generations such as data@1..data@5 or data@1..5");
        }
        String disk = matcher.group(1);
        String other = Optional.ofNullable(matcher.group(3)).orElse(disk);
        var range = new GenerationRange(disk, Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(4)));
        if (!other.equals(disk)) {
            throw new UsageException("only generations of one disk can be merged, not of " + disk + " and " + other);
        } else if (range.from > range.to) {
            throw new UsageException("the older generation comes first: " + range.newest() + BETWEEN + range.oldest());
        }
        return range;
    }

    String oldest() {
        return disk + "@" + from;
    }

    String newest() {
        return disk + "@" + to;
    }

    /** What a word may become: after the dots, the generations of that disk, else any with the dots. */
    static Stream<String> candidates(String word, List<String> generations) {
        int dots = word.indexOf(BETWEEN, word.indexOf('@') + 1);
        if (dots < 0 || word.indexOf('@') < 0) {
            return generations.stream().map(id -> id + BETWEEN);
        }
        String from = word.substring(0, dots);
        String disk = from.substring(0, from.indexOf('@') + 1);
        return generations.stream()
                .filter(id -> id.startsWith(disk) && !id.equals(from))
                .map(id -> from + BETWEEN + id);
    }
}
