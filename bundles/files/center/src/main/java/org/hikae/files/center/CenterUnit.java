package org.hikae.files.center;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.center.ClientInfo;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.Files;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.files.center.Transfer;
import org.hikae.api.files.relay.Above;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.spi.MediumDriver;
import org.hikae.config.PlatformHome;
import org.hikae.files.center.plan.LaxityPlanner;
import org.hikae.files.center.plan.Settings;
import org.hikae.files.center.store.StoreUnit;
import org.hikae.files.center.table.TablesUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The center of this platform (e.3 to e.7). */
@Component(service = {FilesCenter.class, CenterUnit.class})
public final class CenterUnit implements FilesCenter {

    private static final Logger LOG = LoggerFactory.getLogger(CenterUnit.class);

    private final Center center;

    /** Jetty; it may come later, or be installed anew. */
    private volatile ManagedServiceFactory listeners;

    /** A relay of this platform. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Above above;

    /** @param clock what goes by time goes by this clock, if a platform has one of its own; null: the system's */
    @Activate
    public CenterUnit(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference Jobs jobs,
            @Reference StoreUnit store,
            @Reference TablesUnit tables,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstantSource clock) {
        InstantSource time = clock == null ? InstantSource.system() : clock;
        CenterHome home =
                new CenterHome(PlatformHome.folder(context, "files").resolve("center"), tables.tables(), time);
        center = new Center(
                new RunningCenter.Parts(
                        home,
                        store.store(),
                        () -> new LaxityPlanner(Settings.USUAL),
                        (listen, keys, servlet) -> new JettyListener(context, jetty(), listen, keys, servlet),
                        () -> Optional.ofNullable(above),
                        time,
                        System::nanoTime),
                new CenterSettings(admin),
                jobs,
                isLasting(context));
    }

    /** Whether the platform does not end with a command. */
    static boolean isLasting(BundleContext context) {
        return !"command".equals(context.getProperty("hikae.purpose"));
    }

    private ManagedServiceFactory jetty() throws IOException {
        ManagedServiceFactory there = listeners;
        if (there == null) {
            throw new IOException("there is no HTTP server: install the bundle org.apache.felix.http.jetty12");
        }
        return there;
    }

    @Reference(
            target = "(service.pid=" + JettyListener.FACTORY + ")",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindListeners(ManagedServiceFactory factory) {
        listeners = factory;
        center.changed();
    }

    void unbindListeners(ManagedServiceFactory factory) {
        if (listeners == factory) {
            listeners = null;
            center.listenerGone();
        }
    }

    /** A medium may be of use now that was not before. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDriver(MediumDriver driver) {
        center.changed();
    }

    void unbindDriver(MediumDriver driver) {
        LOG.debug("medium driver {} is gone; what is on its media waits for it", driver);
    }

    @Deactivate
    void deactivate() {
        center.close();
    }

    /** A configuration has changed, or may have. */
    void changed() {
        center.changed();
    }

    @Override
    public CenterStatus start(String listen, List<String> names, String medium) throws IOException {
        return center.start(listen, names, medium);
    }

    @Override
    public void stop() throws IOException {
        center.stop();
    }

    @Override
    public CenterStatus status() throws IOException {
        return center.status();
    }

    @Override
    public List<UUID> route() throws IOException {
        return center.route();
    }

    @Override
    public String invite(String name, boolean replace) throws IOException {
        return center.invite(name, replace);
    }

    @Override
    public void revoke(String name) throws IOException {
        center.revoke(name);
    }

    @Override
    public List<ClientInfo> clients() throws IOException {
        return center.clients();
    }

    @Override
    public Conditions conditions() throws IOException {
        return center.settings().center().conditions();
    }

    @Override
    public void setConditions(Conditions conditions) throws IOException {
        center.setConditions(null, conditions);
    }

    @Override
    public Conditions conditions(String client) throws IOException {
        return center.settings().client(client).conditions();
    }

    @Override
    public void setConditions(String client, Conditions conditions) throws IOException {
        center.setConditions(client, conditions);
    }

    @Override
    public Retention retention(String client) throws IOException {
        return client == null
                ? center.settings().center().keep()
                : center.settings().client(client).keep();
    }

    @Override
    public void setRetention(String client, Retention keep) throws IOException {
        center.setRetention(client, keep);
    }

    @Override
    public void requests(boolean done, Consumer<CollectionRequest> consumer) throws IOException {
        center.lists().requests(done, consumer);
    }

    @Override
    public void plan(Consumer<CollectionRequest> consumer) throws IOException {
        center.lists().requests(false, consumer);
    }

    @Override
    public void history(String client, long limit, Consumer<Transfer> consumer) throws IOException {
        center.lists().history(client, limit, consumer);
    }

    @Override
    public void files(Files which, Consumer<StoredVersion> consumer) throws IOException {
        center.lists().files(which, consumer);
    }

    @Override
    public Job collectNow() throws IOException {
        return center.collectNow();
    }

    @Override
    public Job verify(String client) throws IOException {
        return center.verify(client);
    }
}
