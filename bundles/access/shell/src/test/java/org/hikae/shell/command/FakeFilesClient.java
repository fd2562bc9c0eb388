package org.hikae.shell.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.BackupRow;
import org.hikae.api.files.client.BackupRowStatus;
import org.hikae.api.files.client.BufferSettings;
import org.hikae.api.files.client.FilesClient;
import org.hikae.api.files.client.IncompleteVersionsException;
import org.hikae.api.files.client.Membership;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;

/** Rows and centers in memory. */
final class FakeFilesClient implements FilesClient {

    final Map<String, BackupRow> rows = new TreeMap<>();
    final List<Membership> centers = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<RestoreFiles> restores = new ArrayList<>();
    String problem;
    /** What listings of versions lack; null: nothing. */
    String missed;

    private BufferSettings settings =
            new BufferSettings(Path.of("/home/buffer"), 5 << 20, 1 << 30, BufferSettings.WhenFull.FAIL);

    @Override
    public Membership join(String name, URI address, String token) {
        Membership joined =
                new Membership(name == null ? address.getHost() : name, address, "laptop", Platform.NOON, null);
        centers.add(joined);
        return joined;
    }

    @Override
    public List<Membership> memberships() {
        return centers;
    }

    @Override
    public void leave(String name, boolean force) throws IOException {
        if (!centers.removeIf(center -> center.name().equals(name))) {
            throw new IOException("there is no center '" + name + "'");
        }
        asked.add("leave " + name + " " + force);
    }

    @Override
    public void add(BackupRow row) {
        rows.put(row.name(), row);
    }

    @Override
    public void edit(BackupRow row) {
        rows.put(row.name(), row);
    }

    @Override
    public void remove(String name, boolean force) {
        rows.remove(name);
        asked.add("remove " + name + " " + force);
    }

    @Override
    public List<BackupRowStatus> list() {
        return rows.values().stream().map(this::status).toList();
    }

    private BackupRowStatus status(BackupRow row) {
        RunInfo run = new RunInfo(
                new RunId("laptop", row.name(), 7),
                new UUID(7, 7),
                6,
                Platform.NOON,
                row.window(),
                row.finish(),
                3,
                2 << 20,
                12);
        Instant next = row.times() == null ? null : Platform.NOON.plusSeconds(3600);
        return new BackupRowStatus(row, next, Platform.NOON, List.of(run), 1, problem);
    }

    @Override
    public BackupRowStatus get(String name) throws IOException {
        if (!rows.containsKey(name)) {
            throw new IOException("there is no backup '" + name + "'");
        }
        return status(rows.get(name));
    }

    @Override
    public Job run(String name) {
        asked.add("run " + name);
        return new FakeJob(Platform.job(9, JobInfo.State.DONE, null, Map.of("run", 7L)));
    }

    @Override
    public BufferSettings buffer() {
        return settings;
    }

    @Override
    public void setBuffer(long limit, BufferSettings.WhenFull whenFull) {
        settings = new BufferSettings(settings.folder(), settings.used(), limit, whenFull);
    }

    @Override
    public List<StoredVersion> versions(String path, Instant at) throws IncompleteVersionsException {
        asked.add("versions " + path + " " + at);
        List<StoredVersion> found = List.of(new StoredVersion(
                new RunId("laptop", "docs", 7),
                FileName.parse(path),
                0,
                Platform.NOON,
                FileType.REGULAR,
                5000,
                Platform.NOON,
                "ab",
                null,
                null));
        if (missed != null) {
            throw new IncompleteVersionsException(missed, found);
        }
        return found;
    }

    @Override
    public Job restore(RestoreFiles request) {
        restores.add(request);
        return new FakeJob(Platform.job(9, JobInfo.State.DONE, null, Map.of("files", 1L)));
    }
}
