package org.hikae.files.center.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.hikae.files.center.collect.Refusal;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Protocol;

/** Reads messages: not more than is allowed, nor for longer. */
final class Bodies {

    private static final int PIECE = 1 << 13;
    /** As slow as a message may come. */
    private static final long BYTES_PER_SECOND = 1 << 10;

    private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double SECOND = 1e9;

    private final LongSupplier nanos;

    Bodies(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @throws Refusal.Refused if it is too large, too slow, or no message */
    byte[] read(HttpServletRequest request, int most) throws IOException, Refusal.Refused {
        String type = request.getContentType();
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(Protocol.JSON)) {
            throw refused(415, ErrorReply.INVALID, "a message has to be " + Protocol.JSON);
        } else if (request.getHeader("Content-Encoding") != null) {
            throw refused(415, ErrorReply.INVALID, "messages are not compressed");
        } else if (request.getContentLengthLong() > most) {
            throw tooLarge(most);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long begin = nanos.getAsLong();
        InputStream in = request.getInputStream();
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            body.write(piece, 0, n);
            if (body.size() > most) {
                throw tooLarge(most);
            }
            long passed = nanos.getAsLong() - begin - GRACE_NANOS;
            if (passed > 0 && body.size() < passed / SECOND * BYTES_PER_SECOND) {
                throw refused(408, ErrorReply.INVALID, "the message comes too slowly");
            }
        }
        return body.toByteArray();
    }

    private static Refusal.Refused tooLarge(int most) {
        return refused(413, ErrorReply.TOO_LARGE, "a message may have " + most + " bytes");
    }

    private static Refusal.Refused refused(int status, String code, String text) {
        return new Refusal.Refused(new Refusal(status, new ErrorReply(code, text), 0));
    }
}
