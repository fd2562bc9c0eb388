package org.hikae.nbd.protocol;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import org.hikae.api.node.NodeGoneException;
import org.hikae.io.NoSpaceException;
import org.hikae.io.SystemError;

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
        return isNoSpace(failure) ? ENOSPC : EIO;
    }

    /** As the protocol wants it, what an export's user or its file may not have is space too. */
    private static boolean isNoSpace(Throwable failure) {
        return failure instanceof NoSpaceException
                || SystemError.NO_SPACE.isIn(failure)
                || SystemError.QUOTA_EXCEEDED.isIn(failure)
                || SystemError.FILE_TOO_LARGE.isIn(failure);
    }
}
