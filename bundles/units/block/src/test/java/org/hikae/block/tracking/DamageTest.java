package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.TrackingPoint;
import org.junit.jupiter.api.Test;

/** Every bit flip and every truncation of every file: tracking is right, or has ended with a reason. */
class DamageTest {

    private static final int LOG_BYTES = 4096;

    private final Lab lab = new Lab(LOG_BYTES);
    private TrackingPoint first;
    private TrackingPoint mark;
    private BlockSet sinceFirst;
    private BlockSet sinceMark;
    private int right;
    private int ended;

    /** Sets of two epochs, one of an earlier run, and a log of a run that was killed. */
    private void prepare() throws IOException {
        first = lab.backUp();
        lab.write(5, 3);
        lab.write(9000, 1);
        mark = lab.mark("monday");
        lab.write(300, 1);
        lab.stopAndStart();
        lab.write(1, 1);
        lab.write(20_000, 400);
        lab.write(256 * 40, 1);
        lab.write(256 * 30, 1);
        lab.write(256 * 50, 1);
        lab.kill();
        sinceFirst = lab.known(first);
        sinceMark = lab.known(mark);
        assertThat(lab.files()).hasSizeGreaterThanOrEqualTo(5);
    }

    /** Looks at a folder one of whose files is another one. */
    private void check(CrashingStorage intact, String name, byte[] damaged, String what) throws IOException {
        lab.storage = intact.copy();
        if (damaged == null) {
            lab.storage.delete(name);
        } else {
            lab.storage.put(name, damaged);
        }
        lab.start();
        boolean known = check(first, sinceFirst, what) & check(mark, sinceMark, what);
        right += known ? 1 : 0;
        ended += known ? 0 : 1;
        // And it goes on, whatever it was.
        lab.write(7, 1);
        TrackingPoint next = lab.backUp();
        lab.write(11, 1);
        assertThat(lab.known(next)).as(what).isEqualTo(BlockSet.range(11, 1));
        lab.tracking.marks();
    }

    private boolean check(TrackingPoint point, BlockSet expected, String what) {
        Changes changes = lab.tracking.changedSince(point);
        if (changes instanceof Changes.Unknown unknown) {
            assertThat(unknown.reason()).as(what).doesNotContain("Exception").startsWith("disk 'd': ");
            return false;
        }
        assertThat(((Changes.Known) changes).blocks()).as(what).isEqualTo(expected);
        return true;
    }

    @Test
    void everyBit() throws IOException {
        prepare();
        CrashingStorage intact = lab.storage.copy();
        for (String name : intact.list()) {
            byte[] bytes = intact.get(name);
            for (int at = 0; at < bytes.length; at += at < 2200 ? 1 : 97) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << at % 8);
                check(intact, name, damaged, "bit " + at % 8 + " of byte " + at + " of " + name);
            }
        }
        assertThat(right).as("flips in the log do not matter").isGreaterThan(2000);
        assertThat(ended).as("flips in state and sets").isGreaterThan(300);
    }

    @Test
    void everyLength() throws IOException {
        prepare();
        CrashingStorage intact = lab.storage.copy();
        for (String name : intact.list()) {
            byte[] bytes = intact.get(name);
            for (int length = 0; length < bytes.length; length += length < 600 ? 1 : 51) {
                check(intact, name, Arrays.copyOf(bytes, length), name + " cut to " + length);
            }
            check(intact, name, Arrays.copyOf(bytes, bytes.length + 1), name + " with a byte more");
            check(intact, name, null, name + " gone");
        }
        assertThat(right).as("there is no harmless one").isZero();
    }

    /** Both copies of a record in the middle of the log. */
    @Test
    void aRecordThatCannotBeReadEndsTheLineage() throws IOException {
        prepare();
        CrashingStorage intact = lab.storage.copy();
        String name = intact.list().stream()
                .filter(file -> file.startsWith("log"))
                .findFirst()
                .orElseThrow();
        byte[] damaged = intact.get(name);
        damaged[LogFormat.start() + 30] ^= 1;
        damaged[LogFormat.start() + LogFormat.SECTOR + 30] ^= 1;
        check(intact, name, damaged, "both copies");
        assertThat(ended).isOne();
    }

    /** R21: it is the right generation with all that was written since, or none; and what has ended stays so. */
    @Test
    void everyBitAndLengthOfAStateThatSaysWithWhatItBegan() throws IOException {
        first = lab.backUp();
        lab.recorder.close();
        lab.tracking.end("another content takes its place");
        CrashingStorage ended = lab.storage.copy();
        checkStates(ended, null);
        lab.storage = ended;
        lab.start();
        lab.recorder.close();
        lab.tracking.startFrom("d@7");
        lab.recorder = lab.tracking.join();
        lab.write(300, 1);
        lab.stop();
        checkStates(lab.storage.copy(), "d@7");
        assertThat(right).as("only the intact one").isOne();
    }

    private void checkStates(CrashingStorage intact, String generation) throws IOException {
        byte[] state = intact.get("state");
        for (int at = 0; at < state.length; at++) {
            byte[] flipped = state.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            checkStart(intact, flipped, generation);
            checkStart(intact, Arrays.copyOf(state, at), generation);
        }
        checkStart(intact, state, generation);
    }

    private void checkStart(CrashingStorage intact, byte[] state, String generation) {
        lab.storage = intact.copy();
        lab.storage.put("state", state);
        lab.start();
        assertThat(lab.tracking.changedSince(first)).isInstanceOf(Changes.Unknown.class);
        lab.tracking.start().ifPresent(start -> {
            assertThat(start.generation()).isEqualTo(generation);
            assertThat(lab.known(start.point())).isEqualTo(BlockSet.range(300, 1));
            right++;
        });
    }

    @Test
    void anotherDisksFolder() throws IOException {
        prepare();
        CrashingStorage intact = lab.storage.copy();
        Tracking other = new Tracking(
                new Subject("other", new java.util.UUID(3, 3), Lab.BLOCK),
                new TrackingFiles(intact, LOG_BYTES),
                lab.stamps,
                java.time.InstantSource.fixed(Lab.NOON),
                java.util.UUID::randomUUID,
                Runnable::run);
        assertThat(other.changedSince(first)).isInstanceOf(Changes.Unknown.class);
        assertThat(other.problem()).contains("another disk's");
    }
}
