package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Changes;

/** What is true of a point that somebody remembers. */
final class Truth {

    private final BlockSet.Builder written = new BlockSet.Builder();
    /** No crash since. */
    boolean exact = true;
    /** It must be possible to tell what changed. */
    boolean promised = true;
    /** Another content has taken the disk's place since (R21): nobody can tell what differs. */
    boolean replaced;

    void add(BlockRun run) {
        written.add(run);
    }

    void loosen() {
        promised = false;
        exact = false;
    }

    /** Whether the answer, which must fit, is one. */
    boolean check(Object point, Changes answer) {
        if (answer instanceof Changes.Known known) {
            assertThat(replaced).as("%s is known of another content", point).isFalse();
            BlockSet all = written.build();
            assertThat(all.minus(known.blocks()))
                    .as("written, and missing in the set")
                    .isEmpty();
            if (exact) {
                assertThat(known.blocks()).as("exact").isEqualTo(all);
            }
            return true;
        } else if (promised) {
            throw new AssertionError(point + " " + answer);
        }
        return false;
    }
}
