package org.hikae.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;

/** Jobs on threads of their own, which are known only here. */
final class TestJobs implements Jobs {

    final List<TestJob> started = new ArrayList<>();

    /** A job, and the progress of its work. */
    static final class TestJob implements Job, Progress {

        final AtomicLong done = new AtomicLong();
        final AtomicLong total = new AtomicLong();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final long id;
        private final String kind;
        private final String subject;
        volatile String phase;
        volatile Map<String, Object> result = Map.of();
        volatile Throwable failure;
        private volatile boolean paused;
        /** Guarded by this, as below. */
        private String cancelled;

        private final List<Runnable> onCancel = new ArrayList<>();

        TestJob(long id, String kind, String subject) {
            this.id = id;
            this.kind = kind;
            this.subject = subject;
        }

        private void run(Work work) {
            try {
                result = work.run(this);
            } catch (Throwable e) {
                failure = e;
            } finally {
                ended.countDown();
            }
        }

        /** Waits for the end; what the work threw, or null. */
        Throwable end() throws InterruptedException {
            if (!await(Duration.ofSeconds(60))) {
                throw new AssertionError("job " + subject + " does not end: " + phase);
            }
            return failure;
        }

        void awaitPhase(String start) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (phase == null || !phase.startsWith(start)) {
                if (System.nanoTime() > deadline || ended.getCount() == 0) {
                    throw new AssertionError("no phase '" + start + "', but '" + phase + "'", failure);
                }
                Thread.onSpinWait();
            }
        }

        @Override
        public long id() {
            return id;
        }

        String subject() {
            return kind + " " + subject;
        }

        @Override
        public JobInfo info() {
            JobInfo.State state = ended.getCount() > 0 ? JobInfo.State.RUNNING : JobInfo.State.DONE;
            return new JobInfo(
                    id, kind, subject, state, paused, phase, done.get(), total.get(), 0, -1, null, null, null, result);
        }

        @Override
        public void cancel() {
            cancel("cancelled on request");
        }

        void cancel(String reason) {
            List<Runnable> actions;
            synchronized (this) {
                cancelled = reason;
                actions = List.copyOf(onCancel);
            }
            actions.forEach(Runnable::run);
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }

        @Override
        public boolean await(Duration time) throws InterruptedException {
            return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void phase(String now) {
            phase = now;
        }

        @Override
        public void total(long bytes) {
            total.set(bytes);
        }

        @Override
        public void advance(long bytes) {
            done.addAndGet(bytes);
        }

        @Override
        public synchronized void check() {
            if (cancelled != null) {
                throw new CancellationException(cancelled);
            }
        }

        @Override
        public void pass(Check check) throws IOException {
            check();
            while (paused) {
                check.run();
                check();
                Thread.onSpinWait();
            }
        }

        @Override
        public void onCancel(Runnable action) {
            synchronized (this) {
                if (cancelled == null) {
                    onCancel.add(action);
                    return;
                }
            }
            action.run();
        }
    }

    @Override
    public Job start(String kind, String subject, Work work) {
        TestJob job;
        synchronized (started) {
            job = new TestJob(started.size() + 1L, kind, subject);
            started.add(job);
        }
        Thread thread = new Thread(() -> job.run(work), subject);
        thread.setDaemon(true);
        thread.start();
        return job;
    }

    @Override
    public void cancel(long id, String reason) {
        started.get((int) id - 1).cancel(reason);
    }

    @Override
    public void cancel(long id) {
        cancel(id, "cancelled on request");
    }

    @Override
    public List<JobInfo> list() {
        return started.stream().map(TestJob::info).toList();
    }

    @Override
    public JobInfo get(long id) {
        return started.get((int) id - 1).info();
    }

    @Override
    public void pause(long id) {
        started.get((int) id - 1).pause();
    }

    @Override
    public void resume(long id) {
        started.get((int) id - 1).resume();
    }
}
