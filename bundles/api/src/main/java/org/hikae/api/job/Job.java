package org.hikae.api.job;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** A job of this run of the platform. Thread-safe. */
@ProviderType
public interface Job {

    long id();

    /** The job as it stands. */
    JobInfo info();

    /** Asks the job to stop; does nothing if it has ended. */
    void cancel();

    /** Lets the job stand still at the next place where it can, until {@link #resume}; does nothing if it has ended. */
    void pause();

    /** Lets a job that stands still go on. */
    void resume();

    /**
     * Waits until the job has ended, or the time has passed.
     *
     * @return whether it has ended
     */
    boolean await(Duration time) throws InterruptedException;
}
