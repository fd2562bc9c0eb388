package org.hikae.nbd.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.nbd.protocol.Command;
import org.hikae.nbd.protocol.ErrorCode;
import org.hikae.nbd.protocol.Input;
import org.hikae.nbd.protocol.Limits;
import org.hikae.nbd.protocol.Request;

/** Takes requests from a client, and looks whether they are right. Used by one thread at a time. */
final class Intake {

    private final Input input;
    private final BlockDevice device;
    private final Writing writing;
    private final Payloads.Share payloads;
    private final boolean allocation;

    Intake(Input input, BlockDevice device, Writing writing, Payloads.Share payloads, boolean allocation) {
        this.input = input;
        this.device = device;
        this.writing = writing;
        this.payloads = payloads;
        this.allocation = allocation;
    }

    /**
     * The next request.
     *
     * @param stopping whether the server is: then all requests are refused
     * @return null if the client ends
     * @throws IOException if it breaks off, or what it says is no request
     */
    Work take(boolean stopping) throws IOException {
        ByteBuffer header = input.next(Request.BYTES);
        if (header == null) {
            return null;
        }
        Request request = Request.take(header);
        Command command = Command.of(request.type()).orElse(null);
        if (command == Command.DISC) {
            return null;
        }
        FailedException wrong =
                stopping ? new FailedException(ErrorCode.ESHUTDOWN, "the server is stopping") : check(command, request);
        if (command == Command.WRITE) {
            return wrong == null ? receive(request) : pass(request, request.length(), wrong);
        }
        return wrong == null ? Work.of(request) : Work.refused(request, wrong);
    }

    private FailedException check(Command command, Request request) {
        if (command == null) {
            return new FailedException(ErrorCode.EINVAL, "there is no command " + request.type());
        } else if (!command.takes(request.flags())) {
            return new FailedException(
                    ErrorCode.EINVAL, command + " has no flags " + Integer.toBinaryString(request.flags()));
        } else if (command == Command.BLOCK_STATUS && !allocation) {
            return new FailedException(ErrorCode.EINVAL, "no kind of block status was chosen");
        } else if (command == Command.FLUSH) {
            return null;
        } else if (command.writes() && device.readOnly()) {
            return new FailedException(ErrorCode.EPERM, "the export is read-only");
        }
        return checkRange(command, request);
    }

    private FailedException checkRange(Command command, Request request) {
        if (!request.isWithin(device.size())) {
            boolean full = command == Command.WRITE || command == Command.WRITE_ZEROES;
            return new FailedException(
                    full ? ErrorCode.ENOSPC : ErrorCode.EINVAL,
                    "the export ends at byte " + device.size() + "; " + request.length() + " bytes from "
                            + Long.toUnsignedString(request.offset()) + " do not lie within it");
        }
        boolean bounded = command == Command.READ || command == Command.WRITE || command == Command.CACHE;
        if (bounded && request.length() > Limits.MOST_BYTES) {
            return new FailedException(
                    ErrorCode.EINVAL, request.length() + " bytes at once are more than " + Limits.MOST_BYTES);
        } else if (command == Command.BLOCK_STATUS && request.length() == 0) {
            return new FailedException(ErrorCode.EINVAL, "no bytes have no status");
        }
        return null;
    }

    /** Writes what does not fit into one payload at once, so that no request takes more memory than that. */
    private Work receive(Request request) throws IOException {
        Payload payload;
        try {
            payload = payloads.take();
        } catch (FailedException e) {
            return pass(request, request.length(), e);
        }
        boolean kept = false;
        try {
            long done = 0;
            for (; request.length() - done > Limits.PIECE; done += Limits.PIECE) {
                ByteBuffer piece = filled(payload, Limits.PIECE);
                try {
                    writing.write(piece, request.offset() + done);
                } catch (FailedException e) {
                    return pass(request, request.length() - done - Limits.PIECE, e);
                }
            }
            int length = (int) (request.length() - done);
            filled(payload, length);
            kept = true;
            return new Work(request, payload, request.offset() + done, length, null);
        } finally {
            if (!kept) {
                payload.close();
            }
        }
    }

    private ByteBuffer filled(Payload payload, int length) throws IOException {
        ByteBuffer data = payload.data(length);
        int start = data.position();
        input.fill(data);
        return data.position(start);
    }

    private Work pass(Request request, long length, FailedException wrong) throws IOException {
        input.skip(length);
        return Work.refused(request, wrong);
    }
}
