package org.hikae.itests.nbd;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The other end of a connection. One thread may speak to it while another one listens. */
record Peer(SocketChannel channel) implements Closeable {

    static Peer connect(Path socket) throws IOException {
        return new Peer(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Sends what lies between position and limit. */
    void say(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    ByteBuffer hear(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("it ended after " + buffer.position() + " of " + length + " bytes");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
