package org.hikae.nbd.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that clients come in by, and the thread that lets them in. */
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 128;
    private static final long PAUSE_MILLIS = 100;

    private final ServerSocketChannel server;
    private final Clients clients;
    /** Whether the last client was turned away. Of the listener's thread alone. */
    private boolean full;

    private Listener(ServerSocketChannel server, Clients clients) {
        this.server = server;
        this.clients = clients;
    }

    /** @throws IOException if the address is taken or cannot be used */
    static Listener bind(SocketAddress address, Clients clients) throws IOException {
        boolean isUnix = address instanceof UnixDomainSocketAddress;
        ServerSocketChannel server =
                isUnix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            server.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return new Listener(server, clients);
    }

    /** Lets clients in from now on. */
    void start() {
        Threads.named("hikae-nbd-listener").newThread(this::accept).start();
    }

    SocketAddress address() throws IOException {
        return server.getLocalAddress();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                begin(server.accept());
            } catch (ClosedChannelException e) {
                LOG.debug("The socket is closed");
            } catch (IOException | RuntimeException | Error e) {
                // Out of file descriptors or memory, say: others may give some back.
                LOG.warn("A client could not be let in", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    private void begin(SocketChannel client) throws IOException {
        boolean begun = false;
        try {
            if (client.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            begun = clients.begin(client);
        } finally {
            if (!begun) {
                client.close();
            }
        }
        // Said once: who tries again and again is not to fill the log.
        if (!begun && !full) {
            LOG.warn("Clients are turned away from now on: there are too many");
        }
        full = !begun;
    }

    /** Clients that are in stay. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("A socket could not be closed", e);
        }
    }
}
