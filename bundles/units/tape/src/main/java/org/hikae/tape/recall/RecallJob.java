package org.hikae.tape.recall;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what is read from a cartridge as a job, if it lasts, and lets it be cancelled. Thread-safe. */
final class RecallJob {

    /** The kind of the jobs. */
    static final String KIND = "recall";

    private static final Logger LOG = LoggerFactory.getLogger(RecallJob.class);

    private final Jobs jobs;
    private final Queues queues;
    private final Cartridge cartridge;
    private final Consumer<IOException> cancel;
    private final long showNanos;
    private final LongSupplier nanos;
    /** What is shown; null: nothing. Guarded by this. */
    private Shown shown;

    private boolean ended;

    /** A job that is under way. */
    private final class Shown implements Jobs.Work {

        private final CountDownLatch over = new CountDownLatch(1);
        private final Cartridge.Activity before;
        private volatile Progress progress = Progress.NONE;
        private volatile String problem;
        /** What the job was told of; guarded by the {@link RecallJob}. */
        private long told;

        Shown(Cartridge.Activity before) {
            this.before = before;
            told = before.bytes();
        }

        @Override
        public Map<String, Object> run(Progress to) throws Exception {
            progress = to;
            to.phase(cartridge.phase());
            to.onCancel(over::countDown);
            over.await();
            try {
                to.check();
            } catch (java.util.concurrent.CancellationException e) {
                cancel.accept(new IOException(
                        "what was to be read from cartridge " + cartridge.barcode + " was cancelled: " + Reason.of(e),
                        e));
                throw e;
            }
            if (problem != null) {
                throw new IOException(problem);
            }
            Cartridge.Activity now = queues.activity(cartridge);
            return Map.of("blocks", now.blocks() - before.blocks(), "bytes", now.bytes() - before.bytes());
        }

        void tell(Cartridge.Activity activity) {
            progress.phase(cartridge.phase());
            progress.advance(activity.bytes() - told);
            told = activity.bytes();
        }

        boolean isOver() {
            return over.getCount() == 0;
        }

        void end(String why) {
            problem = why;
            over.countDown();
        }
    }

    /** @param cancel ends what is to be read from the cartridge */
    RecallJob(
            Jobs jobs,
            Queues queues,
            Cartridge cartridge,
            Consumer<IOException> cancel,
            Duration show,
            LongSupplier nanos) {
        this.jobs = jobs;
        this.queues = queues;
        this.cartridge = cartridge;
        this.cancel = cancel;
        this.nanos = nanos;
        showNanos = show.toNanos();
    }

    /** Looks how things stand; called now and then. */
    synchronized void look() {
        if (ended) {
            return;
        }
        Cartridge.Activity activity = queues.activity(cartridge);
        long now = nanos.getAsLong();
        if (shown != null && shown.isOver()) {
            shown = null; // it was cancelled, and somebody reads again
        }
        if (shown != null) {
            shown.tell(activity);
        } else if (activity.more() && now - activity.since() >= showNanos) {
            show(activity);
        }
    }

    private void show(Cartridge.Activity activity) {
        Shown next = new Shown(activity);
        try {
            jobs.start(KIND, "cartridge " + cartridge.barcode, next);
            shown = next;
        } catch (IOException | RuntimeException e) {
            ended = true;
            LOG.warn("What is read from cartridge {} cannot be shown: {}", cartridge.barcode, Reason.of(e));
        }
    }

    /** Nothing could be read: a job that is shown fails. */
    synchronized void failed(String why) {
        if (shown != null) {
            shown.end(why);
            shown = null;
        }
    }

    /** Nothing is read any more. */
    synchronized void end() {
        ended = true;
        if (shown != null) {
            shown.tell(queues.activity(cartridge));
            shown.end(null);
            shown = null;
        }
    }
}
