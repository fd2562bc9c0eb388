package org.hikae.job;

import org.hikae.api.job.JobInfo;

/** Is told of every change of every job, in the order of the changes of each. */
interface JobChanges {

    String STARTED = "STARTED";
    String PAUSED = "PAUSED";
    String RESUMED = "RESUMED";

    /** Tells nobody. */
    JobChanges NOBODY = (change, job) -> {};

    /**
     * Called under locks of the jobs, which is what keeps the order: quick, throws nothing, and calls nobody who might ask for jobs.
     *
     * @param change one of the above, or the name of a final state
     * @param job as it stood right after the change
     */
    void changed(String change, JobInfo job);

    /** Nothing changes any more. Returns when all that has changed is told, or nobody listens. Idempotent. */
    default void end() {}
}
