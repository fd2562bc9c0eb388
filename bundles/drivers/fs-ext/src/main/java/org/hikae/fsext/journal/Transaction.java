package org.hikae.fsext.journal;

import java.util.ArrayList;
import java.util.List;

/** A transaction as far as it was read: nothing of it counts before its commit is found. */
final class Transaction {

    /**
     * New content of a block.
     *
     * @param block of the file system
     * @param place the block of the file system that the content lies in
     */
    record Image(long block, long place, boolean escaped) {}

    final List<Image> images = new ArrayList<>();
    final List<Long> revoked = new ArrayList<>();
    /** Whether a checksum of its descriptors or revocations did not match: it may be left from an older log. */
    boolean doubtful;
    /** The first block of the journal whose content does not have the checksum of its tag; -1 if all have. */
    long damaged = -1;
    /** Of all its descriptors and images, for journals of version 1. */
    int sum = -1;
}
