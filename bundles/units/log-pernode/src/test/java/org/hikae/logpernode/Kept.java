package org.hikae.logpernode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.LogSink;

/** A sink that says which image it was given of each block, and checks the order of numbers. */
class Kept implements LogSink {

    static final int BLOCK = 512;

    /** By block, the image that {@link #image} has made. */
    final Map<Long, Integer> images = new TreeMap<>();

    /** Of each call. */
    final List<Long> numbers = new ArrayList<>();

    long records;
    long lastNumber;

    @Override
    public void put(long number, BlockRun run, ByteBuffer data) {
        assertThat(number).isPositive().isGreaterThanOrEqualTo(lastNumber);
        records += number == lastNumber ? 0 : 1;
        lastNumber = number;
        numbers.add(number);
        assertThat(data.remaining()).isEqualTo((int) run.count() * BLOCK);
        for (long block = run.first(); block < run.end(); block++) {
            int at = data.position() + (int) (block - run.first()) * BLOCK;
            assertThat(data.getLong(at)).as("the image's block").isEqualTo(block);
            Integer before = images.put(block, data.getInt(at + Long.BYTES));
            assertThat(before).as("block %s is kept once", block).isNull();
            assertThat(data.getInt(at + BLOCK - Integer.BYTES)).isEqualTo(images.get(block));
        }
    }

    /** What the blocks hold in a version of the disk: each has its number and the version in it. */
    static ByteBuffer image(BlockRun run, int version) {
        ByteBuffer data = ByteBuffer.allocate((int) run.count() * BLOCK);
        for (int i = 0; i < run.count(); i++) {
            data.putLong(i * BLOCK, run.first() + i);
            data.putInt(i * BLOCK + Long.BYTES, version);
            data.putInt((i + 1) * BLOCK - Integer.BYTES, version);
        }
        return data;
    }

    @Override
    public void complete() {}

    @Override
    public void close() {}
}
