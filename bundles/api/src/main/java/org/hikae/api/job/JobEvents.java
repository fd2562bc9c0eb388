package org.hikae.api.job;

/**
 * The events that are sent by OSGi Event Admin when a job changes, each to the topic {@link #TOPIC} and the change's name, such as
 * {@code org/hikae/job/STARTED}. Sent asynchronously, in the order of the changes of each job; a platform without Event Admin sends none.
 */
public final class JobEvents {

    /** Before the name of the change: {@code STARTED}, {@code PAUSED}, {@code RESUMED}, or a final {@link JobInfo.State}. */
    public static final String TOPIC = "org/hikae/job/";

    /** Property: the {@link JobInfo#id}, a {@link Long}. */
    public static final String ID = "job.id";

    /** Property: the {@link JobInfo#kind}. */
    public static final String KIND = "job.kind";

    /** Property: the {@link JobInfo#subject}. */
    public static final String SUBJECT = "job.subject";

    /** Property: the {@link JobInfo#reason}, where there is one. */
    public static final String REASON = "job.reason";

    /** Property: the whole {@link JobInfo}. */
    public static final String INFO = "job.info";

    private JobEvents() {}
}
