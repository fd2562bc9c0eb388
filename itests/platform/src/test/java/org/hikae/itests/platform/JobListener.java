package org.hikae.itests.platform;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.api.job.JobEvents;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** Is told of all changes of jobs, and asks for jobs each time. Beside it, another one throws each time. */
final class JobListener implements EventHandler, AutoCloseable {
    private final Jobs jobs;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<ServiceRegistration<EventHandler>> registrations = new CopyOnWriteArrayList<>();

    private JobListener(Jobs jobs) {
        this.jobs = jobs;
    }

    static JobListener register(BundleContext context, Jobs jobs) {
        JobListener listener = new JobListener(jobs);
        EventHandler bad = event -> {
            throw new IllegalStateException("does not like " + event.getTopic());
        };
        for (EventHandler handler : List.of(bad, listener)) {
            listener.registrations.add(context.registerService(
                    EventHandler.class,
                    handler,
                    new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, JobEvents.TOPIC + "*"))));
        }
        return listener;
    }

    @Override
    public void handleEvent(Event event) {
        if (!jobs.list().isEmpty()) {
            events.add(event);
        }
    }

    /** What was told of a job, in that order. */
    List<String> changes(long job) {
        return events.stream()
                .filter(event -> event.getProperty(JobEvents.ID).equals(job))
                .map(event -> event.getTopic().substring(JobEvents.TOPIC.length()))
                .toList();
    }

    /** How a job stood when it was last told of. */
    JobInfo last(long job) {
        return events.stream()
                .filter(event -> event.getProperty(JobEvents.ID).equals(job))
                .reduce((before, after) -> after)
                .map(event -> (JobInfo) event.getProperty(JobEvents.INFO))
                .orElseThrow();
    }

    @Override
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
    }
}
