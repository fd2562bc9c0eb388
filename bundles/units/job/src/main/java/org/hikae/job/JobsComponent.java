package org.hikae.job;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.config.PlatformHome;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The service {@link Jobs} on the home of the platform. Immediate, since a delayed component ends with its last user: all jobs
 * would be cancelled whenever something that backups need is stopped, and with a reason that is not the one.
 */
@Component(immediate = true)
public final class JobsComponent implements Jobs {

    private static final int KEPT = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JobRunner runner;
    private final BundleContext context;
    private final SynchronousBundleListener listener = this::platformChanged;

    /** Null: nobody sends events. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile JobChanges events;

    @Activate
    public JobsComponent(BundleContext context) throws IOException {
        this.context = context;
        runner = new JobRunner(
                new JobFiles(PlatformHome.folder(context, "jobs")),
                KEPT,
                InstantSource.system(),
                System::nanoTime,
                this::changed);
        context.addBundleListener(listener);
    }

    /**
     * When the platform begins to end, jobs end, and that is told, before anything else: all that they work with is there still, and
     * whoever is told.
     */
    private void platformChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            runner.close(PATIENCE);
            JobChanges to = events;
            if (to != null) {
                to.end();
            }
        }
    }

    private void changed(String change, JobInfo job) {
        JobChanges to = events;
        if (to != null) {
            to.changed(change, job);
        }
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(listener);
        runner.close(PATIENCE);
    }

    @Override
    public Job start(String kind, String subject, Work work) throws IOException {
        return runner.start(kind, subject, work);
    }

    @Override
    public List<JobInfo> list() {
        return runner.list();
    }

    @Override
    public List<JobInfo> running() {
        return runner.running();
    }

    @Override
    public JobInfo get(long id) throws IOException {
        return runner.get(id);
    }

    @Override
    public void cancel(long id) throws IOException {
        runner.cancel(id);
    }

    @Override
    public void cancel(long id, String reason) throws IOException {
        runner.cancel(id, reason);
    }

    @Override
    public void pause(long id) throws IOException {
        runner.pause(id);
    }

    @Override
    public void resume(long id) throws IOException {
        runner.resume(id);
    }
}
