package org.hikae.launcher;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleException;

/** The platform of a home in this process, and what ends it. */
final class Host implements AutoCloseable {
    /** As of a process that a signal ended. */
    static final int EXIT_BY_SIGNAL = 143;

    static final int EXIT_BY_INTERRUPT = 130;
    private static final long TELL_MILLIS = 2000;

    private final HomeLock lock;
    private final Platform platform;

    /** Guarded by this. */
    private boolean closing;

    private Host(HomeLock lock, Platform platform) {
        this.lock = lock;
        this.platform = platform;
    }

    /**
     * @param lock is given back when the platform ends, or does not start
     * @param exitBySignal the exit code of this process when it is told to end
     */
    static Host start(Home home, HomeLock lock, int exitBySignal) throws IOException {
        try {
            home.checkFormat();
            Streams.keepBundlesOffOutput();
            Platform platform = Platform.start(home.folder(), lock.purpose(), Distribution.ofThisJar());
            Host host = new Host(lock, platform);
            Signals.handle("TERM", () -> host.end(exitBySignal));
            Signals.handle("HUP", () -> host.end(exitBySignal));
            return host;
        } catch (BundleException e) {
            lock.close();
            throw new IOException("The platform does not start: " + Reason.of(e), e);
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Ends the platform cleanly, whatever it does, and then this process. */
    void end(int code) {
        synchronized (this) {
            if (closing) {
                // It is ending; told again, it does so at once. The lock and the socket are no matter then.
                Runtime.getRuntime().halt(code);
            }
            closing = true;
        }
        stop();
        System.exit(code);
    }

    /** Waits until no command and no job needs the platform, then ends it. */
    void closeWhenIdle() {
        Signals.handle("INT", () -> end(EXIT_BY_INTERRUPT));
        boolean told = false;
        while (!platform.drain(TELL_MILLIS)) {
            if (!told) {
                System.err.println("hikae: " + platform.busy() + " here still, and this process ends after that; Ctrl-C"
                        + " cancels. A platform of its own ('hikae serve') would carry it out instead");
                told = true;
            }
        }
        close();
    }

    @Override
    public void close() {
        boolean ours;
        synchronized (this) {
            ours = !closing;
            closing = true;
        }
        if (ours) {
            stop();
        } else {
            // A signal was faster; its thread ends the process.
            await();
        }
    }

    private void stop() {
        try {
            if (platform.stop()) {
                lock.close();
            } else {
                // Somebody still works on the home: the lock goes with the process.
                System.err.println("hikae: the platform does not end by itself, and is ended");
            }
        } catch (BundleException | IOException e) {
            System.err.println("hikae: the platform did not end well: " + Reason.of(e));
        }
    }

    /** Never returns: a signal ends the process. */
    void await() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                System.getLogger(Host.class.getName()).log(System.Logger.Level.DEBUG, "still serving", e);
            }
        }
    }
}
