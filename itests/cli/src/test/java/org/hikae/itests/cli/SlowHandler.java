package org.hikae.itests.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** Takes its time over every event, as a busy machine does, and then writes its topic into the file {@code HOME/handled}. */
public final class SlowHandler implements BundleActivator {
    private static final long NANOS = 500_000_000;

    @Override
    public void start(BundleContext bundle) {
        Path handled = Path.of(bundle.getProperty("hikae.home")).resolve("handled");
        EventHandler handler = event -> {
            LockSupport.parkNanos(NANOS);
            try {
                Files.writeString(
                        handled, event.getTopic() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        bundle.registerService(EventHandler.class, handler, new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, "*")));
    }

    @Override
    public void stop(BundleContext bundle) {}
}
