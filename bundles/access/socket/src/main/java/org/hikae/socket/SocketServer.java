package org.hikae.socket;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandProcessor;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves commands over the socket of the home from when the platform has started until it ends. As a service it is for
 * the launcher, which shares no other type with bundles: {@code test(millis)} waits until no command and no job is left,
 * then lets none in any more, and returns whether that came about in time; {@code get()} says what is left.
 */
@Component(
        service = {LongPredicate.class, Supplier.class},
        property = "hikae.socket=drain",
        immediate = true)
public final class SocketServer implements LongPredicate, Supplier<String> {
    private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);

    /** For commands to end that were cancelled because the platform ends. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final Gate gate = new Gate();
    private final Listener listener;

    /** A job whose command is over, or was given up on, still needs the platform. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Jobs jobs;

    @Activate
    public SocketServer(
            BundleContext context,
            @Reference CommandProcessor processor,
            @Reference(target = "(osgi.condition.id=hikae.started)") Condition started)
            throws IOException {
        listener = new Listener(Path.of(context.getProperty("hikae.home")), processor, gate);
    }

    @Override
    public boolean test(long millis) {
        try {
            return gate.closeWhenIdle(millis, this::isJobRunning);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isJobRunning() {
        return !running().isEmpty();
    }

    private List<JobInfo> running() {
        Jobs current = jobs;
        return current == null ? List.of() : current.running();
    }

    /** What the platform still does: "job 7 runs", "jobs 7, 8 run", "commands run". */
    @Override
    public String get() {
        List<String> ids =
                running().stream().map(job -> Long.toString(job.id())).toList();
        return switch (ids.size()) {
            case 0 -> "commands of others run";
            case 1 -> "job " + ids.get(0) + " runs";
            default -> "jobs " + String.join(", ", ids) + " run";
        };
    }

    /** Before their commands are cancelled: the records and the clients are told the reason. */
    private void stopJobs() {
        Jobs current = jobs;
        for (JobInfo job : running()) {
            try {
                current.cancel(job.id(), "the platform was stopped");
            } catch (IOException e) {
                LOG.debug("Job {} ended by itself", job.id(), e);
            }
        }
    }

    @Deactivate
    void deactivate() {
        gate.close();
        listener.stopAccepting();
        stopJobs();
        listener.cancelAll();
        try {
            if (!gate.awaitEmpty(PATIENCE_MILLIS)) {
                LOG.warn("Commands did not end when they were cancelled; the platform ends all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.close();
    }
}
