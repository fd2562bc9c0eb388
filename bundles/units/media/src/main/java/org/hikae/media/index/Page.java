package org.hikae.media.index;

/** A page of an index in memory. Immutable. */
interface Page {

    /** Bytes of memory that it takes, about. */
    int bytes();
}
