package org.hikae.launcher;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hikae.launcher.HomeLock.Purpose;
import org.hikae.wire.Connection;
import org.hikae.wire.ProtocolException;
import org.hikae.wire.SocketPlace;
import org.hikae.wire.VersionException;

/** A connection to the platform of a home: another process's, or one in this process if the home was free. */
final class Access implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long GREETING_SECONDS = 10;

    private final Connection connection;
    private final Host host;

    private Access(Connection connection, Host host) {
        this.connection = connection;
        this.host = host;
    }

    static Access open(Home home, Purpose purpose) throws IOException {
        Patience patience = new Patience(home, LIMIT);
        while (true) {
            Optional<HomeLock> lock = HomeLock.tryAcquire(home, purpose);
            if (lock.isPresent()) {
                return hosted(home, lock.get());
            }
            // Whoever has the lock may be starting still, or ending already; or it has ended since.
            Optional<Connection> connection = connect(home);
            if (connection.isPresent()) {
                return new Access(connection.get(), null);
            }
            patience.pause();
        }
    }

    private static Access hosted(Home home, HomeLock lock) throws IOException {
        Host host = Host.start(home, lock, Host.EXIT_BY_SIGNAL);
        Optional<Connection> connection = connect(home);
        if (connection.isEmpty()) {
            host.close();
            throw new IOException("The platform started but does not answer: see " + home.log());
        }
        return new Access(connection.get(), host);
    }

    /** @return empty if no platform takes requests there now */
    static Optional<Connection> connect(Home home) throws IOException {
        Path socket = new SocketPlace(home.folder()).find();
        if (socket == null) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Optional.of(greet(channel));
        } catch (VersionException | ProtocolException e) {
            channel.close();
            throw new IOException(
                    "The home " + home.folder() + " is in use by a Hikae of another version: stop that first", e);
        } catch (IOException e) {
            channel.close();
            return Optional.empty();
        }
    }

    /** A process that holds the home but hangs never answers: then the channel is closed, which ends the wait. */
    private static Connection greet(SocketChannel channel) throws IOException {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hikae-greeting");
            thread.setDaemon(true);
            return thread;
        });
        try {
            watch.schedule(
                    () -> {
                        channel.close();
                        return null;
                    },
                    GREETING_SECONDS,
                    TimeUnit.SECONDS);
            Connection connection = new Connection(channel);
            connection.greet();
            return connection;
        } finally {
            watch.shutdownNow();
        }
    }

    Connection connection() {
        return connection;
    }

    /** Whether the platform is in this process. */
    boolean isHost() {
        return host != null;
    }

    /** Ends this process at once, and with it the platform, if it is ours. */
    void quit(int code) {
        if (host == null) {
            System.exit(code);
        }
        host.end(code);
    }

    /** If the platform is ours, it ends when nobody needs it any more, and this returns after that. */
    @Override
    public void close() throws IOException {
        connection.close();
        if (host != null) {
            host.closeWhenIdle();
        }
    }
}
