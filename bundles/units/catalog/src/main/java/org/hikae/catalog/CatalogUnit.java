package org.hikae.catalog;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.catalog.CatalogInfo;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.config.PlatformHome;
import org.hikae.sql.Database;
import org.hikae.sql.DatabaseFile;
import org.hikae.sql.Drivers;
import org.hikae.sql.Target;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The catalog of this platform, in its home or where the configuration says. Immediate, for it is no use to open the database
 * anew for each command; it is opened when it is first needed.
 */
@Component(
        service = {Catalog.class, CatalogUnit.class},
        configurationPid = CatalogUnit.PID,
        immediate = true)
@Designate(ocd = CatalogConfig.class)
public final class CatalogUnit implements Catalog {

    static final String PID = "org.hikae.catalog";

    /** So that a backup, and the retention that follows it, are one reason to look at the media. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

    private final Drivers drivers = new Drivers();
    private final List<Rebuilder> rebuilders = new CopyOnWriteArrayList<>();
    private final Database database;
    private final Books books;
    private final Follower follower;

    @Activate
    public CatalogUnit(
            CatalogConfig config,
            BundleContext context,
            @Reference Jobs jobs,
            @Reference Generations generations,
            @Reference Media media,
            @Reference Groups groups) {
        DatabaseFile file = new DatabaseFile(PlatformHome.folder(context, "catalog"), "catalog");
        database = new Database(
                new Target(config.driver(), config.url(), config.user(), config._password(), file, drivers),
                Sql.schema());
        books = new Books(
                new Truth(jobs, generations, media, groups, InstantSource.system()),
                database,
                jobs,
                () -> List.copyOf(rebuilders));
        follower = new Follower(DELAY, books::bringUpToDate);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDriver(DataSourceFactory factory, Map<String, Object> properties) {
        drivers.bind(factory, properties);
    }

    void unbindDriver(DataSourceFactory factory, Map<String, Object> properties) {
        drivers.unbind(factory, properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRebuilder(Rebuilder rebuilder) {
        rebuilders.add(rebuilder);
    }

    void unbindRebuilder(Rebuilder rebuilder) {
        rebuilders.remove(rebuilder);
    }

    @Deactivate
    void deactivate() {
        follower.close();
        database.close(PATIENCE_AT_END);
    }

    /** Something has changed: the catalog is brought up to date soon. */
    void changed() {
        follower.changed();
    }

    @Override
    public CatalogInfo info() {
        return books.info();
    }

    @Override
    public List<KnownGeneration> generations(boolean gone) throws IOException {
        return books.generations(gone);
    }

    @Override
    public List<Group> groups() throws IOException {
        return books.groups();
    }

    @Override
    public List<JobInfo> jobs(String kind, int limit) throws IOException {
        return books.jobs(kind, limit);
    }

    @Override
    public Job rebuild() throws IOException {
        return books.rebuild();
    }
}
