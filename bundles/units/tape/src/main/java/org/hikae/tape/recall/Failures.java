package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.util.List;
import java.util.stream.Collectors;
import org.hikae.api.job.Reason;
import org.hikae.tape.mount.CartridgeAbsentException;

/** What readers are told. */
final class Failures {

    private Failures() {}

    /**
     * No copy of an object could be read.
     *
     * @param causes one for each that was tried; none if there is no copy any more
     */
    static IOException none(ObjectKey object, List<IOException> causes) {
        if (causes.isEmpty()) {
            return new IOException("object " + object.name() + " is not on tape any more");
        }
        String why = causes.stream().map(Reason::of).distinct().collect(Collectors.joining("; "));
        String message = "object " + object.name() + " cannot be read from tape: " + why;
        IOException failure = causes.stream().allMatch(CartridgeAbsentException.class::isInstance)
                ? new CartridgeAbsentException(message)
                : new IOException(message);
        causes.forEach(failure::addSuppressed);
        return failure;
    }

    /** The same failure for another thread, which has a trace of its own. */
    static IOException again(IOException failure) {
        IOException same;
        if (failure instanceof CartridgeAbsentException) {
            same = new CartridgeAbsentException(failure.getMessage());
        } else if (failure instanceof AsynchronousCloseException) {
            same = new AsynchronousCloseException();
        } else {
            same = new IOException(failure.getMessage());
        }
        same.initCause(failure);
        return same;
    }

    /** An object cannot be read, whatever its copies. */
    static IOException of(ObjectKey object, Exception cause) {
        return new IOException("object " + object.name() + " cannot be read from tape: " + Reason.of(cause), cause);
    }

    /** A cartridge cannot be read at a place. */
    static IOException of(Cartridge cartridge, Piece piece, Exception cause) {
        return new IOException(
                "cartridge " + cartridge.barcode + " cannot be read at position "
                        + piece.place().block() + ": " + Reason.of(cause),
                cause);
    }
}
