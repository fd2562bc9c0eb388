package org.hikae.files.center;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Dictionary;
import java.util.Hashtable;
import org.hikae.files.center.authority.ListenAddress;
import org.hikae.files.center.authority.ServerKeys;
import org.hikae.files.transfer.message.Protocol;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener of Jetty for the center alone: TLS 1.3, and certificates of clients wanted. It is told what to do as Configuration Admin would tell
 * it, but directly, so that nothing listens because of a configuration that outlived the center, and a start that fails is known.
 */
final class JettyListener implements Listener {

    /** PID of the factory of listeners. */
    static final String FACTORY = "org.apache.felix.http";

    private static final Logger LOG = LoggerFactory.getLogger(JettyListener.class);

    private static final String INSTANCE = "org.apache.felix.http~hikae-files-center";
    private static final String MARK = "hikae.listener";
    private static final String MARKED = "files-center";
    private static final String FILTER = "(" + MARK + "=" + MARKED + ")";
    private static final int HEADER_BYTES = 8192;
    private static final int IDLE_MILLIS = 60_000;
    private static final int THREADS = 512;

    private final BundleContext context;
    private final ManagedServiceFactory factory;
    private final ServiceRegistration<Servlet> registration;

    /**
     * Listens.
     *
     * @param factory of listeners
     * @throws IOException if that is not possible there
     */
    JettyListener(
            BundleContext context,
            ManagedServiceFactory factory,
            ListenAddress listen,
            ServerKeys keys,
            Servlet servlet)
            throws IOException {
        this.context = context;
        this.factory = factory;
        probe(listen);
        registration = context.registerService(Servlet.class, servlet, servletProperties());
        try {
            factory.updated(INSTANCE, properties(listen, keys));
            if (!listens()) {
                throw new IOException("cannot listen at " + listen + "; see the log");
            }
        } catch (ConfigurationException | IOException e) {
            close();
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Jetty would say in the log alone why it cannot. */
    private static void probe(ListenAddress listen) throws IOException {
        try (ServerSocket socket = new ServerSocket(listen.port(), 1, listen.address())) {
            LOG.debug("{} can be listened at", socket);
        } catch (IOException e) {
            throw new IOException("cannot listen at " + listen + ": " + e.getMessage(), e);
        }
    }

    private boolean listens() {
        try {
            return !context.getServiceReferences(HttpServiceRuntime.class, FILTER)
                    .isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Dictionary<String, Object> servletProperties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME, "hikae-files-center");
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN, Protocol.ROOT + "*");
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED, true);
        // No other listener of the platform shows it, and this one shows nothing else.
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_TARGET, FILTER);
        return properties;
    }

    private static Dictionary<String, Object> properties(ListenAddress listen, ServerKeys keys) throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("org.apache.felix.http.name", "Hikae files center");
        properties.put("org.apache.felix.http.runtime.init." + MARK, MARKED);
        properties.put("org.apache.felix.http.host", listen.address().getHostAddress());
        properties.put("org.apache.felix.http.enable", false);
        properties.put("org.apache.felix.https.enable", true);
        properties.put("org.apache.felix.http2.enable", false);
        properties.put("org.osgi.service.http.port.secure", listen.port());
        properties.put("org.apache.felix.https.keystore", keys.keys().toString());
        properties.put("org.apache.felix.https.keystore.type", keys.type());
        properties.put("org.apache.felix.https.keystore.password", keys.password());
        properties.put("org.apache.felix.https.keystore.key.password", keys.password());
        properties.put("org.apache.felix.https.truststore", keys.trusted().toString());
        properties.put("org.apache.felix.https.truststore.type", keys.type());
        properties.put("org.apache.felix.https.truststore.password", keys.password());
        properties.put("org.apache.felix.https.clientcertificate", "wants");
        properties.put("org.apache.felix.https.jetty.protocols.included", new String[] {"TLSv1.3"});
        properties.put("org.apache.felix.http.jetty.headerBufferSize", HEADER_BYTES);
        properties.put("org.apache.felix.http.timeout", IDLE_MILLIS);
        properties.put("org.apache.felix.http.jetty.threadpool.max", THREADS);
        properties.put("org.apache.felix.http.jetty.sendServerHeader", false);
        properties.put("org.apache.felix.http.mbeans", false);
        return properties;
    }

    @Override
    public void close() {
        factory.deleted(INSTANCE);
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            LOG.debug("the servlet is gone already", e);
        }
    }
}
