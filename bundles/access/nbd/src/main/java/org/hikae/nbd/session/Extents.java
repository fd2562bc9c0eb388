package org.hikae.nbd.session;

import static org.hikae.nbd.session.FailedException.onDevice;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.nbd.protocol.CommandFlag;
import org.hikae.nbd.protocol.Limits;
import org.hikae.nbd.protocol.Request;

/** Which bytes of a device are allocated. */
final class Extents {

    private static final int DATA = 0;
    /** Not allocated, and reads as zeros. */
    private static final int HOLE = 3;

    private final BlockDevice device;

    Extents(BlockDevice device) {
        this.device = device;
    }

    /**
     * Lengths and states in turn, from the beginning of the request on; perhaps not up to its end.
     *
     * @param request at least a byte long
     */
    ByteBuffer of(Request request) throws FailedException {
        int most = request.has(CommandFlag.REQ_ONE) ? 1 : Limits.EXTENTS;
        ByteBuffer extents = ByteBuffer.allocate(most * 2 * Integer.BYTES);
        onDevice(() -> fill(extents, request.offset(), request.offset() + request.length()));
        return extents.flip();
    }

    private void fill(ByteBuffer extents, long from, long end) throws IOException {
        long at = from;
        while (at < end && extents.hasRemaining()) {
            long data = Math.min(end, device.nextData(at));
            if (data > at) {
                put(extents, data - at, HOLE);
                at = data;
            } else {
                long hole = endOfData(at, end);
                put(extents, hole - at, DATA);
                at = hole;
            }
        }
    }

    /** A device may see a hole too early, where it does not look further. */
    private long endOfData(long from, long end) throws IOException {
        long at = from;
        do {
            // Whoever writes or punches meanwhile must not keep this from going on.
            at = Math.max(at + 1, Math.min(end, device.nextHole(at)));
        } while (at < end && device.nextData(at) == at);
        return at;
    }

    private static void put(ByteBuffer extents, long length, int state) {
        extents.putInt((int) length).putInt(state);
    }
}
