package org.hikae.files.relay;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.files.Confirmation;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.files.relay.Above;
import org.hikae.api.files.relay.FilesRelay;
import org.hikae.api.files.relay.Received;
import org.hikae.api.files.relay.RelayStatus;
import org.hikae.config.PlatformHome;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay of this platform (e.8, e.9). It asks for the center only when it needs it: the center itself has it, for restores that pass
 * through.
 */
@Component(service = {FilesRelay.class, Above.class, RelayUnit.class})
public final class RelayUnit implements FilesRelay, Above {

    private static final Logger LOG = LoggerFactory.getLogger(RelayUnit.class);

    private final Relay relay;

    /** @param clock what goes by time goes by this clock, if a platform has one of its own; null: the system's */
    @Activate
    public RelayUnit(
            BundleContext context,
            @Reference Received received,
            @Reference ComponentServiceObjects<FilesCenter> centers,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstantSource clock) {
        InstantSource time = clock == null ? InstantSource.system() : clock;
        Clock zoned = time.withZone(ZoneOffset.UTC);
        relay = new Relay(
                PlatformHome.folder(context, "files").resolve("relay"),
                received,
                new Center(centers),
                Joiner.network(zoned),
                UplinkLink.factory(zoned),
                time,
                isLasting(context));
        try {
            relay.resume();
        } catch (IOException | RuntimeException e) {
            LOG.error("the relay cannot go on: nothing is handed on until 'relay start'", e);
        }
    }

    /** Whether the platform does not end with a command. */
    static boolean isLasting(BundleContext context) {
        return !"command".equals(context.getProperty("hikae.purpose"));
    }

    /** The center's service, for as long as a call takes. */
    private record Center(ComponentServiceObjects<FilesCenter> centers) implements Relay.OwnCenter {

        private interface Use<T> {
            T of(FilesCenter center) throws IOException;
        }

        private <T> T with(Use<T> use) throws IOException {
            FilesCenter center = centers.getService();
            if (center == null) {
                throw new IOException("the center of this platform is stopped");
            }
            try {
                return use.of(center);
            } finally {
                centers.ungetService(center);
            }
        }

        @Override
        public CenterStatus start(String listen, String medium) throws IOException {
            return with(center -> center.start(listen, null, medium));
        }

        @Override
        public void stop() throws IOException {
            with(center -> {
                center.stop();
                return center;
            });
        }

        @Override
        public CenterStatus status() throws IOException {
            return with(FilesCenter::status);
        }

        @Override
        public List<UUID> route() throws IOException {
            return with(FilesCenter::route);
        }
    }

    @Deactivate
    void deactivate() {
        relay.close();
    }

    @Override
    public RelayStatus start(String listen, List<URI> upstreams, List<String> tokens, String medium)
            throws IOException {
        return relay.start(listen, upstreams, tokens, medium);
    }

    @Override
    public void stop() throws IOException {
        relay.stop();
    }

    @Override
    public RelayStatus status() throws IOException {
        return relay.status();
    }

    @Override
    public boolean isHandingOn() {
        return relay.isHandingOn();
    }

    @Override
    public Optional<List<Confirmation>> confirm(String member, List<RunKey> runs, Consumer<List<Confirmation>> more)
            throws IOException {
        return relay.confirm(member, runs, more);
    }

    @Override
    public Listing versions(String origin, String path, Instant at, Map<String, Long> released) throws IOException {
        return relay.versions(origin, path, at, released);
    }

    @Override
    public ReadableByteChannel content(String origin, List<Key> versions, int skip, Begun begun) throws IOException {
        return relay.above()
                .orElseThrow(() -> new NoSuchFileException(origin, null, "nothing is above this center"))
                .content(origin, versions, skip, begun);
    }
}
