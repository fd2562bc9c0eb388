package org.hikae.files.transfer.message;

import java.util.UUID;

/**
 * What became of frames that were sent.
 *
 * @param identity of the run that was received, see {@link org.hikae.api.files.RunInfo}
 * @param frames number of frames of the run, from 0 on, that are durable
 * @param complete whether that is the whole run
 */
public record UploadReply(UUID identity, long frames, boolean complete, Why why) {
    /** Why the request ended. */
    public enum Why {
        /** The run is there. */
        COMPLETE,
        /** A part is there: the next one may be sent at once. */
        PART,
        /** The window has closed, or the order has changed: an order will say when to go on. */
        PAUSED
    }
}
