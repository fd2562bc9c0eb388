package org.hikae.itests.platform;

/** Every record goes to the log manager at once (a.3). */
public class CentralLogIT extends LogStrategyContract {
    @Override
    String name() {
        return "central";
    }

    @Override
    String bundle() {
        return "org.hikae.log-central";
    }

    @Override
    String other() {
        return "per-node";
    }

    @Override
    boolean outlivesNodes() {
        return true;
    }
}
