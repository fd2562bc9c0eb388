package org.hikae.nbd.session;

import static org.hikae.nbd.session.FailedException.onDevice;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.hikae.api.block.BlockDevice;
import org.hikae.io.Buffers;
import org.hikae.nbd.protocol.CommandFlag;
import org.hikae.nbd.protocol.ErrorCode;
import org.hikae.nbd.protocol.Limits;
import org.hikae.nbd.protocol.Request;

/** Carries out what changes a device. */
final class Writing {

    private final BlockDevice device;
    /** Whether nobody waits for the answer any more. */
    private final BooleanSupplier abandoned;

    Writing(BlockDevice device, BooleanSupplier abandoned) {
        this.device = device;
        this.abandoned = abandoned;
    }

    void write(ByteBuffer data, long offset) throws FailedException {
        onDevice(() -> device.write(data, offset));
    }

    void flush() throws FailedException {
        onDevice(device::force);
    }

    /** Whole blocks alone: parts of blocks would have to be written, which frees nothing. */
    void trim(Request request) throws FailedException {
        int block = device.blockSize();
        long end = request.offset() + request.length();
        long from = request.offset() + Math.floorMod(-request.offset(), block);
        long to = end == device.size() ? end : end - Math.floorMod(end, block);
        if (from >= 0 && from < to) {
            zero(from, to);
        }
    }

    void zero(Request request) throws FailedException {
        long end = request.offset() + request.length();
        if (request.has(CommandFlag.FAST_ZERO)) {
            checkFast(request, end);
        } else if (request.has(CommandFlag.NO_HOLE)) {
            writeZeros(request.offset(), end);
        } else {
            zero(request.offset(), end);
        }
    }

    /** A device does not tell how fast it is; but where nothing is, nothing has to be done. */
    private void checkFast(Request request, long end) throws FailedException {
        boolean[] hole = new boolean[1];
        onDevice(() -> hole[0] = request.offset() == end || device.nextData(request.offset()) >= end);
        if (!hole[0] || request.has(CommandFlag.NO_HOLE)) {
            throw new FailedException(ErrorCode.ENOTSUP, "zeros may take as long as data there");
        }
    }

    private void zero(long from, long end) throws FailedException {
        long at = from;
        while (at < end) {
            checkWanted();
            long offset = at;
            long length = Math.min(Limits.ZEROS_PIECE, end - at);
            onDevice(() -> device.zero(offset, length));
            at += length;
        }
    }

    private void writeZeros(long from, long end) throws FailedException {
        ByteBuffer zeros = Buffers.zeros();
        long at = from;
        while (at < end) {
            checkWanted();
            zeros.position(0).limit((int) Math.min(zeros.capacity(), end - at));
            int length = zeros.remaining();
            write(zeros, at);
            at += length;
        }
    }

    /** The answer may still reach the client, and must not say that all is done. */
    private void checkWanted() throws FailedException {
        if (abandoned.getAsBoolean()) {
            throw new FailedException(ErrorCode.ESHUTDOWN, "the connection is being closed");
        }
    }

    /** What a device has to be told for a request to be durable. */
    void finish(Request request) throws FailedException {
        if (request.has(CommandFlag.FUA)) {
            flush();
        }
    }
}
