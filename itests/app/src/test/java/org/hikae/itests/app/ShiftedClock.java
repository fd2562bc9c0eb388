package org.hikae.itests.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * The activator of a bundle that is a platform's clock: the machine's, shifted by as many milliseconds as stand in the file {@code shift}
 * beside the bundle. All that it needs of its own is this class.
 */
public final class ShiftedClock implements BundleActivator, InstantSource {

    private Path shift;

    @Override
    public void start(BundleContext context) {
        shift = Path.of(URI.create(context.getBundle().getLocation())).resolveSibling("shift");
        context.registerService(InstantSource.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }

    @Override
    public Instant instant() {
        try {
            return Instant.now()
                    .plus(Duration.ofMillis(
                            Long.parseLong(Files.readString(shift).strip())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
