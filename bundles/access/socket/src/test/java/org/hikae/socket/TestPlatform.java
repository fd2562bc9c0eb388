package org.hikae.socket;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.hikae.wire.Caller;
import org.hikae.wire.Connection;
import org.hikae.wire.Request;
import org.hikae.wire.SocketPlace;

/** A socket with Gogo behind it, and commands that tests make up. */
final class TestPlatform implements AutoCloseable {
    static final Caller CALLER = new Caller("/", "UTC", 80, false, false, false, false);

    final CommandProcessorImpl processor = new CommandProcessorImpl(new ThreadIOImpl());
    final Gate gate = new Gate();
    final Listener listener;
    private final Path home;

    TestPlatform(Path home) throws IOException {
        this.home = home;
        listener = new Listener(home, processor, gate);
    }

    /** What a command does. */
    interface Body {
        Object run(CommandSession session, List<Object> arguments) throws Exception;
    }

    void command(String name, Body body) {
        Function function = body::run;
        processor.addCommand("hikae", function, name);
    }

    SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(new SocketPlace(home).find()));
    }

    TestClient client() throws IOException {
        Connection connection = new Connection(connect());
        connection.greet();
        return new TestClient(connection);
    }

    TestClient.Result run(String name, String... arguments) throws IOException {
        try (TestClient client = client()) {
            client.request(new Request.Command(name, List.of(arguments)));
            return client.result();
        }
    }

    TestClient.Result script(String text) throws IOException {
        try (TestClient client = client()) {
            client.request(new Request.Script("", text));
            return client.result();
        }
    }

    boolean isSocketThere() {
        return Files.exists(home.resolve("socket"));
    }

    @Override
    public void close() {
        listener.close();
    }
}
