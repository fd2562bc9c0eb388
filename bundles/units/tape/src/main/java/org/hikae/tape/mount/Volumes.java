package org.hikae.tape.mount;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.TapeObject;

/** What the store knows of cartridges. Thread-safe; waits for no drive. */
public interface Volumes {

    /**
     * A cartridge that the store knows.
     *
     * @param label as it is on the cartridge
     * @param state {@code SCRATCH}, {@code APPENDABLE}, {@code FULL}, {@code EXPIRED}, {@code DAMAGED} or {@code LOST}, wherever it is
     * @param writtenBytes up to the end of its data
     * @param neededBytes of objects that are still listed
     * @param objects number of these, wholly or in part
     * @param pending whether parts of objects lie on it that are not listed, and may be: of what is being written, or goes on on a
     *     cartridge that was not read yet; false where {@code objects} is not 0
     * @param lastWritten null: never
     * @param note what else is to be said of it, in a sentence; null: nothing
     */
    record Volume(
            Label label,
            CartridgeInfo.State state,
            long writtenBytes,
            long neededBytes,
            int objects,
            boolean pending,
            Instant lastWritten,
            String note) {}

    /** All of them. */
    List<Volume> volumes() throws IOException;

    /** One of them, or one whose label was about to be written; empty if it is not known. */
    Optional<Volume> volume(UUID id) throws IOException;

    /** When the newest table that is known was written, of whatever home; {@link Instant#MIN}: none is known. */
    Instant newestTable() throws IOException;

    /** The objects that are listed and lie on it, wholly or in part, by medium and name; empty if it is not known. */
    List<TapeObject> objects(UUID id) throws IOException;

    /**
     * Remembers, durably, that a label is about to be written. A cartridge on which it is found has nothing behind it, as far as this
     * home knows, and {@link #volume} says so; one on which it is not is none of that volume. What was remembered in this way before
     * of that barcode is forgotten, but for what is on the cartridge now.
     *
     * @param old id in the label that is on the cartridge now; null: none is
     */
    void labelling(Label label, UUID old) throws IOException;

    /**
     * Remembers a cartridge that has this label and nothing behind it, durably. One that had the same barcode and nothing needed
     * is forgotten with it. No error if it is known.
     */
    void labelled(Label label) throws IOException;

    /**
     * Declares the cartridges of a barcode lost for good, durably: those that are known, and those that others name and that were never
     * read. Nothing is waited for on them any more, and copies that lie on them are not listed. Waits for those who delete originals
     * because of them. What is found again is read anew.
     *
     * @param there ids of those that have this barcode and are in libraries: these are not lost
     * @param force also if nothing is known of what is on it
     * @throws IOException if there is no such cartridge, or it was declared lost before; or without {@code force}
     */
    void lose(String barcode, Set<UUID> there, boolean force) throws IOException;

    /**
     * Declares lost, durably, what was being written when a cartridge was full, and may go on on one that nobody can name.
     *
     * @throws IOException if nothing does
     */
    void loseRest(String barcode) throws IOException;

    /**
     * Gives up all copies that lie on a cartridge, wholly or in part, durably: it is about to be overwritten. It counts as expired
     * from now on. Waits for those who delete originals because of them. No error if it is not known.
     */
    void abandon(UUID id) throws IOException;
}
