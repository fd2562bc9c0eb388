package org.hikae.itests.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hikae.wire.Caller;
import org.hikae.wire.Connection;
import org.hikae.wire.Frame;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;
import org.hikae.wire.SocketPlace;

/** Commands to whoever serves a home, as the jar's launcher gives them, but without a process for each. */
final class Commands {

    private static final String NOBODY = "";

    private Commands() {}

    /** What the words of a command line ask for. */
    static Request.Task task(String... words) {
        return words.length == 2 && words[0].equals("-c")
                ? new Request.Script(NOBODY, words[1])
                : new Request.Command(words[0], List.of(words).subList(1, words.length));
    }

    /**
     * Has a task carried out.
     *
     * @return empty if nobody serves the home
     * @throws IOException if whoever does gives no answer any more
     */
    static Optional<Program.Result> ask(Path home, Request.Task task) throws IOException {
        Path socket = Files.isDirectory(home) ? new SocketPlace(home.toRealPath()).find() : null;
        if (socket == null || !Files.exists(socket)) {
            return Optional.empty();
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Connection connection = new Connection(channel)) {
            connection.greet();
            Caller caller = new Caller(System.getProperty("user.dir"), "UTC", 0, false, false, false, false);
            connection.send(FrameType.REQUEST, new Request(caller, task).packed());
            return Optional.of(hear(connection));
        } catch (ConnectException e) {
            return Optional.empty(); // what a killed platform has left
        }
    }

    private static Program.Result hear(Connection connection) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
            switch (frame.type()) {
                case OUTPUT, ERROR -> output.writeBytes(frame.content());
                case WANT -> connection.send(FrameType.INPUT_END);
                case EXIT -> {
                    return new Program.Result(frame.number(), output.toString(StandardCharsets.UTF_8));
                }
                default -> {}
            }
        }
        throw new SocketException("no answer any more; so far: " + output.toString(StandardCharsets.UTF_8));
    }
}
