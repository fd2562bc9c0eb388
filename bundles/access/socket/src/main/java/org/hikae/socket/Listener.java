package org.hikae.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.service.command.CommandProcessor;
import org.hikae.wire.Ownership;
import org.hikae.wire.SocketPlace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket of a home, and the conversations over it. */
final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 128;
    private static final long CLOSING_MILLIS = 500;

    private final CommandProcessor processor;
    private final Gate gate;
    private final SocketPlace place;
    private final ServerSocketChannel channel;
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();

    /** @param home whose lock this process holds */
    Listener(Path home, CommandProcessor processor, Gate gate) throws IOException {
        this.processor = processor;
        this.gate = gate;
        place = new SocketPlace(home);
        channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Path socket = place.prepare();
            channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            Files.setPosixFilePermissions(socket, Ownership.PRIVATE_FILE);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        start("hikae-socket", this::accept);
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                begin(channel.accept());
            } catch (ClosedChannelException e) {
                LOG.debug("The socket is closed");
            } catch (IOException e) {
                // Out of file descriptors, say: others may give some back.
                LOG.warn("A client could not be let in", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private void begin(SocketChannel client) {
        Conversation conversation = new Conversation(client, processor, gate);
        conversations.add(conversation);
        start("hikae-client", () -> {
            conversation.run();
            conversations.remove(conversation);
        });
    }

    /** Lets no more clients in. Those that are waiting to be let in try elsewhere. */
    void stopAccepting() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("The socket could not be closed", e);
        }
    }

    void cancelAll() {
        conversations.forEach(Conversation::cancel);
    }

    /** Not for long: a client that does not even read that is on its own. */
    private void sayClosing() {
        Thread thread = start("hikae-closing", () -> conversations.forEach(Conversation::sayClosing));
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopAccepting();
        sayClosing();
        conversations.forEach(Conversation::close);
        try {
            place.remove();
        } catch (IOException e) {
            LOG.warn("The socket could not be removed", e);
        }
    }
}
