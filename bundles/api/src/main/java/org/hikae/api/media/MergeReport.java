package org.hikae.api.media;

import java.util.List;

/**
 * What a merge has made.
 *
 * @param generation the result
 * @param merged ids of the generations that are part of it now and gone as such, the newest first; empty for a move
 * @param movedBytes bytes of frames that were copied as they were, neither unpacked nor compressed again
 * @param recodedBytes bytes of blocks that had to be compressed anew, such as those of an image
 * @param freedBytes bytes of objects that were deleted
 * @param laterBytes bytes of objects that will be deleted when nobody reads them any more, or their medium is back
 */
public record MergeReport(
        GenerationInfo generation,
        List<String> merged,
        long movedBytes,
        long recodedBytes,
        long freedBytes,
        long laterBytes) {}
