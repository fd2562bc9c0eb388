package org.hikae.api.media;

/**
 * Where the data and the log of a generation lie (c.3); its manifest, indexes and meta information are always on its media. Holes of
 * an image are not counted.
 *
 * @param bytes of all objects of data and log
 * @param nearBytes of those that the media themselves hold, so that they are read without a second tier
 * @param tierBytes of those of which a second tier has copies that nothing bad is known of; -1 if that is not known, for the second
 *     tier is not there or fails
 */
public record DataPlace(long bytes, long nearBytes, long tierBytes) {

    /** In a word. */
    public enum Where {
        /** On its media alone, as far as is known. */
        NEAR,
        /** On its media, and in the second tier too. */
        BOTH,
        /** In the second tier; some may be on its media still, for other generations need it there. */
        TIER,
        /** Some of it is in neither, or is known to be bad there. */
        LACKING
    }

    public Where where() {
        boolean inTier = tierBytes >= bytes && bytes > 0;
        if (nearBytes >= bytes) {
            return inTier ? Where.BOTH : Where.NEAR;
        }
        return inTier ? Where.TIER : Where.LACKING;
    }
}
