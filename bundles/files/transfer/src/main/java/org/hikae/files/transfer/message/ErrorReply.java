package org.hikae.files.transfer.message;

import java.util.List;

/**
 * Why something was refused, with any status of 400 and above.
 *
 * @param code for programs; one of the constants, or one that is not known
 * @param text a sentence for people
 * @param missing which of the versions that were asked for are not there, from 0 on, with {@link #MISSING}; empty: that is not said
 */
public record ErrorReply(String code, String text, List<Integer> missing) {
    /** 400: a message or frames that cannot be understood, or are damaged. */
    public static final String INVALID = "invalid";

    /** 403: the certificate is not, or no longer, one of a member. */
    public static final String REVOKED = "revoked";

    /** 403: who asks may not speak for that origin. */
    public static final String FOREIGN = "foreign";

    /** 403: the token was used before, has expired, or never was. */
    public static final String TOKEN = "token";

    /** 409: no order for that run and frame is in force. */
    public static final String NO_ORDER = "no-order";

    /** 409: the route leads back to where it came from. */
    public static final String LOOP = "loop";

    /** 404: no such version, or resource. */
    public static final String MISSING = "missing";

    /** 413: more than a limit allows. */
    public static final String TOO_LARGE = "too-large";

    /** 503: too busy; the field {@code Retry-After} tells for how many seconds. */
    public static final String BUSY = "busy";

    /** 500 or 507: what was asked for could not be done. */
    public static final String FAILED = "failed";

    public ErrorReply {
        missing = List.copyOf(missing);
    }

    public ErrorReply(String code, String text) {
        this(code, text, List.of());
    }
}
