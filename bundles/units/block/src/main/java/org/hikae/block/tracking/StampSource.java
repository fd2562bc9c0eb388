package org.hikae.block.tracking;

import java.io.IOException;

/** Tells by what a disk is known now. */
interface StampSource {

    /**
     * @throws IOException if the disk is not there, or cannot be looked at
     */
    DiskStamp now() throws IOException;

    /** As {@link #now}, of a disk that is left alone: what is said of it will still be so after a power failure. */
    DiskStamp settled() throws IOException;
}
