package org.hikae.itests.platform;

/** Seeds of generated tests: new ones in every run, or the one given to look into a failure. */
final class Seeds {
    private static final String GIVEN = "hikae.seed";

    private Seeds() {}

    /** Something that a seed determines, and that counts something. */
    interface Trial {
        long run(long seed) throws Exception;
    }

    /** Runs the trial with so many seeds, and adds up what they count. */
    static long forEach(int times, Trial trial) throws Exception {
        Long given = Long.getLong(GIVEN);
        if (given != null) {
            return run(trial, given);
        }
        long sum = 0;
        long first = System.nanoTime();
        for (int i = 0; i < times; i++) {
            sum += run(trial, first + i);
        }
        return sum;
    }

    private static long run(Trial trial, long seed) throws Exception {
        try {
            return trial.run(seed);
        } catch (Exception | AssertionError e) {
            // The message has all that is known: Pax Exam keeps only the innermost cause.
            throw new AssertionError("with -D" + GIVEN + "=" + seed + ": " + e);
        }
    }
}
