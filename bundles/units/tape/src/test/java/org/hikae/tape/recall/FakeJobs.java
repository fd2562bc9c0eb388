package org.hikae.tape.recall;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;

/** Jobs that are only remembered. Thread-safe. */
final class FakeJobs implements Jobs {

    final List<Running> all = new ArrayList<>();

    static final class Running implements Progress, Job {

        final String kind;
        final String subject;
        final List<String> phases = new ArrayList<>();
        /** What was waited for; "nothing" for nothing. */
        final List<String> waits = new CopyOnWriteArrayList<>();

        long bytes;
        Map<String, Object> result;
        Exception failure;
        private boolean cancelled;
        private final List<Runnable> actions = new ArrayList<>();
        private Thread thread;

        Running(String kind, String subject) {
            this.kind = kind;
            this.subject = subject;
        }

        private void run(Work work) {
            Map<String, Object> done = null;
            Exception failed = null;
            try {
                done = work.run(this);
            } catch (Exception e) {
                failed = e;
            }
            synchronized (this) {
                result = done;
                failure = failed;
            }
        }

        synchronized String phase() {
            return phases.isEmpty() ? null : phases.get(phases.size() - 1);
        }

        synchronized Exception failure() {
            return failure;
        }

        synchronized Map<String, Object> result() {
            return result;
        }

        @Override
        public synchronized void phase(String phase) {
            if (!phase.equals(phase())) {
                phases.add(phase);
            }
        }

        @Override
        public void waiting(String what) {
            waits.add(what == null ? "nothing" : what);
        }

        @Override
        public void total(long total) {}

        @Override
        public synchronized void advance(long more) {
            bytes += more;
        }

        @Override
        public synchronized void check() {
            if (cancelled) {
                throw new CancellationException("cancelled by the test");
            }
        }

        @Override
        public void pass(Check check) {
            check();
        }

        @Override
        public synchronized void onCancel(Runnable action) {
            actions.add(action);
            if (cancelled) {
                action.run();
            }
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            actions.forEach(Runnable::run);
        }

        @Override
        public boolean await(Duration time) throws InterruptedException {
            thread.join(time.toMillis());
            return !thread.isAlive();
        }

        @Override
        public long id() {
            return 1;
        }

        @Override
        public JobInfo info() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void pause() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume() {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public synchronized Job start(String kind, String subject, Work work) {
        Running job = new Running(kind, subject);
        job.thread = new Thread(() -> job.run(work), "job");
        job.thread.setDaemon(true);
        job.thread.start();
        all.add(job);
        return job;
    }

    synchronized List<Running> started() {
        return List.copyOf(all);
    }

    @Override
    public List<JobInfo> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public JobInfo get(long id) throws IOException {
        throw new IOException("no such job");
    }

    @Override
    public void cancel(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancel(long id, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(long id) {
        throw new UnsupportedOperationException();
    }
}
