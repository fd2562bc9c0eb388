package org.hikae.api.tape;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tape libraries, kept as OSGi configurations of the factory PID {@code org.hikae.tape.library}, and their cartridges (27).
 * Thread-safe.
 */
@ProviderType
public interface Tapes {

    /** The pool of those who name none. */
    String DEFAULT_POOL = "default";

    /** All configured libraries by name, those that cannot be used too. */
    List<LibraryStatus> libraries() throws IOException;

    /**
     * Adds a library, durably. What is there is opened, never emptied; what is not there is made, where the driver can.
     *
     * @param name a letter or digit, then up to 62 letters, digits, dots, dashes and underscores
     * @param driver name of its driver, such as {@code virtual}
     * @param options as the driver takes them
     * @throws IllegalArgumentException if an option is unknown, or its value makes no sense
     * @throws IOException if the name is taken or not allowed, there is no such driver, or the driver refuses; nothing was changed
     */
    LibraryStatus addLibrary(String name, String driver, String location, Map<String, String> options)
            throws IOException;

    /**
     * Forgets a library. Its cartridges and what is known of them stay.
     *
     * @throws IOException if there is none, it is in use, or a medium is on its tapes
     */
    void removeLibrary(String name) throws IOException;

    /** Names of the drivers that are there now. */
    List<String> drivers();

    /**
     * Every cartridge that is known or in a library, by barcode. Waits for no drive.
     *
     * @throws IOException if what is known of them cannot be read
     */
    List<CartridgeInfo> cartridges() throws IOException;

    /** @throws IOException if there is no cartridge of that barcode */
    CartridgeInfo cartridge(String barcode) throws IOException;

    /**
     * The objects that lie on a cartridge, wholly or in part, by medium and name.
     *
     * @throws IOException if there is no such cartridge
     */
    List<TapeObject> objects(String barcode) throws IOException;

    /**
     * Looks into a library: loads each cartridge that is not known, and reads whose it is.
     *
     * @param library its name; null: all
     * @param relabel also loads those that are known, and reads their labels again
     * @return the cartridges that are in it
     * @throws IOException if there is no such library, or it fails; a cartridge that cannot be read is not an error but damaged
     */
    List<CartridgeInfo> inventory(String library, boolean relabel, Progress progress) throws IOException;

    /**
     * Writes a label onto a cartridge, and makes it one of a pool.
     *
     * @param force also where there is something foreign on it, or it was a cartridge of ours without anything needed
     * @throws IOException if it is not in a library, is write-protected, has something foreign on it, or has objects that are needed,
     *     which nothing overrides; says which
     */
    CartridgeInfo label(String barcode, String pool, boolean force, Progress progress) throws IOException;

    /**
     * Makes a cartridge scratch: its label is written again, and what is behind it is gone.
     *
     * @param force also if it has copies that are still listed, or something foreign; the only copy of what has no original is never
     *     lost without it
     * @throws IOException as {@link #label}
     */
    CartridgeInfo erase(String barcode, boolean force, Progress progress) throws IOException;

    /**
     * Declares a cartridge lost for good, durably: it is not missed any more, copies that lie on it are not listed, and the tables
     * that are written from now on say so to homes that know nothing. It need not be known, as long as others say that there is one. Nothing on it is written over: if it is found again, it is read as one that nobody knows.
     *
     * @param force also if nothing is known of what is on it
     * @throws IOException if it is in a library, no such one can be missing, or it was declared lost before; or without {@code force}
     */
    void lose(String barcode, boolean force) throws IOException;

    /**
     * Declares lost, durably, what was being written when a cartridge was full, and may go on on another one that nobody can name. It is
     * not missed any more in this home.
     *
     * @param barcode of the one that was full
     * @throws IOException if nothing goes on behind it, as far as is known
     */
    void loseRest(String barcode) throws IOException;

    /**
     * Moves a cartridge to the station, from where people take it.
     *
     * @throws IOException if it is not in a library, is in use, or the station is full
     */
    CartridgeInfo export(String barcode, Progress progress) throws IOException;

    /**
     * Moves what is in the station into free slots, and reads whose it is.
     *
     * @param library its name; null: all
     * @return the cartridges that were moved
     * @throws IOException if there is nothing in the station, or no free slot
     */
    List<CartridgeInfo> importAll(String library, Progress progress) throws IOException;

    /**
     * Reads a cartridge from its beginning to its end, and checks every record and every object that is whole on it.
     *
     * @return what is wrong, a sentence each; empty if nothing is
     * @throws IOException if it is not in a library, or a drive fails
     */
    List<String> verify(String barcode, Progress progress) throws IOException;

    /**
     * Learns from the cartridges in the libraries what is on them: those that are not known wholly, or all. What is known of
     * others stays.
     *
     * @param all also those that are known
     * @throws IOException if a library fails; a cartridge that cannot be read is named in the report
     */
    ScanReport scan(boolean all, Progress progress) throws IOException;

    /** How the buffer stands. */
    BufferStatus buffer() throws IOException;

    /**
     * Chooses the room for the buffer, durably; what was in it is read from tape again when it is needed.
     *
     * @param medium name of a medium that can be overwritten; {@code auto}: the first one; {@code none}: no buffer
     * @param bytes of the room, from 16 MiB; 0: as it was
     * @throws IOException if there is no such medium, it cannot be used for that, or this cannot be stored
     */
    BufferStatus setBuffer(String medium, long bytes) throws IOException;

    /**
     * Chooses how long a reader waits for a cartridge that is not in a library, durably.
     *
     * @param time 0 or more
     * @throws IOException if this cannot be stored
     */
    void setPatience(Duration time) throws IOException;
}
