package org.hikae.rules;

/**
 * A guest's thread on a node, on its way through {@code SharedDisk.change}.
 *
 * @param next which of its writes is next, or under way
 * @param logged whether it came in under the session
 * @param left blocks that are yet to be read or written, where it does that
 * @param toLog what was found missing
 * @param late of what it has read, what was overwritten after T0
 * @param number of its record, where nodes number their own; 0: none yet
 */
record Writer(At at, int next, boolean logged, int left, int toLog, int late, int number) {

    static final Writer FIRST = new Writer(At.OUTSIDE, 0, false, 0, 0, 0, 0);

    enum At {
        OUTSIDE,
        INSIDE,
        READING,
        READ,
        APPENDING,
        NUMBERED,
        WRITING
    }

    Writer inside(boolean underSession, int run) {
        return new Writer(underSession ? At.INSIDE : At.WRITING, next, underSession, run, 0, 0, 0);
    }

    Writer found(int missing, int numberInAdvance) {
        return new Writer(At.READING, next, logged, missing, missing, 0, numberInAdvance);
    }

    Writer read(int block, int disk) {
        int rest = left & ~block;
        return new Writer(rest == 0 ? At.READ : At.READING, next, logged, rest, toLog, late | disk & block, number);
    }

    Writer appending(int stillMissing) {
        return new Writer(At.APPENDING, next, logged, 0, stillMissing, late & stillMissing, number);
    }

    Writer numbered(int given) {
        return new Writer(At.NUMBERED, next, logged, 0, toLog, late, given);
    }

    Writer writing(int run) {
        return new Writer(At.WRITING, next, logged, run, 0, 0, 0);
    }

    Writer wrote(int block) {
        int rest = left & ~block;
        return rest == 0
                ? new Writer(At.OUTSIDE, next + 1, false, 0, 0, 0, 0)
                : new Writer(At.WRITING, next, logged, rest, 0, 0, 0);
    }
}
