package org.hikae.launcher;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/** What goes wrong while bundles start. */
final class Troubles implements FrameworkListener {
    private final Map<Bundle, String> reasons = new ConcurrentHashMap<>();

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            String reason = Reason.of(event.getThrowable());
            reasons.putIfAbsent(event.getBundle(), reason.lines().findFirst().orElse(reason));
        }
    }

    /**
     * Bundles that people have installed are told, and may be repaired from within; without ours there is no platform.
     *
     * @throws BundleException if one of ours did not start
     */
    void check(List<Bundle> ours) throws BundleException {
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
}
