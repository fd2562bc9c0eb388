package org.hikae.tape.store.scan;

import org.hikae.api.job.Progress;
import org.hikae.api.tape.spi.TapeDrive;

/** Ends what a drive does when the work is cancelled, as long as this is open. Thread-safe. */
public final class DriveCancel implements AutoCloseable {

    /** Guarded by this; null once it is closed. */
    private TapeDrive drive;

    public DriveCancel(TapeDrive drive, Progress progress) {
        this.drive = drive;
        progress.onCancel(this::cancel);
    }

    private synchronized void cancel() {
        if (drive != null) {
            drive.cancel();
        }
    }

    @Override
    public synchronized void close() {
        drive = null;
    }
}
