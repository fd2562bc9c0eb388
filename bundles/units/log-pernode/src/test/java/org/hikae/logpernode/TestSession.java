package org.hikae.logpernode;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.api.log.Overload;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.Patience;

/** A session whose counter can be turned back. */
class TestSession implements LogGathering.Session {

    final AtomicLong numbers = new AtomicLong();
    final AtomicReference<IOException> failure = new AtomicReference<>();
    volatile Overload overload = Overload.FAIL_BACKUP;
    volatile Patience patience = Patience.NONE;

    @Override
    public String disk() {
        return "data";
    }

    @Override
    public int blockSize() {
        return Kept.BLOCK;
    }

    @Override
    public long nextNumber() {
        return numbers.incrementAndGet();
    }

    @Override
    public void failed(IOException cause) {
        failure.compareAndSet(null, cause);
    }

    @Override
    public boolean hasFailed() {
        return failure.get() != null;
    }

    @Override
    public Overload overload() {
        return overload;
    }

    @Override
    public Patience patience() {
        return patience;
    }
}
