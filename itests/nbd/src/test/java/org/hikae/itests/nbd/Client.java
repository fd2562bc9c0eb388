package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client of our own, where a test must know exactly what was said. It asks for one thing at a time. */
final class Client implements AutoCloseable {

    static final int READ = 0;
    static final int WRITE = 1;
    static final int FLUSH = 3;
    private static final int GREETING = 18;
    private static final int ANSWER = 16;

    private final SocketChannel channel;
    private long cookie;

    /** Connects, and says nothing. */
    Client(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /** Connects to an export. */
    static Client of(Path socket, String export) throws IOException {
        Client client = new Client(socket);
        byte[] name = export.getBytes(StandardCharsets.UTF_8);
        client.hear(GREETING);
        client.say(ByteBuffer.allocate(20 + name.length)
                .putInt(3)
                .putLong(0x49484156454f5054L)
                .putInt(1)
                .putInt(name.length)
                .put(name));
        client.hear(10);
        return client;
    }

    /** Sends all of the buffer's array. */
    void say(ByteBuffer buffer) throws IOException {
        ByteBuffer all = buffer.duplicate().clear();
        while (all.hasRemaining()) {
            channel.write(all);
        }
    }

    ByteBuffer hear(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the server ended after " + buffer.position() + " of " + length + " bytes");
            }
        }
        return buffer.flip();
    }

    /** Whether the server has ended the connection, once it says something or that. */
    boolean isEnded() throws IOException {
        return channel.read(ByteBuffer.allocate(4096)) < 0;
    }

    void request(int type, long offset, int length, byte... data) throws IOException {
        cookie++;
        say(ByteBuffer.allocate(28 + data.length)
                .putInt(0x25609513)
                .putShort((short) 0)
                .putShort((short) type)
                .putLong(cookie)
                .putLong(offset)
                .putInt(length)
                .put(data));
    }

    /** The error of the answer; 0 for none. */
    int answer() throws IOException {
        ByteBuffer answer = hear(ANSWER);
        assertThat(answer.getInt()).isEqualTo(0x67446698);
        int error = answer.getInt();
        assertThat(answer.getLong()).isEqualTo(cookie);
        return error;
    }

    int write(long offset, byte... data) throws IOException {
        request(WRITE, offset, data.length, data);
        return answer();
    }

    byte[] read(long offset, int length) throws IOException {
        request(READ, offset, length);
        assertThat(answer()).isZero();
        return hear(length).array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
