package org.hikae.files.center.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hikae.files.center.collect.Refusal;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;

/** Writes messages. */
final class Answers {

    private Answers() {}

    static void write(HttpServletResponse response, byte[] message) throws IOException {
        head(response, 200, Protocol.JSON);
        response.setContentLength(message.length);
        response.getOutputStream().write(message);
    }

    static void head(HttpServletResponse response, int status, String type) {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /** The connection ends with it: what is left of the request is not read. */
    static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        if (response.isCommitted()) {
            // All that is left to say: the answer is cut off.
            throw new IOException(refusal.error().text());
        }
        byte[] message = Messages.write(refusal.error());
        response.reset();
        head(response, refusal.status(), Protocol.JSON);
        if (refusal.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", refusal.retryAfterSeconds());
        }
        response.setHeader("Connection", "close");
        response.setContentLength(message.length);
        response.getOutputStream().write(message);
    }

    static Refusal refusal(int status, String code, String text) {
        return new Refusal(status, new ErrorReply(code, text), 0);
    }

    static Refusal.Refused refused(int status, String code, String text) {
        return new Refusal.Refused(refusal(status, code, text));
    }
}
