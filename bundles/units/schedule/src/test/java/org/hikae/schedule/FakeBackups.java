package org.hikae.schedule;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.media.MergeRequest;

/** Backups that are real jobs which end when they are let, and make generations that are numbers. */
final class FakeBackups implements Backups {

    /** Asked at each step of a run; each may keep a copy of what is durable then. */
    interface Watch {
        Watch NONE = step -> {};

        void at(String step);
    }

    final List<BackupRequest> backups = new CopyOnWriteArrayList<>();
    final List<RetentionRequest> retentions = new CopyOnWriteArrayList<>();
    final List<MigrateRequest> migrations = new CopyOnWriteArrayList<>();
    /** Each lets one backup end. */
    final Semaphore mayEnd = new Semaphore(0);

    volatile Watch watch = Watch.NONE;
    volatile boolean endsAtOnce = true;
    /** Null: they go well. */
    volatile String failure;

    volatile String retentionFailure;

    volatile String migrationFailure;
    /** Why no such job is started; null: it is. */
    volatile String migrationRefusal;

    private final Jobs jobs;

    FakeBackups(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Job backUp(BackupRequest request) throws IOException {
        watch.at("before the backup");
        int number = backups.size() + 1;
        backups.add(request);
        String group =
                request.group() == null ? "" : " (group " + request.group().name() + ")";
        Job job = jobs.start(
                "backup",
                request.disk() + group + " to " + request.medium(),
                progress -> backUp(request.disk() + "@" + number, progress));
        if (endsAtOnce) {
            await(job);
            watch.at("after the backup");
        } else {
            watch.at("in the backup");
        }
        return job;
    }

    private Map<String, Object> backUp(String generation, Progress progress) throws Exception {
        while (!endsAtOnce && !mayEnd.tryAcquire(1, TimeUnit.MILLISECONDS)) {
            progress.check();
            progress.pass();
        }
        progress.pass();
        if (failure != null) {
            throw new IOException(failure);
        }
        return Map.of("generation", generation);
    }

    private static void await(Job job) {
        try {
            job.await(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Job retain(RetentionRequest request) throws IOException {
        watch.at("before the retention");
        retentions.add(request);
        Job job = jobs.start("retain", request.disk(), progress -> {
            if (retentionFailure != null) {
                throw new IOException(retentionFailure);
            }
            return Map.of();
        });
        await(job);
        watch.at("after the retention");
        return job;
    }

    /** Of what goes to tape. */
    Job migrate(MigrateRequest request) throws IOException {
        watch.at("before the migration");
        migrations.add(request);
        if (migrationRefusal != null) {
            throw new IOException(migrationRefusal);
        }
        Job job = jobs.start("migrate", request.disk(), progress -> {
            if (migrationFailure != null) {
                throw new IOException(migrationFailure);
            }
            return Map.of();
        });
        await(job);
        watch.at("after the migration");
        return job;
    }

    private static UnsupportedOperationException unasked() {
        return new UnsupportedOperationException("no schedule asks for that");
    }

    @Override
    public Job restore(RestoreRequest request) {
        throw unasked();
    }

    @Override
    public Job getFiles(FilesRequest request) {
        throw unasked();
    }

    @Override
    public Job verify(String generation, boolean chain) {
        throw unasked();
    }

    @Override
    public Job replay(ReplayRequest request) {
        throw unasked();
    }

    @Override
    public Optional<Job> mountInPlace(InPlaceRequest request) {
        throw unasked();
    }

    @Override
    public Job merge(MergeRequest request) {
        throw unasked();
    }

    @Override
    public Job rebase(RebaseRequest request) {
        throw unasked();
    }

    @Override
    public RetentionPlan plan(RetentionRequest request) {
        throw unasked();
    }

    @Override
    public Job drill(DrillRequest request) {
        throw unasked();
    }

    @Override
    public Map<String, Drill> drills() {
        throw unasked();
    }
}
