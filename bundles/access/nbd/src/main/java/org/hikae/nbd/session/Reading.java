package org.hikae.nbd.session;

import static org.hikae.nbd.session.FailedException.onDevice;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.nbd.protocol.CommandFlag;
import org.hikae.nbd.protocol.ErrorCode;
import org.hikae.nbd.protocol.Limits;
import org.hikae.nbd.protocol.ProtocolException;
import org.hikae.nbd.protocol.Request;

/** Answers reads. Its methods throw IOException if the client is lost. */
final class Reading {

    /** Holes of that many bytes are sent as such; it does not pay off to look for shorter ones. */
    private static final int HOLE = 64 << 10;

    private final BlockDevice device;
    private final Answers answers;
    private final Payloads.Share payloads;

    Reading(BlockDevice device, Answers answers, Payloads.Share payloads) {
        this.device = device;
        this.answers = answers;
        this.payloads = payloads;
    }

    void read(Request request) throws IOException, FailedException {
        if (request.length() == 0) {
            answers.nothing(request.cookie());
        } else if (!answers.structured()) {
            readSimply(request);
        } else if (!request.has(CommandFlag.DF)) {
            readInChunks(request);
        } else if (request.length() <= Limits.PIECE) {
            readChunk(request, request.offset(), (int) request.length());
        } else {
            throw new FailedException(
                    ErrorCode.EOVERFLOW, "more than " + Limits.PIECE + " bytes are not sent in one piece");
        }
    }

    private void readInChunks(Request request) throws IOException, FailedException {
        long end = request.offset() + request.length();
        boolean sparse = request.length() >= HOLE;
        long at = request.offset();
        while (at < end) {
            long data = sparse ? Math.min(end, next(at, true)) : at;
            if (data - at >= HOLE) {
                answers.hole(request.cookie(), at, (int) (data - at), data == end);
                at = data;
            } else {
                // A hole that is too short goes with the data after it.
                long hole = sparse && data < end ? Math.min(end, next(data, false)) : end;
                int length = (int) Math.min(Math.max(hole - at, Math.min(HOLE, end - at)), Limits.PIECE);
                readChunk(request, at, length);
                at += length;
            }
        }
    }

    private long next(long offset, boolean data) throws FailedException {
        long[] found = new long[1];
        onDevice(() -> found[0] = data ? device.nextData(offset) : device.nextHole(offset));
        return found[0];
    }

    private void readChunk(Request request, long offset, int length) throws IOException, FailedException {
        try (Payload payload = payloads.take()) {
            onDevice(() -> device.read(payload.data(length), offset));
            boolean last = offset + length == request.offset() + request.length();
            answers.data(request.cookie(), offset, payload, length, last);
        }
    }

    private void readSimply(Request request) throws IOException, FailedException {
        if (request.length() > Limits.PIECE) {
            Readable.check(device, request);
        }
        try (Payload payload = payloads.take()) {
            int first = (int) Math.min(request.length(), Limits.PIECE);
            onDevice(() -> device.read(payload.data(first), request.offset()));
            if (first == request.length()) {
                answers.simpleData(request.cookie(), payload, first);
            } else {
                answers.simpleData(request.cookie(), sink -> {
                    sink.send(payload.data(first));
                    readOn(request, first, payload, sink);
                });
            }
        }
    }

    /** The client has been told that all is well: a failure is the end of the connection. */
    private void readOn(Request request, int from, Payload payload, Answers.Sink sink) throws IOException {
        for (long done = from; done < request.length(); done += Limits.PIECE) {
            ByteBuffer piece = payload.data((int) Math.min(request.length() - done, Limits.PIECE));
            long offset = request.offset() + done;
            int start = piece.position();
            try {
                onDevice(() -> device.read(piece, offset));
            } catch (FailedException e) {
                throw new ProtocolException("a long read failed after its beginning was sent: " + e.getMessage());
            }
            sink.send(piece.position(start));
        }
    }

    /** Reads, so that the next read finds it in memory, perhaps. */
    void cache(Request request) throws FailedException {
        try (Payload payload = payloads.take()) {
            for (long done = 0; done < request.length(); done += Limits.PIECE) {
                ByteBuffer piece = payload.data((int) Math.min(request.length() - done, Limits.PIECE));
                long offset = request.offset() + done;
                onDevice(() -> device.read(piece, offset));
            }
        }
    }
}
