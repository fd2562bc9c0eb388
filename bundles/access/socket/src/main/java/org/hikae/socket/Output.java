package org.hikae.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hikae.wire.Connection;
import org.hikae.wire.FrameType;

/**
 * The client's standard output or error. What is written goes out at once, so that both keep their order. When the
 * client is lost, the rest is discarded: its command goes on. A client that does not read stops its own command alone.
 */
final class Output extends OutputStream {
    private final Connection connection;
    private final FrameType type;
    private volatile boolean lost;

    private Output(Connection connection, FrameType type) {
        this.connection = connection;
        this.type = type;
    }

    static PrintStream to(Connection connection, FrameType type) {
        // It flushes whatever is written to it as an array, and so loses no time in a buffer.
        return new PrintStream(new Output(connection, type), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (lost) {
            // The print stream keeps it to itself, for whoever asks whether anybody reads.
            throw new IOException("the client is lost");
        }
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, type.limit());
            try {
                connection.send(type, ByteBuffer.wrap(bytes, offset + done, part));
            } catch (IOException e) {
                lost = true;
                throw e;
            }
            done += part;
        }
    }
}
