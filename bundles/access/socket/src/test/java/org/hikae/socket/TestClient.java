package org.hikae.socket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hikae.wire.Connection;
import org.hikae.wire.Frame;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;

/** A client that tests see everything of. */
final class TestClient implements AutoCloseable {
    static final int CLOSING = -1;
    final Connection connection;

    TestClient(Connection connection) {
        this.connection = connection;
    }

    /** @param order both streams as they came, marked by {@code <} for errors and {@code >} for output */
    record Result(int code, String out, String err, String order) {}

    void request(Request.Task task) throws IOException {
        connection.send(FrameType.REQUEST, new Request(TestPlatform.CALLER, task).packed());
    }

    void line(String line) throws IOException {
        connection.send(FrameType.LINE, line.getBytes(StandardCharsets.UTF_8));
    }

    /** The next frame, which is of that type. */
    Frame expect(FrameType type) throws IOException {
        Frame frame = connection.read();
        if (frame == null || frame.type() != type) {
            throw new AssertionError("expected " + type + " and got " + frame);
        }
        return frame;
    }

    /** What comes up to the end of the command. */
    Result result() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        StringBuilder order = new StringBuilder();
        int code = CLOSING;
        for (Frame frame = connection.read(); ; frame = connection.read()) {
            if (frame == null) {
                throw new EOFException("the platform went away");
            } else if (frame.type() == FrameType.OUTPUT) {
                out.writeBytes(frame.content());
                order.append('>').append(text(frame));
            } else if (frame.type() == FrameType.ERROR) {
                err.writeBytes(frame.content());
                order.append('<').append(text(frame));
            } else if (frame.type() == FrameType.EXIT) {
                code = frame.number();
                break;
            } else if (frame.type() == FrameType.CLOSING) {
                break;
            } else {
                throw new AssertionError(frame);
            }
        }
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), order.toString());
    }

    private static String text(Frame frame) {
        return new String(frame.content(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
