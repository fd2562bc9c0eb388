package org.hikae.logcentral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.LogSink;

/** What a sink was given: by block, the first byte of the image; and the numbers. */
class Kept implements LogSink {

    final Map<Long, Byte> images = new TreeMap<>();
    final List<Long> numbers = new ArrayList<>();

    /** One that takes nothing until it is let. */
    static Kept when(CountDownLatch let) {
        return new Kept() {
            @Override
            public void put(long number, BlockRun run, ByteBuffer data) throws IOException {
                try {
                    let.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                super.put(number, run, data);
            }
        };
    }

    @Override
    public void put(long number, BlockRun run, ByteBuffer data) throws IOException {
        assertThat(data.remaining()).isEqualTo((int) run.count() * FakeSession.BLOCK);
        numbers.add(number);
        for (long block = run.first(); block < run.end(); block++) {
            int from = data.position() + (int) (block - run.first()) * FakeSession.BLOCK;
            byte first = data.get(from);
            assertThat(data.get(from + FakeSession.BLOCK - 1)).isEqualTo(first);
            assertThat(images.put(block, first))
                    .as("block " + block + " is kept once")
                    .isNull();
        }
    }

    @Override
    public void complete() {}

    @Override
    public void close() {}
}
