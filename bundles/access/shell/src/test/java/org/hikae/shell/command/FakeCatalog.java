package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.catalog.CatalogInfo;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.group.Group;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;

/** A catalog in lists. */
final class FakeCatalog implements Catalog {

    final List<KnownGeneration> generations = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();
    final List<JobInfo> jobs = new ArrayList<>();
    /** Rebuilds. */
    FakeJob job;
    /** Why it cannot be used; null: it can. */
    String problem;

    @Override
    public CatalogInfo info() {
        return problem != null
                ? new CatalogInfo("H2 in /home/catalog", 0, 0, 0, 0, null, problem)
                : new CatalogInfo(
                        "H2 in /home/catalog", 3, generations.size(), groups.size(), jobs.size(), Platform.NOON, null);
    }

    @Override
    public List<KnownGeneration> generations(boolean gone) throws IOException {
        check();
        return generations.stream()
                .filter(known -> gone || known.state() != KnownGeneration.State.GONE)
                .toList();
    }

    @Override
    public List<Group> groups() throws IOException {
        check();
        return List.copyOf(groups);
    }

    @Override
    public List<JobInfo> jobs(String kind, int limit) throws IOException {
        check();
        return jobs.stream()
                .filter(each -> kind == null || kind.equals(each.kind()))
                .limit(limit)
                .toList();
    }

    @Override
    public Job rebuild() throws IOException {
        check();
        return job;
    }

    private void check() throws IOException {
        if (problem != null) {
            throw new IOException(problem);
        }
    }
}
