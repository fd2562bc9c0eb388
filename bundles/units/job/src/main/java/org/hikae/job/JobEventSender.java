package org.hikae.job;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.JobEvents;
import org.hikae.api.job.JobInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the changes of jobs as {@link JobEvents}, where there is an Event Admin. It is optional, since nobody could install the
 * bundle without one otherwise.
 *
 * <p>By one thread, always the same: Event Admin promises an order for the events of one thread alone, and the threads that
 * change jobs hold locks. The thread is started by the first event. It waits until the handlers have taken an event before it sends
 * the next: else the last ones would still be on their way when the platform's end takes Event Admin away, and be lost.
 */
@Component(service = JobChanges.class)
public final class JobEventSender implements JobChanges {

    private static final Logger LOG = LoggerFactory.getLogger(JobEventSender.class);
    /** Longer than Felix's Event Admin waits for a handler before it does without. */
    private static final long PATIENCE_SECONDS = 10;

    /** Null: there is none. */
    private final EventAdmin admin;

    private final ExecutorService sender =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), JobEventSender::thread);

    @Activate
    public JobEventSender(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    EventAdmin admin) {
        this.admin = admin;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hikae-job-events", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void changed(String change, JobInfo job) {
        if (admin == null) {
            return;
        }
        try {
            sender.execute(() -> send(change, job));
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody is told any more that job {} is {}", job.id(), change);
        }
    }

    private void send(String change, JobInfo job) {
        try {
            admin.sendEvent(new Event(JobEvents.TOPIC + change, properties(job)));
        } catch (RuntimeException e) {
            LOG.warn("the event that job {} is {} cannot be sent", job.id(), change, e);
        }
    }

    private static Map<String, Object> properties(JobInfo job) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(JobEvents.ID, job.id());
        properties.put(JobEvents.KIND, job.kind());
        properties.put(JobEvents.SUBJECT, job.subject());
        properties.put(JobEvents.INFO, job);
        if (job.reason() != null) {
            properties.put(JobEvents.REASON, job.reason());
        }
        return properties;
    }

    @Deactivate
    void deactivate() {
        end();
    }

    @Override
    public void end() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("handlers do not take events; those that are left are not sent");
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
