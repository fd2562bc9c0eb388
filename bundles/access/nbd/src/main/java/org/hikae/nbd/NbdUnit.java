package org.hikae.nbd;

import java.io.IOException;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.Generations;
import org.hikae.api.nbd.NbdExport;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.node.Nodes;
import org.hikae.nbd.export.Exports;
import org.hikae.nbd.server.Clients;
import org.hikae.nbd.server.ExportUri;
import org.hikae.nbd.server.HomeSocket;
import org.hikae.nbd.server.TcpPort;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@link NbdServer}: serves from when it starts until it ends. */
@Component(configurationPid = NbdUnit.PID, immediate = true)
@Designate(ocd = NbdUnit.Config.class)
public final class NbdUnit implements NbdServer {

    static final String PID = "org.hikae.nbd";

    private static final Logger LOG = LoggerFactory.getLogger(NbdUnit.class);
    private static final String LISTEN = "listen";

    @ObjectClassDefinition(name = "Network block devices", description = "How disks and generations are exported")
    @interface Config {

        @AttributeDefinition(description = "Address and port to listen on besides the Unix socket; empty for none")
        String listen() default "";

        @AttributeDefinition(description = "Seconds that a client may take to choose an export; at the next start")
        int handshakeSeconds() default 30;
    }

    private final ConfigurationAdmin admin;
    private final boolean lasting;
    private final Exports exports;
    private final Clients clients;
    private final HomeSocket socket;
    private final TcpPort port;

    /** It may come and go, as its configuration changes: no reason to drop the clients of disks. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Generations generations;

    @Activate
    public NbdUnit(
            Config config,
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference Disks disks,
            @Reference Nodes nodes)
            throws IOException {
        this.admin = admin;
        lasting = !"command".equals(context.getProperty("hikae.purpose"));
        exports = new Exports(disks, nodes, () -> generations);
        clients = new Clients(exports, Duration.ofSeconds(Math.max(1, config.handshakeSeconds())));
        socket = new HomeSocket(HomeFolder.find(context), clients);
        port = new TcpPort(clients);
        listenAs(config);
    }

    /** As far as it concerns others: {@link #listen} has done it already. */
    @Modified
    void modified(Config config) {
        listenAs(config);
    }

    private void listenAs(Config config) {
        if (config.listen().isEmpty()) {
            port.close();
            return;
        }
        try {
            port.open(config.listen());
        } catch (IOException e) {
            LOG.error("NBD clients are not served over TCP: {}", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        port.close();
        socket.close();
        clients.close();
        exports.close();
    }

    @Override
    public List<NbdExport> list() {
        return exports.describe(this::uri);
    }

    @Override
    public String uri(String export) {
        return ExportUri.of(socket.path(), export);
    }

    @Override
    public NbdExport mount(String generation) throws IOException {
        if (!lasting) {
            throw new IOException("nobody serves this home, so the mount would end with this command;"
                    + " start 'hikae serve' first, and mount from elsewhere");
        }
        long size = exports.mount(generation);
        return new NbdExport(generation, size, true, 0, true, uri(generation), null);
    }

    @Override
    public void unmount(String generation) throws IOException {
        exports.unmount(generation);
    }

    @Override
    public Set<String> mounted() {
        return exports.mounted();
    }

    @Override
    public synchronized String listen(String address) throws IOException {
        String opened = port.open(address);
        store(opened);
        return opened;
    }

    @Override
    public synchronized void unlisten() throws IOException {
        if (port.address().isEmpty()) {
            throw new IOException("there is no TCP port to give up; see 'nbd list'");
        }
        port.close();
        store("");
    }

    private void store(String address) throws IOException {
        Configuration configuration = admin.getConfiguration(PID, "?");
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties == null) {
            properties = new Hashtable<>();
        }
        properties.put(LISTEN, address);
        configuration.update(properties);
    }

    @Override
    public Optional<String> listening() {
        return port.address();
    }
}
