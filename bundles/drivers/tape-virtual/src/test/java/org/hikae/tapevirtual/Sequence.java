package org.hikae.tapevirtual;

import java.util.Random;

/** The objects that a process writes before it is killed: whoever knows the seed knows them all. */
final class Sequence {

    private final Random random;

    Sequence(long seed) {
        this.random = new Random(seed);
    }

    /** The next object; null is a filemark. */
    byte[] next() {
        if (random.nextInt(9) == 0) {
            return null;
        }
        byte[] record = new byte[1 + random.nextInt(50_000)];
        random.nextBytes(record);
        return record;
    }
}
