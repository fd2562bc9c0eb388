package org.hikae.tapekit;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.EndOfMediumException;
import org.hikae.api.tape.spi.NoCartridgeException;
import org.hikae.api.tape.spi.RecordLengthException;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.api.tape.spi.WriteProtectedException;

/** Exceptions of the kinds that the contract knows. */
final class Exceptions {

    private Exceptions() {}

    /** A new exception, with its own stack, of the same kind as far as the contract tells kinds apart. */
    static IOException like(IOException model, Call call) {
        String message = model.getMessage() + ", at " + call;
        IOException made;
        if (model instanceof RecordLengthException) {
            made = new RecordLengthException(message);
        } else if (model instanceof TapeMediumException) {
            made = new TapeMediumException(message);
        } else if (model instanceof EndOfMediumException) {
            made = new EndOfMediumException(message);
        } else if (model instanceof EndOfDataException) {
            made = new EndOfDataException(message);
        } else if (model instanceof NoCartridgeException) {
            made = new NoCartridgeException(message);
        } else if (model instanceof WriteProtectedException) {
            made = new WriteProtectedException(message);
        } else if (model instanceof InterruptedIOException) {
            made = new InterruptedIOException(message);
        } else {
            made = new IOException(message);
        }
        made.initCause(model);
        return made;
    }
}
