package org.hikae.itests.app;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A line to a port of this machine that can be slow, be cut, or hang: whoever wants to be reached through it is named by its port. Thread-safe.
 */
final class FlakyLine implements Closeable {

    private static final int PIECE = 1 << 13;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final double SECOND = 1e9;

    private final ServerSocket listening;
    private final int target;
    private final Traffic traffic;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();

    private volatile boolean refusing;
    private volatile boolean hanging;
    private volatile long delayNanos;
    private volatile long bytesPerSecond;

    /** Bytes that still pass before all is cut; negative: nothing is to be cut. Guarded by this. */
    private long untilCut = -1;

    /** Is told of all that passes. */
    interface Traffic {
        Traffic NONE = new Traffic() {
            @Override
            public void up(Object connection, int bytes) {}

            @Override
            public void down(Object connection, int bytes) {}

            @Override
            public void closed(Object connection) {}
        };

        /** Before bytes go to the target. */
        void up(Object connection, int bytes);

        /** Before bytes come from the target. */
        void down(Object connection, int bytes);

        void closed(Object connection);
    }

    FlakyLine(int target) throws IOException {
        this(target, Traffic.NONE);
    }

    FlakyLine(int target, Traffic traffic) throws IOException {
        this.target = target;
        this.traffic = traffic;
        listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                if (refusing) {
                    reset(near);
                } else {
                    begin(() -> pass(near));
                }
            } catch (IOException e) {
                LockSupport.parkNanos(LOOK_NANOS); // it was closed, or there were too many
            }
        }
    }

    private void pass(Socket near) {
        try {
            near.setTcpNoDelay(true);
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            far.setTcpNoDelay(true);
            Passage passage = new Passage(near, far);
            passages.add(passage);
            begin(() -> passage.pump(near, far, true));
            passage.pump(far, near, false);
        } catch (IOException e) {
            reset(near); // nobody is there
        }
    }

    /** Ends a connection so that the other side sees it at once. */
    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            assert socket.isClosed() : e; // by whoever reset it first
        }
    }

    /** A connection. */
    private final class Passage {

        private final Socket near;
        private final Socket far;
        private volatile boolean lost;
        private final AtomicInteger ended = new AtomicInteger();

        Passage(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void pump(Socket from, Socket to, boolean up) {
            byte[] piece = new byte[PIECE];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    hold(n);
                    if (up) {
                        traffic.up(this, n);
                    } else {
                        traffic.down(this, n);
                    }
                    int most = allowed(n);
                    out.write(piece, 0, most);
                    if (most < n) {
                        cut();
                    }
                }
                to.shutdownOutput();
                if (ended.incrementAndGet() == 2) {
                    end();
                }
            } catch (IOException e) {
                if (!lost) {
                    end();
                }
            }
        }

        private void hold(int bytes) {
            while (hanging && !near.isClosed()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            long rate = bytesPerSecond;
            long nanos = delayNanos + (rate == 0 ? 0 : (long) (bytes * SECOND / rate));
            long end = System.nanoTime() + nanos;
            while (nanos > 0 && end - System.nanoTime() > 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }

        void end() {
            passages.remove(this);
            traffic.closed(this);
            reset(near);
            reset(far);
        }

        /** The target's side is gone, and the other one does not learn it. */
        void lose() {
            lost = true;
            reset(far);
        }
    }

    private synchronized int allowed(int bytes) {
        if (untilCut < 0) {
            return bytes;
        } else if (untilCut >= bytes) {
            untilCut -= bytes;
            return bytes;
        }
        int most = (int) untilCut;
        untilCut = -1;
        return most;
    }

    /** Ends all connections. */
    void cut() {
        passages.forEach(Passage::end);
    }

    /** Ends all connections when so many bytes more have passed. */
    synchronized void cutAfter(long bytes) {
        untilCut = bytes;
    }

    /** The connections that there are lead nowhere from now on, without a word to those that have opened them, until they are cut. */
    void lose() {
        passages.forEach(Passage::lose);
    }

    /** Nothing passes, and nothing ends. */
    void hang(boolean on) {
        hanging = on;
    }

    /** Nobody can connect. */
    void refuse(boolean on) {
        refusing = on;
    }

    /** @param millis for each piece; 0: at once */
    void delay(long millis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** @param rate in bytes per second of each direction of each connection; 0: as fast as can be */
    void throttle(long rate) {
        bytesPerSecond = rate;
    }

    /** All is well from now on, for connections that are made anew. */
    void heal() {
        hang(false);
        refuse(false);
        delay(0);
        throttle(0);
        cutAfter(-1);
        cut();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
