package org.hikae.files.center.plan;

/** Where lines wait that could be collected now, but for {@link #PARKED}. */
enum Queue {
    /** Asked for regardless of windows, by when they came. */
    FORCED,
    /** Waiting for many windows, by since when: the first goes before all others, so that nobody starves. */
    OVERDUE,
    /** Waiting for several windows, by since when: has a part of the time for itself. */
    AGED,
    /** What can be kept, by when it must begin at the latest. */
    PROMISED,
    /** As {@link #PROMISED}, while another transfer of the same origin runs. */
    BEHIND,
    /** Could be kept, but more is asked for than is possible: by cost, the least first. */
    SPARE,
    /** Cannot be kept any more in this window, by since when. */
    LATE,
    /** Without a window, by since when. */
    ANYTIME,
    /** Not before a time: by that. */
    PARKED;

    boolean isAged() {
        return this == AGED || this == OVERDUE;
    }
}
