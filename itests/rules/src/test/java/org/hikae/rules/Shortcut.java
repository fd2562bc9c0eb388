package org.hikae.rules;

/** A rule taken out: what a straightforward build would do instead. */
enum Shortcut {
    /** Every node has a range of numbers of its own; N1 has the lower one. */
    R6_NUMBERS_IN_ADVANCE,
    /** A record's number is taken before its data is read. */
    R6_NUMBER_BEFORE_READ,
    /** The block is written when its record is on its way to the log manager. */
    R6_WRITTEN_BEFORE_ACKNOWLEDGED,
    /** What was read is said to be copied before it is written. */
    R7_PUBLISHED_BEFORE_WRITTEN,
    /** What a lost worker has published is copied again. */
    R7_PUBLISHED_READ_AGAIN,
    /** What was found missing is logged, though it was copied since. */
    R7_NOT_ASKED_AGAIN,
    /** The copier looks what is listed, then reads. */
    R8_LISTED_ASKED_BEFORE_READ,
    /** The copier looks after it has read, but the log may write before the copier does. */
    R8_WITHOUT_LATCH,
    /** A node that joins writes as if there were no backup. */
    R9_ADMITTED_WITHOUT_SESSION,
    /** The generation is sealed, though a node is lost with its log. */
    R9_SEALED_WITHOUT_RECEIPT,
    /** What cannot be logged is written, and nobody told. */
    R9_UNLOGGED_NOT_SAID,
    /** Without its log, a generation shows what was copied. */
    R10_FALLS_BACK_TO_COPY
}
