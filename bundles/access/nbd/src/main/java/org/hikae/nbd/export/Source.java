package org.hikae.nbd.export;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;

/** What an export shows. Two that are equal can share a device. */
interface Source {

    /** The name that the platform knows the export by. */
    String name();

    /**
     * What it is, for people.
     *
     * @param device what {@link #open} returned
     */
    String description(BlockDevice device);

    BlockDevice open() throws IOException;
}
