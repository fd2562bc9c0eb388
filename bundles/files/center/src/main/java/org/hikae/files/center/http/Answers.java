package org.hikae.files.center.http;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hikae.files.center.collect.Refusal;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes messages. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private static final int CUT_OFF = -1;

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

    /** The connection ends with it: what is left of the request is not read. An answer that has begun is cut off. */
    static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        if (response.isCommitted()) {
            LOG.warn("an answer is cut off: {}", refusal.error().text());
            cutOff(response);
            return;
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

    /**
     * Ends the connection of an answer that has begun, so that nobody takes it for a whole one. An exception would do that too, but the server
     * takes one for a fault of its own and logs it as such. Status -1 is how Jetty is asked for it, by its own response alone: the wrappers
     * of the whiteboard would begin an answer anew.
     */
    static void cutOff(HttpServletResponse response) throws IOException {
        ServletResponse own = response;
        while (own instanceof ServletResponseWrapper wrapper) {
            own = wrapper.getResponse();
        }
        ((HttpServletResponse) own).sendError(CUT_OFF);
    }

    static Refusal refusal(int status, String code, String text) {
        return new Refusal(status, new ErrorReply(code, text), 0);
    }

    static Refusal.Refused refused(int status, String code, String text) {
        return new Refusal.Refused(refusal(status, code, text));
    }
}
