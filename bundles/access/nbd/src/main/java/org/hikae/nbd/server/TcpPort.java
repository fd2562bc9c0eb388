package org.hikae.nbd.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The TCP port that is listened on, or none. Thread-safe. */
public final class TcpPort implements AutoCloseable {

    private final Clients clients;
    /** Null for none. Guarded by this, as is {@link #address}. */
    private Listener listener;

    private String address;

    public TcpPort(Clients clients) {
        this.clients = clients;
    }

    /**
     * Listens on the port instead of the one before.
     *
     * @param wanted {@code ADDRESS:PORT}
     * @return the address with its port
     * @throws IOException if it cannot; the one before stays
     */
    public synchronized String open(String wanted) throws IOException {
        InetSocketAddress parsed = Loopback.parse(wanted);
        if (Loopback.show(parsed).equals(address)) {
            return address;
        }
        Listener next;
        try {
            next = Listener.bind(parsed, clients);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + wanted + ": " + e.getMessage(), e);
        }
        close();
        listener = next;
        address = Loopback.show((InetSocketAddress) next.address());
        next.start();
        return address;
    }

    public synchronized Optional<String> address() {
        return Optional.ofNullable(address);
    }

    @Override
    public synchronized void close() {
        if (listener != null) {
            listener.close();
            listener = null;
            address = null;
        }
    }
}
