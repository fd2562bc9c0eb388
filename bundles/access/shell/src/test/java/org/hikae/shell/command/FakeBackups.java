package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.job.Job;
import org.hikae.api.media.MergeRequest;

/** Remembers what was asked for, and gives the prepared job. */
final class FakeBackups implements Backups {

    final List<Object> asked = new ArrayList<>();
    /** By disk, or group. */
    final Map<String, FakeJob> jobs = new TreeMap<>();
    /** Why no backup of a disk can be begun, by disk. */
    final Map<String, RuntimeException> refused = new TreeMap<>();

    FakeJob job;
    RetentionPlan plan = new RetentionPlan(List.of(), List.of(), List.of());
    /** By generation. */
    final Map<String, Drill> drills = new TreeMap<>();
    /** Runs when a generation is to take the place of a disk. */
    Consumer<InPlaceRequest> onMount = request -> {};

    @Override
    public Job backUp(BackupRequest request) {
        if (refused.containsKey(request.disk())) {
            throw refused.get(request.disk());
        }
        asked.add(request);
        return jobs.getOrDefault(
                request.group() == null ? request.disk() : request.group().name(), job);
    }

    @Override
    public Job restore(RestoreRequest request) {
        asked.add(request);
        return job;
    }

    @Override
    public Job getFiles(FilesRequest request) {
        asked.add(request);
        return job;
    }

    @Override
    public Job replay(ReplayRequest request) {
        asked.add(request);
        return job;
    }

    @Override
    public Job verify(String generation, boolean chain) {
        asked.add(chain ? List.of(generation, "chain") : generation);
        return job;
    }

    @Override
    public Optional<Job> mountInPlace(InPlaceRequest request) {
        asked.add(request);
        onMount.accept(request);
        return request.restore() ? Optional.of(job) : Optional.empty();
    }

    @Override
    public Job merge(MergeRequest request) {
        asked.add(request);
        return job;
    }

    @Override
    public Job rebase(RebaseRequest request) {
        asked.add(request);
        return job;
    }

    @Override
    public RetentionPlan plan(RetentionRequest request) {
        asked.add(request);
        return plan;
    }

    @Override
    public Job retain(RetentionRequest request) {
        asked.add(request);
        return job;
    }

    @Override
    public Job drill(DrillRequest request) {
        asked.add(request);
        return job;
    }

    @Override
    public Map<String, Drill> drills() {
        return drills;
    }
}
