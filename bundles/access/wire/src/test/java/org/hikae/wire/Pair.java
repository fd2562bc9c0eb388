package org.hikae.wire;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Both ends of a connection over a real socket. */
record Pair(SocketChannel one, SocketChannel other) implements AutoCloseable {

    static Pair open() throws IOException {
        Path folder = Files.createTempDirectory("wire");
        Path socket = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            SocketChannel one = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            return new Pair(one, server.accept());
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    @Override
    public void close() throws IOException {
        one.close();
        other.close();
    }
}
