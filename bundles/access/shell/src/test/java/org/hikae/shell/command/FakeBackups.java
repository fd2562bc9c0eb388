package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.job.Job;

/** Remembers what was asked for, and gives the prepared job. */
final class FakeBackups implements Backups {

    final List<Object> asked = new ArrayList<>();
    /** By disk. */
    final Map<String, FakeJob> jobs = new TreeMap<>();
    /** Why no backup of a disk can be begun, by disk. */
    final Map<String, RuntimeException> refused = new TreeMap<>();

    FakeJob job;

    @Override
    public Job backUp(BackupRequest request) {
        if (refused.containsKey(request.disk())) {
            throw refused.get(request.disk());
        }
        asked.add(request);
        return jobs.getOrDefault(request.disk(), job);
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
}
