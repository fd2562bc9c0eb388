package org.hikae.launcher;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/** What goes wrong while bundles start. The framework tells it on a thread of its own, one event after the other. */
final class Troubles implements FrameworkListener {
    /** For listeners of others, which hold up what this one is told; without them it is a matter of milliseconds. */
    private static final long EVENTS_SECONDS = 30;

    private final Map<Bundle, String> reasons = new ConcurrentHashMap<>();

    /** Open once the framework has told that it started, and so has told every trouble before that. */
    private final CountDownLatch started = new CountDownLatch(1);

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            String reason = Reason.of(event.getThrowable());
            reasons.putIfAbsent(event.getBundle(), reason.lines().findFirst().orElse(reason));
        } else if (event.getType() == FrameworkEvent.STARTED) {
            started.countDown();
        }
    }

    /**
     * Bundles that people have installed are told, and may be repaired from within; without ours there is no platform.
     * To be called when the start of the framework has returned, which may be before events of it have arrived.
     *
     * @throws BundleException if one of ours did not start
     */
    void check(List<Bundle> ours) throws BundleException {
        awaitEvents();
        for (Map.Entry<Bundle, String> trouble : reasons.entrySet()) {
            if (!ours.contains(trouble.getKey())) {
                System.err.println("hikae: the bundle " + trouble.getKey().getSymbolicName() + " does not start: "
                        + trouble.getValue());
            }
        }
        for (Bundle bundle : ours) {
            if (bundle.getState() != Bundle.ACTIVE && !Platform.isFragment(bundle)) {
                throw new BundleException("the bundle " + bundle.getSymbolicName() + " failed: "
                        + reasons.getOrDefault(bundle, "the log says why"));
            }
        }
    }

    /** If events do not arrive, what has arrived must do: the state of our bundles does not depend on them. */
    private void awaitEvents() {
        try {
            if (!started.await(EVENTS_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("hikae: a bundle holds up the events of the framework; the log may say more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
