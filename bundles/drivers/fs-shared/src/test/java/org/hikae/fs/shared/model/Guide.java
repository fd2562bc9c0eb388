package org.hikae.fs.shared.model;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Which files there are, so that most steps meet some.
 *
 * @param regular numbers of regular files
 * @param directories numbers of directories, at least that of the root
 * @param last the greatest number of a file so far
 */
public record Guide(List<Long> regular, List<Long> directories, long last) {

    /** Knows nothing. */
    public static Guide upTo(long last) {
        List<Long> all = LongStream.rangeClosed(1, last).boxed().toList();
        return new Guide(all, all, last);
    }

    /** A regular file, mostly; sometimes anything. */
    long file(SplittableRandom random) {
        return regular.isEmpty() || random.nextInt(8) == 0
                ? 1 + random.nextLong(last + 1)
                : regular.get(random.nextInt(regular.size()));
    }

    /** A directory, mostly; sometimes anything. */
    long directory(SplittableRandom random) {
        return random.nextInt(16) == 0
                ? 1 + random.nextLong(last + 1)
                : directories.get(random.nextInt(directories.size()));
    }
}
