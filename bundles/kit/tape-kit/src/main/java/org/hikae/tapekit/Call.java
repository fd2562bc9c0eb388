package org.hikae.tapekit;

/**
 * What is asked of a drive or a library.
 *
 * @param drive number of the drive, from 0; -1 of a move between other places
 * @param barcode of the cartridge; null if it is not known
 * @param position of the head before that; of {@link Step#WRITE} and {@link Step#READ} that of the record; -1 if nothing is
 *     loaded
 */
public record Call(Step step, int drive, String barcode, long position) {

    /** Kinds of calls. */
    public enum Step {
        LOAD,
        UNLOAD,
        REWIND,
        /** Asked for each record. */
        WRITE,
        FILEMARKS,
        /** Asked for each record. */
        READ,
        SPACE,
        LOCATE,
        MOVE
    }
}
