package org.hikae.api.job;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The jobs of this platform, those of earlier runs too: the last 1000 are kept in the home. Thread-safe. */
@ProviderType
public interface Jobs {

    /**
     * Starts a job on a thread of its own, which is never interrupted.
     *
     * @param kind what is done, a word such as {@code backup}
     * @param subject what it is done to
     * @throws IOException if the job cannot be recorded
     */
    Job start(String kind, String subject, Work work) throws IOException;

    /** All jobs, the newest last. A job that was running when its platform was killed is {@code interrupted}. */
    List<JobInfo> list();

    /** The jobs that have not ended. */
    default List<JobInfo> running() {
        return list().stream()
                .filter(job -> job.state() == JobInfo.State.RUNNING)
                .toList();
    }

    /** @throws IOException if there is no such job */
    JobInfo get(long id) throws IOException;

    /**
     * Asks a running job to stop; it ends soon after, having cleaned up.
     *
     * @throws IOException if there is no such job or it has ended
     */
    void cancel(long id) throws IOException;

    /**
     * As {@link #cancel(long)}, for a reason of which the job's record and whoever waits for it are told.
     *
     * @param reason unless another one came first
     */
    void cancel(long id, String reason) throws IOException;

    /**
     * Lets a running job stand still at the next place where it can; one that has no such place any more goes on to its end.
     * What it holds, it keeps: the log of a backup goes on.
     *
     * @throws IOException if there is no such job, it has ended, or it is told to stand still already
     */
    void pause(long id) throws IOException;

    /**
     * Lets a job that stands still go on.
     *
     * @throws IOException if there is no such job, it has ended, or it was not to stand still
     */
    void resume(long id) throws IOException;

    /** What a job does. */
    @FunctionalInterface
    interface Work {

        /**
         * Does it, reporting to the progress and asking it whether to go on.
         *
         * @return the result to keep: names in lower camel case, with numbers (bytes, nanoseconds, counts) or texts
         * @throws java.util.concurrent.CancellationException by {@link Progress#check}; one whose message begins with that
         *     one's and goes on adds to the reason kept, such as how things stand then
         * @throws Exception if it fails; the message, in a sentence, is the reason kept
         */
        Map<String, Object> run(Progress progress) throws Exception;
    }
}
