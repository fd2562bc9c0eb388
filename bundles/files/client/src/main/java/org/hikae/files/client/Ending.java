package org.hikae.files.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends jobs when the platform stops. */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private Ending() {}

    /**
     * Ends jobs, and waits for them.
     *
     * @param patience for each
     */
    static void of(Jobs jobs, Collection<Job> all, Duration patience) {
        all.forEach(job -> cancel(jobs, job));
        try {
            for (Job job : all) {
                if (!job.await(patience)) {
                    LOG.warn("job {} does not end", job.id());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cancel(Jobs jobs, Job job) {
        try {
            // Nobody has asked for it: whoever waits for the job, and whoever looks at it later, is told why it ended.
            jobs.cancel(job.id(), "the platform was stopped");
        } catch (IOException e) {
            LOG.debug("job {} has ended by itself: {}", job.id(), Reason.of(e));
        }
    }
}
