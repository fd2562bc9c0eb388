package org.hikae.nbd.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/** What the server sends. Thread-safe: each {@link #send} comes out in one piece. */
public final class Output {

    private final WritableByteChannel channel;
    /** Held while something is sent, so that nothing else gets into it. */
    private final ReentrantLock lock = new ReentrantLock();

    public Output(WritableByteChannel channel) {
        this.channel = channel;
    }

    public void send(ByteBuffer bytes) throws IOException {
        send(() -> write(bytes));
    }

    /** Sends several things, and nothing of others in between. */
    public void send(Sending sending) throws IOException {
        lock.lock();
        try {
            sending.run();
        } finally {
            lock.unlock();
        }
    }

    /** For use within {@link #send(Sending)}. */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** What sends several things. */
    @FunctionalInterface
    public interface Sending {
        void run() throws IOException;
    }
}
