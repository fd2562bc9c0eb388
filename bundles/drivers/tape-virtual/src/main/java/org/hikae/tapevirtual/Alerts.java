package org.hikae.tapevirtual;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.tape.spi.TapeAlert;
import org.hikae.api.tape.spi.TapeAlert.Severity;

/** What a drive has to say, until it is asked. Thread-safe. */
final class Alerts {

    /** A cartridge may be damaged all over. */
    private static final int MOST = 16;

    /** Each said once; guarded by this. */
    private final Set<TapeAlert> alerts = new LinkedHashSet<>();

    /** Beyond as many as are kept it is not added. */
    synchronized void add(Severity severity, String text) {
        if (alerts.size() < MOST) {
            alerts.add(new TapeAlert(severity, text));
        }
    }

    /** All since this was called last. */
    synchronized List<TapeAlert> take() {
        List<TapeAlert> all = new ArrayList<>(alerts);
        alerts.clear();
        return all;
    }
}
