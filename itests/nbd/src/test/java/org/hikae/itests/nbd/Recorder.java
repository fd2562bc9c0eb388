package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An NBD server between clients and another one, which records what they change, and when. */
final class Recorder implements AutoCloseable {

    private final Path server;
    private final Path socket;
    private final ChangeLog log;
    private final ServerSocketChannel listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    /**
     * Listens.
     *
     * @param server socket of the other one
     * @param socket its own one, which is made
     */
    Recorder(Path server, Path socket, ChangeLog log) throws IOException {
        this.server = server;
        this.socket = socket;
        this.log = log;
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        threads.execute(this::accept);
    }

    String uri(String export) {
        return "nbd+unix:///" + export + "?socket=" + socket;
    }

    private void accept() {
        try {
            while (true) {
                Peer client = new Peer(listener.accept());
                threads.execute(() -> serve(client));
            }
        } catch (ClosedChannelException e) {
            return; // it was closed
        } catch (IOException e) {
            failures.add(e);
        }
    }

    private void serve(Peer client) {
        try {
            RecordedConnection connection = new RecordedConnection(client, server, log);
            threads.execute(() -> pass(connection, connection::passAnswers));
            pass(connection, connection::passRequests);
        } catch (IOException e) {
            failures.add(e);
        }
    }

    /** The server ends once the client has; whichever thread finds that closes both. */
    private void pass(RecordedConnection connection, Direction direction) {
        try {
            direction.pass();
        } catch (IOException e) {
            if (!connection.isEnded(e)) {
                failures.add(e);
            }
            close(connection);
        }
    }

    private void close(RecordedConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            failures.add(e);
        }
    }

    /** Everything was passed on, and everything that was answered went well. */
    void assertFine() {
        assertThat(failures).isEmpty();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        log.close();
    }

    /** One way of a connection. */
    @FunctionalInterface
    private interface Direction {
        void pass() throws IOException;
    }
}
