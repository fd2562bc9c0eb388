package org.hikae.media.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.hikae.api.block.BlockRun;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.io.Buffers;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.index.RegionSums;

/**
 * The image of a generation in the making: each block at its own address. Thread-safe: who copies and who logs hold the same
 * latch while they write to a region, and what the log has listed by then is not copied over it (R8).
 */
final class PlacedImage implements Closeable {

    /** Zeros between data are written with it up to this many bytes, rather than left out. */
    private static final int GAP = 1 << 16;

    private final Extent extent;
    private final PlacedWriter object;
    private final RegionSums regions;
    private final Latches latches = new Latches();

    PlacedImage(Extent extent, PlacedWriter object, RegionSums regions) {
        this.extent = extent;
        this.object = object;
        this.regions = regions;
    }

    RegionSums regions() {
        return regions;
    }

    /** Bytes of a region, of which the last one may have fewer. */
    int regionBytes(long region) {
        long from = region * FrameHeader.MAX_RAW;
        return (int) Math.min(FrameHeader.MAX_RAW, object.length() - from);
    }

    /**
     * Writes copied blocks of one region, but those that the log has.
     *
     * @param data the blocks, from position to limit
     */
    void copy(BlockRun run, ByteBuffer data, BlockScan scan) throws IOException {
        Latches.Latch latch = latches.of(extent.region(run.first()));
        synchronized (latch) {
            for (BlockRun part : latch.unlisted(run)) {
                int from = (int) (part.first() - run.first());
                put(part, part(data, from, from + (int) part.count()), scan);
            }
        }
    }

    /** Makes copied blocks zeros, but those that the log has. */
    void copyZeros(BlockRun run) throws IOException {
        zero(run, true);
    }

    /** Makes blocks zeros, whoever wrote them. */
    void clear(BlockRun run) throws IOException {
        zero(run, false);
    }

    /** Regions that nobody has written to are zeros: where one is being written to now, it is other blocks of it. */
    private void zero(BlockRun run, boolean butLogged) throws IOException {
        long region = regions.next(extent.region(run.first()));
        while (region >= 0 && extent.firstOf(region) < run.end()) {
            long first = Math.max(run.first(), extent.firstOf(region));
            BlockRun within = new BlockRun(first, Math.min(run.end(), extent.regionEnd(first)) - first);
            Latches.Latch latch = latches.of(region);
            synchronized (latch) {
                for (BlockRun part : butLogged ? latch.unlisted(within) : List.of(within)) {
                    regions.change(region);
                    zero(part.first(), part.end());
                }
            }
            region = regions.next(region + 1);
        }
    }

    /**
     * Lists blocks of one region and writes them: from now on nothing that is copied is written over them. May be tried
     * again if it fails.
     *
     * @param data the blocks, from position to limit
     */
    void log(BlockRun run, ByteBuffer data, BlockScan scan) throws IOException {
        Latches.Latch latch = latches.of(extent.region(run.first()));
        synchronized (latch) {
            latch.list(run);
            put(run, data, scan);
        }
    }

    private ByteBuffer part(ByteBuffer data, int from, int to) {
        int base = data.position();
        return data.duplicate().limit(base + to * extent.blockSize()).position(base + from * extent.blockSize());
    }

    /** Writes blocks of one region, whose latch is held. */
    private void put(BlockRun run, ByteBuffer data, BlockScan scan) throws IOException {
        long region = extent.region(run.first());
        boolean fresh = !regions.isWritten(region);
        int count = (int) run.count();
        scan.begin(data);
        if (fresh && scan.next(0, count, false) == count) {
            return;
        }
        regions.change(region);
        int at = 0;
        while (at < count) {
            int begin = scan.next(at, count, false);
            if (!fresh && begin > at) {
                zero(run.first() + at, run.first() + begin);
            }
            at = endOfData(begin, count, scan);
            if (at > begin) {
                write(run.first() + begin, part(data, begin, at));
            }
        }
        if (count == extent.blocksIn(region)) {
            regions.setSum(region, checksum(data.duplicate().limit(data.position() + regionBytes(region))));
        }
    }

    private int endOfData(int begin, int count, BlockScan scan) {
        int end = scan.next(begin, count, true);
        int next = scan.next(end, count, false);
        while (next < count && (next - end) * extent.blockSize() < GAP) {
            end = scan.next(next, count, true);
            next = scan.next(end, count, false);
        }
        return end;
    }

    private void write(long block, ByteBuffer data) throws IOException {
        long position = block * extent.blockSize();
        long left = object.length() - position;
        object.write(data.remaining() > left ? data.limit(data.position() + (int) left) : data, position);
    }

    private void zero(long first, long end) throws IOException {
        long position = first * extent.blockSize();
        object.zero(position, Math.min(end * extent.blockSize(), object.length()) - position);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Finds out the checksums that are not known, and makes the image durable and an object. Nobody writes to it now. */
    void commit() throws IOException {
        ByteBuffer buffer = Buffers.allocate(FrameHeader.MAX_RAW);
        for (long region = regions.next(0); region >= 0; region = regions.next(region + 1)) {
            if (!regions.hasSum(region)) {
                buffer.clear().limit(regionBytes(region));
                object.read(buffer, region * FrameHeader.MAX_RAW);
                regions.setSum(region, checksum(buffer.flip()));
            }
        }
        object.commit();
    }

    /** Drops the image if it was not committed. Idempotent. */
    @Override
    public void close() throws IOException {
        object.close();
    }
}
