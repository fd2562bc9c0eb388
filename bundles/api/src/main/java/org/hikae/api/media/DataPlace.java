package org.hikae.api.media;

/**
 * Where the data and the log of a generation lie (c.3); its manifest, indexes and meta information are always on its media. Holes of
 * an image are not counted.
 *
 * @param bytes of all objects of data and log
 * @param nearBytes of those that the media themselves hold, so that they are read without a second tier
 * @param tierBytes of those of which a second tier has copies that nothing bad is known of; -1 if that is not known, for the second
 *     tier is not there or fails
 * @param lackingBytes of those that neither has; if what the second tier has is not known, of those that may be there alone
 */
public record DataPlace(long bytes, long nearBytes, long tierBytes, long lackingBytes) {

    /** In a word. */
    public enum Where {
        /** There is none: nothing has changed since the generation that it builds upon. */
        NOTHING,
        /** On its media alone, as far as is known. */
        NEAR,
        /** On its media, and in the second tier too. */
        BOTH,
        /**
         * In the second tier; some may be on its media still, for other generations need it there, or on these alone, such as the log
         * of what was made on tape.
         */
        TIER,
        /** Some of it is in neither, or is known to be bad there. */
        LACKING,
        /** Some of it is not on its media, and what the second tier has is not known. */
        UNKNOWN
    }

    public Where where() {
        if (bytes == 0) {
            return Where.NOTHING;
        } else if (lackingBytes > 0) {
            return tierBytes < 0 ? Where.UNKNOWN : Where.LACKING;
        } else if (nearBytes < bytes) {
            return Where.TIER;
        }
        return tierBytes < bytes ? Where.NEAR : Where.BOTH;
    }
}
