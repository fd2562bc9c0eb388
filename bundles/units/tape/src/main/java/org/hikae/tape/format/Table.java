package org.hikae.tape.format;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What stands behind a section of data: where objects lie, and which of them are whole with it. Everything that a session has
 * written since its table before, whichever cartridge that is on.
 *
 * @param session that has written it
 * @param number of the table in the session, from 1, each once; one that may not have come to its tape may be found there all the
 *     same, beside a later one with the same number, which names all that it names
 * @param home id of the home whose session it is
 * @param pool that the session writes to
 * @param written when
 * @param goesOn whether the session leaves this cartridge for another one with that
 * @param volumes all cartridges that the home knows as labelled, at the session's first table on a cartridge; else empty
 * @param lost those of which the home knows that they are lost for good, where it names the others; else empty
 * @param extents where bytes lie, by number of the object and offset
 * @param objects those that are whole with this table
 */
public record Table(
        UUID session,
        long number,
        UUID home,
        String pool,
        Instant written,
        boolean goesOn,
        List<Volume> volumes,
        List<Volume> lost,
        List<Extent> extents,
        List<StoredObject> objects) {

    /**
     * A cartridge that there is.
     *
     * @param volume id in its label
     * @param barcode of it
     * @param tail position behind the last table that the home knew there; 0: that is not said
     */
    public record Volume(UUID volume, String barcode, long tail) {}

    /**
     * Bytes of an object in consecutive records.
     *
     * @param object its number in the session
     * @param offset of the first byte in the object
     * @param length bytes, from 1
     * @param volume id of the cartridge
     * @param block position of the first record
     * @param payload bytes in each record but the last
     */
    public record Extent(long object, long offset, long length, UUID volume, long block, int payload) {}

    /**
     * A whole object.
     *
     * @param object its number in the session
     * @param medium id of its medium
     * @param mediumName name of that medium
     * @param name of the object
     * @param length bytes
     * @param sha256 of all bytes, holes as zeros
     * @param stored bytes in all extents, in this and earlier tables of the session
     */
    public record StoredObject(
            long object, UUID medium, String mediumName, String name, long length, byte[] sha256, long stored) {}
}
