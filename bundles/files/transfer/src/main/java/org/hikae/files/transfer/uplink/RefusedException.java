package org.hikae.files.transfer.uplink;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.hikae.files.transfer.message.ErrorReply;

/** A center has answered that it will not do what it was asked for. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private static final int BUSY = 503;

    private final int status;
    private final String code;
    private final Duration retryAfter;
    private final int[] missing;

    /** @param retryAfter zero: the center says nothing of that */
    public RefusedException(int status, ErrorReply reply, Duration retryAfter) {
        super(reply.text());
        this.status = status;
        code = reply.code();
        this.retryAfter = retryAfter;
        missing = reply.missing().stream().mapToInt(Integer::intValue).toArray();
    }

    /** As {@link ErrorReply#missing}: what the center says, and nobody has looked at. */
    public List<Integer> missing() {
        return Arrays.stream(missing).boxed().toList();
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** Whether the center would do it later: it has too much to do. */
    public boolean isBusy() {
        return status == BUSY;
    }

    /** One of the constants of {@link ErrorReply}, or one that is not known. */
    public String code() {
        return code;
    }

    /** How long the center wants to be left alone, at least; zero: it says nothing of that. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
