package org.hikae.fs.shared.store.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.api.Test;

class RootTest {

    private static final int SLOT = 8192;
    private static final int SECTOR = 512;
    private final MemoryDevice device = new MemoryDevice(2 * SLOT, 4096);

    @Test
    void theNewestCounts() throws IOException {
        Root root = root();
        root.begin();
        for (int mark = 1; mark < 6; mark++) {
            root.write(mark, segments(mark * 20));
            root.counts();
            Root.Content content = root().read();
            assertThat(content.mark()).isEqualTo(mark);
            assertThat(content.entries()).hasSize(mark * 20);
        }
    }

    /** Each power cut leaves other sectors of a root: together they would be one. */
    @Test
    void rootsOfTwoPowerCutsAreNotOne() throws IOException {
        Root root = root();
        root.begin();
        root.write(1, segments(150));
        root.counts();
        MemoryDevice before = device.copy();
        root.write(2, segments(150));
        keepSectors(before, 0);

        Root again = root();
        assertThat(again.read().mark()).isEqualTo(1);
        before = device.copy();
        again.write(3, segments(150));
        keepSectors(before, 1);

        assertThat(root().read().mark()).isEqualTo(1);
    }

    /** Every second sector that was written since is as it was before. */
    private void keepSectors(MemoryDevice before, int kept) throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR);
        for (int number = 0; number < 2 * SLOT / SECTOR; number++) {
            if (number % 2 != kept) {
                before.read(sector.clear(), (long) number * SECTOR);
                device.write(sector.flip(), (long) number * SECTOR);
            }
        }
    }

    private Root root() {
        Span whole = new Span(device, 0, device.size(), 4096);
        return new Root(whole.part(0, SLOT), whole.part(SLOT, SLOT), new UUID(1, 2));
    }

    private static List<Segment> segments(int count) {
        List<Segment> segments = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            segments.add(new Segment(number, new int[] {number}, new int[1], number, 0));
        }
        return segments;
    }
}
