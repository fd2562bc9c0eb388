package org.hikae.log;

import java.io.IOException;
import java.util.function.LongUnaryOperator;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.Patience;

/**
 * What a gathering is told of a session, with something that happens when it takes a number.
 *
 * @param onNumber gets the number that was taken, and may give another one
 */
record HookedSession(LogGathering.Session session, LongUnaryOperator onNumber) implements LogGathering.Session {

    @Override
    public String disk() {
        return session.disk();
    }

    @Override
    public int blockSize() {
        return session.blockSize();
    }

    @Override
    public long nextNumber() {
        return onNumber.applyAsLong(session.nextNumber());
    }

    @Override
    public void failed(IOException cause) {
        session.failed(cause);
    }

    @Override
    public boolean hasFailed() {
        return session.hasFailed();
    }

    @Override
    public Overload overload() {
        return session.overload();
    }

    @Override
    public Patience patience() {
        return session.patience();
    }
}
