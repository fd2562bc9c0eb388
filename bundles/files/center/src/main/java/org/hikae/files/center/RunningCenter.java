package org.hikae.files.center;

import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hikae.api.files.relay.Above;
import org.hikae.files.center.authority.CertificateAuthority;
import org.hikae.files.center.authority.ListenAddress;
import org.hikae.files.center.authority.Members;
import org.hikae.files.center.authority.Peers;
import org.hikae.files.center.authority.ServerKeys;
import org.hikae.files.center.collect.Collector;
import org.hikae.files.center.collect.Confirming;
import org.hikae.files.center.collect.Health;
import org.hikae.files.center.collect.Limits;
import org.hikae.files.center.http.FilesServlet;
import org.hikae.files.center.http.Resources;
import org.hikae.files.center.http.StoredFiles;
import org.hikae.files.center.plan.Planner;
import org.hikae.files.center.store.CenterStore;

/** A center that listens and collects, until it is closed. */
final class RunningCenter implements Closeable {

    private final ListenAddress address;
    private final String medium;
    private final Collector collector;
    private final Resources resources;
    private final Listener listener;

    /**
     * What it is made of.
     *
     * @param nanos a clock that nobody sets
     */
    record Parts(
            CenterHome home,
            CenterStore store,
            Supplier<Planner> planners,
            Listener.Factory listeners,
            Supplier<Optional<Above>> above,
            InstantSource clock,
            LongSupplier nanos) {}

    /** @throws IOException if it cannot listen there, or put anything on the medium: nothing goes on then */
    RunningCenter(Parts parts, ListenAddress address, String medium, Limits limits) throws IOException {
        this.address = address;
        this.medium = medium;
        CenterHome home = parts.home();
        parts.store().use(medium);
        CertificateAuthority authority = home.authority();
        Members members = home.members();
        ServerKeys keys =
                ServerKeys.make(home.folder(), authority, address, parts.clock().instant());
        CenterStore store = parts.store();
        collector = new Collector(
                home.id(),
                new Collector.Parts(
                        store,
                        parts.planners(),
                        home.ledger(),
                        new Health(store::space, Health::machineLoad),
                        new Confirming(home.id(), store, parts.above()),
                        parts.clock(),
                        parts.nanos()),
                limits);
        resources = new Resources(
                home.id(),
                authority,
                home.enrolment(),
                collector,
                store,
                new StoredFiles(store, parts.above(), parts.clock()),
                parts.nanos());
        FilesServlet servlet = new FilesServlet(new Peers(authority, members, parts.clock()), resources, parts.nanos());
        collector.start();
        try {
            listener = parts.listeners().listen(address, keys, servlet);
        } catch (IOException | RuntimeException e) {
            collector.close();
            resources.close();
            throw e;
        }
    }

    ListenAddress address() {
        return address;
    }

    String medium() {
        return medium;
    }

    Collector collector() {
        return collector;
    }

    /** Transfers end with what they have, then nothing listens. Idempotent. */
    @Override
    public void close() {
        collector.close();
        resources.close();
        listener.close();
    }
}
