package org.hikae.api.cache;

/** What a lease lets a node do with pages. */
public enum LeaseMode {
    /** Read them, and cache what was read, as others may too. */
    SHARED,
    /** Change them in its cache; nobody else has them. */
    EXCLUSIVE;

    /** Whether a lease of this mode lets a node do what one of the other does. */
    public boolean covers(LeaseMode other) {
        return this == EXCLUSIVE || other == SHARED;
    }

    /** Whether two nodes can have these at once for the same pages. */
    public boolean conflicts(LeaseMode other) {
        return this == EXCLUSIVE || other == EXCLUSIVE;
    }
}
