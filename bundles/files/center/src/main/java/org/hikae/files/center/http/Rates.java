package org.hikae.files.center.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often somebody may ask. Remembers the last 10,000 who did: who is forgotten begins anew. Thread-safe. */
final class Rates {

    private static final int REMEMBERED = 10_000;
    private static final double SECOND = 1e9;

    private final double perSecond;
    private final double atOnce;
    private final LongSupplier nanos;

    /** Guarded by itself; who asked longest ago comes first. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    private static final class Bucket {

        private double left;
        private long at;
    }

    /** @param nanos a clock that nobody sets */
    Rates(double perSecond, int atOnce, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.atOnce = atOnce;
        this.nanos = nanos;
    }

    /** Whether one more is allowed. */
    boolean allow(String who) {
        long now = nanos.getAsLong();
        synchronized (buckets) {
            Bucket bucket = buckets.computeIfAbsent(who, name -> full(now));
            bucket.left = Math.min(atOnce, bucket.left + Math.max(0, now - bucket.at) / SECOND * perSecond);
            bucket.at = now;
            if (bucket.left < 1) {
                return false;
            }
            bucket.left--;
            return true;
        }
    }

    private Bucket full(long now) {
        Bucket bucket = new Bucket();
        bucket.left = atOnce;
        bucket.at = now;
        return bucket;
    }
}
