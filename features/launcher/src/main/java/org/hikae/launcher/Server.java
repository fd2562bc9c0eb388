package org.hikae.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hikae.launcher.HomeLock.Holder;
import org.hikae.launcher.HomeLock.Purpose;

/** A platform in the foreground, for the commands of others. */
final class Server {
    private Server() {}

    /** Serves until a signal ends the process. */
    static void serve(Home home, Streams streams) throws IOException {
        Host host = Host.start(home, lock(home), 0);
        Signals.handle("INT", () -> host.end(0));
        streams.print("ready\n".getBytes(StandardCharsets.US_ASCII));
        host.await();
    }

    /** Whoever has the home for a command or a shell gives it back some time; another server does not. */
    private static HomeLock lock(Home home) throws IOException {
        Patience patience = new Patience(home, null);
        while (true) {
            Optional<HomeLock> lock = HomeLock.tryAcquire(home, Purpose.SERVE);
            if (lock.isPresent()) {
                return lock.get();
            }
            Optional<Holder> holder = HomeLock.holder(home);
            if (holder.isPresent() && holder.get().purpose() == Purpose.SERVE) {
                throw new IOException("The home " + home.folder() + " is served already, by the process "
                        + holder.get().pid());
            }
            patience.pause();
        }
    }
}
