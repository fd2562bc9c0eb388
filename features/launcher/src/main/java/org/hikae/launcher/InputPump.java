package org.hikae.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.wire.Connection;
import org.hikae.wire.FrameType;

/** Reads standard input when the platform wants some, and not before: it is not ours to swallow. */
final class InputPump {
    private final Connection connection;
    private final InputStream in;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private int wanted;
    private boolean started;
    private boolean stopped;

    InputPump(Connection connection, InputStream in) {
        this.connection = connection;
        this.in = in;
    }

    void want(int count) {
        lock.lock();
        try {
            wanted = Math.min(count, FrameType.INPUT.limit());
            changed.signal();
            if (!started && wanted > 0) {
                started = true;
                Thread thread = new Thread(this::pump, "hikae-input");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A read that is under way cannot be taken back; what it gets is passed on. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void pump() {
        try {
            for (int count = next(); count > 0; count = next()) {
                byte[] bytes = new byte[count];
                int read = in.read(bytes);
                if (read < 0) {
                    connection.send(FrameType.INPUT_END);
                    return;
                }
                connection.send(FrameType.INPUT, ByteBuffer.wrap(bytes, 0, read));
            }
        } catch (IOException e) {
            // The platform is gone, which whoever reads from it notices; or the terminal is.
            System.getLogger(InputPump.class.getName()).log(System.Logger.Level.DEBUG, "no input", e);
        }
    }

    /** How many bytes are wanted, once some are; 0 when it is over. */
    private int next() {
        lock.lock();
        try {
            while (wanted == 0 && !stopped) {
                changed.awaitUninterruptibly();
            }
            int count = stopped ? 0 : wanted;
            wanted = 0;
            return count;
        } finally {
            lock.unlock();
        }
    }
}
