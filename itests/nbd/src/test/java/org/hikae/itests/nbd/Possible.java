package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.itests.nbd.Generation.Expected;

/**
 * What a disk may have held at an instant, as far as one can tell from outside (I1). A change that was answered before the
 * instant is in it, one that began after it is not, and one that was under way may be. But the instant is one: it cannot be
 * after a change that it lacks was answered, and before one that it has began.
 */
final class Possible implements Expected {

    /** Nobody writes less at once, so within it one change is the last. In bytes. */
    private static final int GRAIN = 512;

    private final ChangeLog log;
    /** For each grain the changes that may be its last one at the instant, in the order in which they began. */
    private final List<List<Change>> last = new ArrayList<>();
    /** The instant was not before, as contents have shown. */
    private long earliest;
    /** The instant was not after, as contents have shown. */
    private long latest;
    /** Grains of which the instant decides what they hold. */
    private int undecided;

    /**
     * @param notBefore a time before the instant, as {@link System#nanoTime} tells it
     * @param notAfter a time after it
     */
    Possible(ChangeLog log, long notBefore, long notAfter) {
        assertThat(notBefore).isLessThan(notAfter);
        this.log = log;
        earliest = notBefore;
        latest = notAfter;
        for (Change change : log.changes()) {
            if (!change.begunAfter(notAfter)) {
                add(change, notBefore);
            }
        }
    }

    private void add(Change change, long notBefore) {
        assertThat((change.offset() | change.end()) % GRAIN).as("%s", change).isZero();
        for (int grain = (int) (change.offset() / GRAIN); grain < change.end() / GRAIN; grain++) {
            if (grain == last.size()) {
                last.add(new ArrayList<>(1));
            }
            List<Change> changes = last.get(grain);
            if (change.endedBefore(notBefore)) {
                changes.removeIf(change::follows);
            }
            changes.add(change);
        }
    }

    @Override
    public void check(long offset, ByteBuffer content, String about) throws IOException {
        for (int at = 0; at < content.limit(); at += GRAIN) {
            checkGrain(offset + at, content.slice(at, GRAIN), about);
        }
    }

    private void checkGrain(long offset, ByteBuffer content, String about) throws IOException {
        List<Change> changes = last.get((int) (offset / GRAIN));
        List<Change> seen = new ArrayList<>(1);
        for (Change change : changes) {
            if (log.content(change, offset, GRAIN).equals(content)) {
                seen.add(change);
            }
        }
        assertThat(seen)
                .as("%s: the content of byte %d and on is none of %s", about, offset, changes)
                .isNotEmpty();
        if (seen.size() == 1 && changes.size() > 1) {
            undecided++;
            narrow(seen.get(0), changes);
            assertThat(earliest)
                    .as("%s: byte %d and on is of another instant: %s of %s", about, offset, seen, changes)
                    .isLessThanOrEqualTo(latest);
        }
    }

    /** The one that is seen had begun; those that cannot but come later had not ended. */
    private void narrow(Change seen, List<Change> changes) {
        earliest = Math.max(earliest, seen.begun());
        for (Change change : changes) {
            if (change.follows(seen)) {
                latest = Math.min(latest, change.ended());
            }
        }
    }

    /** How many pieces of 512 bytes were changed about the instant, and so had more than one possible content. */
    int undecided() {
        return undecided;
    }
}
