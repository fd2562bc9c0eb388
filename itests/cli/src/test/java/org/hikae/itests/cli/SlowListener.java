package org.hikae.itests.cli;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;

/** Takes its time over every trouble, as a busy machine does: who listens too is told of the next one later. */
public final class SlowListener implements BundleActivator {
    private static final long NANOS = 1_000_000_000;

    @Override
    public void start(BundleContext bundle) {
        bundle.addFrameworkListener(event -> {
            if (event.getType() == FrameworkEvent.ERROR) {
                LockSupport.parkNanos(NANOS);
            }
        });
    }

    @Override
    public void stop(BundleContext bundle) {}
}
