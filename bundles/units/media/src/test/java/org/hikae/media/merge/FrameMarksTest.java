package org.hikae.media.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Marks, against a set of bits that are counted one by one. */
class FrameMarksTest {

    @Test
    void ranksAreTheNumbersOfMarksBefore() {
        Random random = new Random(1);
        for (int frames : new int[] {0, 1, 63, 64, 65, 511, 512, 513, 10_000}) {
            FrameMarks marks = new FrameMarks(frames);
            BitSet expected = new BitSet();
            for (int i = 0; i < frames; i++) {
                if (random.nextInt(3) > 0) {
                    marks.set(i);
                    expected.set(i);
                }
            }
            for (int i = 0; i <= frames; i++) {
                assertThat(marks.get(i)).isEqualTo(expected.get(i));
                assertThat(marks.rank(i)).isEqualTo(expected.get(0, i).cardinality());
            }
        }
    }
}
