package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;

/** A generation that was restored to a file, byte for byte. */
final class Generation {

    /** What the blocks that it answers for must hold. */
    @FunctionalInterface
    interface Expected {

        /**
         * @param offset of the block, in bytes
         * @param content of the block, from 0 to the limit
         * @param about for a message
         */
        void check(long offset, ByteBuffer content, String about) throws IOException;
    }

    private Generation() {}

    /** The blocks of the set hold what is expected, and all others zeros (R2). */
    static void check(Path restored, int blockSize, BitSet set, Expected expected) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(blockSize);
        try (FileChannel channel = FileChannel.open(restored)) {
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            for (int block = 0; block < all.limit() / blockSize; block++) {
                ByteBuffer content = all.slice(block * blockSize, blockSize);
                String about = "block " + block + " of " + restored.getFileName();
                if (set.get(block)) {
                    expected.check((long) block * blockSize, content, about);
                } else {
                    assertThat(content).as(about).isEqualTo(zeros);
                }
            }
        }
    }

    /** That the blocks are those of another file. */
    static Expected same(Path model) throws IOException {
        try (FileChannel channel = FileChannel.open(model)) {
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return (offset, content, about) ->
                    assertThat(content).as(about).isEqualTo(all.slice((int) offset, content.limit()));
        }
    }
}
