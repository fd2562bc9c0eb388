package org.hikae.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.wire.Connection;
import org.hikae.wire.Frame;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;

/** Has a platform carry something out, and is its standard streams and its Ctrl-C meanwhile. */
final class Client {
    private final Connection connection;
    private final Streams streams;

    /** Whether Ctrl-C has been passed on. */
    private final AtomicBoolean cancelled = new AtomicBoolean();

    Client(Connection connection, Streams streams) {
        this.connection = connection;
        this.streams = streams;
    }

    private volatile long job;

    /** How it went. */
    sealed interface Outcome {}

    /** It was carried out, well or not. */
    record Exit(int code) implements Outcome {}

    /** The platform is ending and has done nothing of it. */
    record Closing() implements Outcome {}

    /** The platform is gone. */
    record Lost() implements Outcome {}

    /** Somebody closed our output: nobody wants to see the rest. */
    record Unheard() implements Outcome {}

    /**
     * It was carried out, well or not, but its output could not be written.
     *
     * @param code exit code of what was carried out
     */
    record Unwritten(int code, IOException reason) implements Outcome {}

    Outcome run(Request request) throws IOException {
        return run(FrameType.REQUEST, request.packed());
    }

    /** @param line for the shell that this connection is for */
    Outcome run(FrameType type, byte[] content) throws IOException {
        if (content.length > type.limit()) {
            throw new IOException("That is too long: commands together can have " + type.limit() + " bytes");
        }
        cancelled.set(false);
        job = 0;
        try {
            connection.send(type, content);
        } catch (IOException e) {
            // What the platform said before it went is still to be read.
            return outcome(null);
        }
        InputPump pump = new InputPump(connection, streams.in());
        try {
            return outcome(pump);
        } finally {
            pump.stop();
        }
    }

    /** Output that cannot be written ends nothing: what is half done would be left so. A pipe that nobody reads does. */
    private Outcome outcome(InputPump pump) {
        IOException unwritten = null;
        try {
            for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
                switch (frame.type()) {
                    case OUTPUT -> {
                        IOException failure = unwritten != null ? null : write(streams.out(), frame.content());
                        if (failure != null && Streams.isClosedPipe(failure)) {
                            return new Unheard();
                        }
                        unwritten = failure != null ? failure : unwritten;
                    }
                    case ERROR -> write(streams.err(), frame.content());
                    case JOB -> job = ByteBuffer.wrap(frame.content()).getLong();
                    case WANT -> pump.want(frame.number());
                    case EXIT -> {
                        return unwritten == null ? new Exit(frame.number()) : new Unwritten(frame.number(), unwritten);
                    }
                    case CLOSING -> {
                        return new Closing();
                    }
                    default -> throw new IOException("The platform sends a frame " + frame.type());
                }
            }
        } catch (IOException e) {
            System.getLogger(Client.class.getName()).log(System.Logger.Level.DEBUG, "lost", e);
        }
        return new Lost();
    }

    /** Returns what went wrong; null if nothing did. */
    private static IOException write(OutputStream stream, byte[] bytes) {
        try {
            stream.write(bytes);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** The job that the command waits for; 0 if there is none, or several. */
    long job() {
        return job;
    }

    /** Passes Ctrl-C on. Returns false if that has been done already. */
    boolean cancel() {
        if (!cancelled.compareAndSet(false, true)) {
            return false;
        }
        send(FrameType.CANCEL, null);
        return true;
    }

    void width(int width) {
        send(FrameType.WIDTH, width);
    }

    private void send(FrameType type, Integer number) {
        try {
            if (number == null) {
                connection.send(type);
            } else {
                connection.send(type, number);
            }
        } catch (IOException e) {
            // Whoever reads sees that the platform is gone.
            System.getLogger(Client.class.getName()).log(System.Logger.Level.DEBUG, "lost", e);
        }
    }
}
