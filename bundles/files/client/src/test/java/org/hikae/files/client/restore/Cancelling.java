package org.hikae.files.client.restore;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.hikae.api.job.ForwardingProgress;
import org.hikae.api.job.Progress;

/** Cancelled from a moment on. */
class Cancelling extends ForwardingProgress {

    private final BooleanSupplier when;

    Cancelling(BooleanSupplier when) {
        super(Progress.NONE);
        this.when = when;
    }

    @Override
    public void check() {
        if (when.getAsBoolean()) {
            throw new CancellationException("cancelled");
        }
    }

    @Override
    public void pass(Check check) {
        check();
    }
}
