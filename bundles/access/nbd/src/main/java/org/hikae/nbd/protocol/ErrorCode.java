package org.hikae.nbd.protocol;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.Locale;
import org.hikae.api.node.NodeGoneException;
import org.hikae.io.NoSpaceException;

/** Why a request failed, by its number on the wire. */
public enum ErrorCode {
    EPERM(1),
    EIO(5),
    ENOMEM(12),
    EINVAL(22),
    ENOSPC(28),
    EOVERFLOW(75),
    ENOTSUP(95),
    ESHUTDOWN(108);

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** What to call the failure of a device. */
    public static ErrorCode of(Throwable failure) {
        if (failure instanceof NodeGoneException || failure instanceof ClosedChannelException) {
            return ESHUTDOWN;
        } else if (failure instanceof NonWritableChannelException) {
            return EPERM;
        } else if (failure instanceof IndexOutOfBoundsException) {
            return EINVAL;
        } else if (failure instanceof OutOfMemoryError) {
            return ENOMEM;
        }
        return failure instanceof NoSpaceException || failure instanceof IOException && saysNoSpace(failure)
                ? ENOSPC
                : EIO;
    }

    private static boolean saysNoSpace(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded") || text.contains("file too large");
    }
}
