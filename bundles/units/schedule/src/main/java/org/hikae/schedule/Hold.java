package org.hikae.schedule;

import java.io.IOException;
import org.hikae.api.job.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the job of a run stand still while its window is closed. Once for each job and closing: whoever resumes it then wants it to
 * go on; and what others have paused is theirs to resume. Thread-safe.
 */
final class Hold {

    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);

    private final Jobs jobs;

    /** Guarded by this, as below. 0: there is none yet. */
    private long job;

    private boolean still;
    private boolean pausedHere;

    Hold(Jobs jobs) {
        this.jobs = jobs;
    }

    /** What runs from now on. */
    synchronized void job(long id) {
        job = id;
        still = false;
        pausedHere = false;
    }

    synchronized void set(boolean wanted) {
        if (job == 0 || wanted == still) {
            return;
        }
        still = wanted;
        try {
            if (wanted) {
                jobs.pause(job);
                pausedHere = true;
                LOG.info("job {} is paused, since the window of its schedule is closed", job);
            } else if (pausedHere) {
                pausedHere = false;
                jobs.resume(job);
                LOG.info("job {} goes on, since the window of its schedule is open", job);
            }
        } catch (IOException e) {
            LOG.debug("job {} has ended, or others have paused or resumed it", job, e);
        }
    }
}
