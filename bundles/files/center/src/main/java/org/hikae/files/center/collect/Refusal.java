package org.hikae.files.center.collect;

import org.hikae.files.transfer.message.ErrorReply;

/**
 * Why something is not done that was asked for.
 *
 * @param status of HTTP
 * @param retryAfterSeconds when it may be asked for again; 0: not said
 */
public record Refusal(int status, ErrorReply error, int retryAfterSeconds) {

    /** As an exception, to leave whatever is being done. */
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Refusal refusal;

        public Refused(Refusal refusal) {
            super(refusal.error().text());
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    static Refused conflict(String code, String text) {
        return new Refused(new Refusal(409, new ErrorReply(code, text), 0));
    }

    static Refused noOrder(String text) {
        return conflict(ErrorReply.NO_ORDER, text);
    }

    static Refused unavailable(String text, int seconds) {
        return new Refused(new Refusal(503, new ErrorReply(ErrorReply.BUSY, text), seconds));
    }
}
