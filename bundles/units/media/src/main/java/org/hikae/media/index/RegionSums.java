package org.hikae.media.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.BitSet;

/**
 * The regions of an image that were written to, and the checksums of those that are known. A bit for each is in memory, the
 * checksums in a scratch file. Thread-safe; of one region, whoever tells of it holds off the others.
 */
public final class RegionSums implements Closeable {

    /** Number of regions that there can be: frames are numbered with as many bits. */
    public static final long MAX_REGIONS = Integer.MAX_VALUE;

    private static final long KNOWN = 1L << 32;

    private final ScratchFolder folder;
    private final FileChannel channel;
    /** Guarded by itself. */
    private final BitSet written = new BitSet();

    public RegionSums(ScratchFolder folder) throws IOException {
        this.folder = folder;
        try {
            this.channel = folder.create();
        } catch (IOException e) {
            throw folder.failed(e);
        }
    }

    public boolean isWritten(long region) {
        synchronized (written) {
            return written.get((int) region);
        }
    }

    /** Remembers, before it happens, that a region is written to: what was its checksum is so no more. */
    public void change(long region) throws IOException {
        boolean before;
        synchronized (written) {
            before = written.get((int) region);
            written.set((int) region);
        }
        if (before) {
            put(region, 0);
        }
    }

    /** Remembers the checksum of a region that was written to. */
    public void setSum(long region, int checksum) throws IOException {
        put(region, KNOWN | Integer.toUnsignedLong(checksum));
    }

    private void put(long region, long value) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(0, value);
        long at = region * Long.BYTES;
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, at + bytes.position());
            }
        } catch (IOException e) {
            throw folder.failed(e);
        }
    }

    public boolean hasSum(long region) throws IOException {
        return get(region) != 0;
    }

    /** The checksum of a region; of no meaning if it is not known. */
    public int sum(long region) throws IOException {
        return (int) get(region);
    }

    private long get(long region) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        long at = region * Long.BYTES;
        try {
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
                continue; // the rest, or nothing where nothing was remembered beyond
            }
        } catch (IOException e) {
            throw folder.failed(e);
        }
        return bytes.hasRemaining() ? 0 : bytes.getLong(0);
    }

    /** The first region from a number on that was written to; -1 if there is none. */
    public long next(long from) {
        synchronized (written) {
            return from > Integer.MAX_VALUE ? -1 : written.nextSetBit((int) from);
        }
    }

    /** Releases the file. Idempotent. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
