package org.hikae.catalog;

import java.io.IOException;
import java.util.List;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.catalog.CatalogInfo;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.group.Group;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.osgi.service.component.annotations.Component;

/** The catalog in an SQL database. */
@Component
public final class CatalogUnit implements Catalog {

    @Override
    public CatalogInfo info() {
        return new CatalogInfo(null, 0, 0, 0, 0, null, "not there yet");
    }

    @Override
    public List<KnownGeneration> generations(boolean gone) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public List<Group> groups() throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public List<JobInfo> jobs(String kind, int limit) throws IOException {
        throw new IOException("not there yet");
    }

    @Override
    public Job rebuild() throws IOException {
        throw new IOException("not there yet");
    }
}
