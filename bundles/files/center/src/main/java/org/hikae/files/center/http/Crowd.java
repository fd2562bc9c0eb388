package org.hikae.files.center.http;

import java.util.HashMap;
import java.util.Map;

/** How many requests of each are being answered at once: each may take a thread. Thread-safe. */
final class Crowd {

    private final int most;
    /** Guarded by itself. */
    private final Map<String, Integer> inside = new HashMap<>();

    Crowd(int most) {
        this.most = most;
    }

    /** False if there is no room; else {@link #leave} has to follow. */
    boolean enter(String who) {
        synchronized (inside) {
            int now = inside.getOrDefault(who, 0);
            if (now >= most) {
                return false;
            }
            inside.put(who, now + 1);
            return true;
        }
    }

    void leave(String who) {
        synchronized (inside) {
            inside.computeIfPresent(who, (name, now) -> now == 1 ? null : now - 1);
        }
    }
}
