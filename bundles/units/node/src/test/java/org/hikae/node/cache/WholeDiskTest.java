package org.hikae.node.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.node.NodeGoneException;
import org.hikae.node.testing.TestDevice;
import org.junit.jupiter.api.Test;

class WholeDiskTest {

    private static final int PAGE = 4096;
    private static final int SIZE = 1 << 20;

    private final LoneNode node = new LoneNode();
    private final Counters counters = new Counters();

    private WholeDisk disk(TestDevice device) {
        PageCache cache = new PageCache("n1", PageCache.SMALLEST, System::nanoTime, counters);
        return node.add(new WholeDisk(CachedFile.disk("d"), node, cache, counters, device));
    }

    /** Whoever asks for data and holes in turn gets on by more than a byte. */
    @Test
    void whatIsCachedIsNoHole() throws IOException {
        WholeDisk disk = disk(new Sparse());
        disk.write(ByteBuffer.allocate(2 * PAGE), PAGE);
        disk.write(ByteBuffer.allocate(10), SIZE - 10);
        assertThat(disk.nextHole(0)).isZero();
        assertThat(disk.nextData(0)).isEqualTo(PAGE);
        assertThat(disk.nextHole(PAGE)).isEqualTo(3 * PAGE);
        assertThat(disk.nextHole(PAGE + 100)).isEqualTo(3 * PAGE);
        assertThat(disk.nextData(3 * PAGE)).isEqualTo(SIZE - PAGE);
        assertThat(disk.nextHole(SIZE - PAGE)).isEqualTo(SIZE);
    }

    /** Who goes on reading cannot keep a node from ending, nor get leases that nobody would give back. */
    @Test
    void afterTheEndNobodyGetsLeases() throws IOException {
        WholeDisk disk = disk(new TestDevice(SIZE, 512));
        disk.write(ByteBuffer.allocate(PAGE), 0);
        disk.close();
        assertThatThrownBy(() -> disk.read(ByteBuffer.allocate(1), 0)).isInstanceOf(NodeGoneException.class);
        assertThat(disk.regions()).isEmpty();
    }

    /** One hole. */
    private static final class Sparse extends TestDevice {

        Sparse() {
            super(SIZE, 512);
        }

        @Override
        public long nextData(long offset) {
            return SIZE;
        }

        @Override
        public long nextHole(long offset) {
            return offset;
        }
    }
}
