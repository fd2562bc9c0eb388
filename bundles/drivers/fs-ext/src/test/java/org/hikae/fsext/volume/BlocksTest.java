package org.hikae.fsext.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.ReadOnlyBlockDevice;
import org.junit.jupiter.api.Test;

/** Blocks are read with what surrounds them, where that can be read. */
class BlocksTest {
    private static final int BLOCK = 1024;
    private static final int COUNT = 200;

    /** Each block holds its number; odd ones cannot be read. */
    private static final class Half implements ReadOnlyBlockDevice {

        @Override
        public long size() {
            return (long) COUNT * BLOCK;
        }

        @Override
        public int blockSize() {
            return BLOCK;
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            while (dst.hasRemaining()) {
                if (offset / BLOCK % 2 == 1) {
                    throw new IOException("block " + offset / BLOCK + " is not there");
                }
                dst.put((byte) (offset / BLOCK));
                offset++;
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void blocksAreReadWhoseNeighboursAreNotThere() throws Exception {
        Blocks blocks = new Blocks(new Half(), BLOCK, COUNT);
        for (int block = 0; block < COUNT; block += 2) {
            Fields fields = blocks.read(block, "a block");
            assertThat(fields.u8(0)).isEqualTo(block);
            assertThat(fields.u8(BLOCK - 1)).isEqualTo(block);
        }
        assertThatThrownBy(() -> blocks.read(7, "a block"))
                .isInstanceOf(IOException.class)
                .hasMessage("block 7 is not there");
    }
}
