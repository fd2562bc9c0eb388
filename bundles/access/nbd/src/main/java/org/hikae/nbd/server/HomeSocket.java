package org.hikae.nbd.server;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.wire.Ownership;
import org.hikae.wire.SocketPlace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Unix socket in the home. */
public final class HomeSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HomeSocket.class);

    private final SocketPlace place;
    private final Path path;
    private final Listener listener;

    /**
     * Lets clients in.
     *
     * @param folder that of a home whose lock this process holds; nobody else can enter it
     */
    public HomeSocket(Path folder, Clients clients) throws IOException {
        place = new SocketPlace(folder, "nbd.sock");
        path = place.prepare();
        listener = Listener.bind(UnixDomainSocketAddress.of(path), clients);
        try {
            Files.setPosixFilePermissions(path, Ownership.PRIVATE_FILE);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        listener.start();
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        listener.close();
        try {
            place.remove();
        } catch (IOException e) {
            LOG.warn("The socket could not be removed", e);
        }
    }
}
