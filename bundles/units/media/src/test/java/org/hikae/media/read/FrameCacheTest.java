package org.hikae.media.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One memory for all generations that are open. */
class FrameCacheTest {

    private static final int FRAME = 1 << 20;
    private static final int MOST = 32 << 20;

    private final FrameCache cache = new FrameCache();

    /** A generation of which each frame begins with its number. */
    private static final class Generation implements FrameCache.Source {
        private final int number;
        private int reads;

        Generation(int number) {
            this.number = number;
        }

        @Override
        public byte[] read(int frame) {
            reads++;
            byte[] blocks = new byte[FRAME];
            blocks[0] = (byte) number;
            blocks[1] = (byte) frame;
            return blocks;
        }
    }

    @Test
    void framesOfGenerationsAreKeptApart() throws IOException {
        Generation one = new Generation(1);
        Generation other = new Generation(2);
        for (int time = 0; time < 3; time++) {
            for (int frame = 0; frame < 10; frame++) {
                assertThat(cache.get(one, frame)).startsWith(1, frame);
                assertThat(cache.get(other, frame)).startsWith(2, frame);
            }
        }
        assertThat(one.reads).isEqualTo(10);
        assertThat(other.reads).isEqualTo(10);
    }

    @Test
    void aHundredGenerationsTakeNoMoreMemoryThanOne() throws IOException {
        List<Generation> generations = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            generations.add(new Generation(i));
            for (int frame = 0; frame < 5; frame++) {
                cache.get(generations.get(i), frame);
            }
            assertThat(cache.bytes()).isLessThanOrEqualTo(MOST);
        }
        assertThat(cache.bytes()).isEqualTo(MOST);
        assertThat(cache.find(generations.get(99), 4)).as("used last").isNotNull();
        assertThat(cache.find(generations.get(0), 0)).as("used long ago").isNull();
    }

    @Test
    void whatIsClosedIsForgotten() throws IOException {
        Generation closed = new Generation(1);
        Generation open = new Generation(2);
        cache.get(closed, 0);
        cache.get(open, 0);
        cache.forget(closed);
        assertThat(cache.find(closed, 0)).isNull();
        assertThat(cache.find(open, 0)).isNotNull();
        assertThat(cache.bytes()).isEqualTo(FRAME);
    }
}
