package org.hikae.itests.platform;

/** Each node keeps its records until the end (a.2). */
public class PerNodeLogIT extends LogStrategyContract {
    @Override
    String name() {
        return "per-node";
    }

    @Override
    String bundle() {
        return "org.hikae.log-pernode";
    }

    @Override
    String other() {
        return "central";
    }

    @Override
    boolean outlivesNodes() {
        return false;
    }
}
