package org.hikae.api.tape.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A tape drive (27): one cartridge at a time, written and read record by record.
 *
 * <p>A tape is a row of <em>objects</em>, which are records and filemarks. The head stands between two of them; its position
 * is the number of objects before it, so 0 is the beginning. Writing at a position loses everything that was behind it; the
 * end of data is behind the last object.
 *
 * <p>Used by one thread at a time, but for {@link #cancel}. Methods that need a cartridge throw {@link NoCartridgeException}
 * if none is loaded. After an exception that says nothing else the position is unknown: {@link #position} tells.
 */
@ConsumerType
public interface TapeDrive extends Closeable {

    /** What the drive says of itself, for people, such as vendor and product. */
    String description();

    /** The sizes of records that it writes and reads. */
    RecordLimits limits();

    /** What it can do beyond this interface's demands. */
    Set<Capability> capabilities();

    /** Whether a cartridge is loaded. */
    boolean isLoaded() throws IOException;

    /**
     * Loads the cartridge that was moved into the drive; the head stands at the beginning then. Of one that is loaded, nothing
     * but the position changes.
     *
     * @throws NoCartridgeException if there is none
     * @throws IOException if it cannot be loaded
     */
    void load() throws IOException;

    /** Rewinds and unloads the cartridge, so that it can be moved; what was written is on it then. No error if none is loaded. */
    void unload() throws IOException;

    /** Whether the loaded cartridge cannot be written. */
    boolean isWriteProtected() throws IOException;

    /** Moves the head to the beginning. */
    void rewind() throws IOException;

    /**
     * Writes records, one for each buffer from its position to its limit; each buffer that was taken is empty then. They are
     * durable after the next {@link #writeFilemarks} or as far as {@link #settled} says.
     *
     * @return how many were written: all, unless the end of the medium was met
     * @throws WriteProtectedException if the cartridge cannot be written; nothing was
     * @throws IllegalArgumentException if a record is not within the limits
     * @throws TapeMediumException if the tape cannot be written there: how many records of this call and of those that
     *     were not settled are on it is not known
     * @throws IOException as anything else fails
     */
    Written write(List<ByteBuffer> records) throws IOException;

    /**
     * Writes filemarks; when this returns, everything that was written is on the tape, durably. With 0, it does only that. There
     * is always room for a few filemarks and megabytes behind the early warning.
     *
     * @param count 0 or more
     * @throws EndOfMediumException if there is no room for them
     * @throws IOException as {@link #write}
     */
    void writeFilemarks(int count) throws IOException;

    /**
     * The position before which everything is on the tape durably; the rest may still be in the drive. 0 from a drive that
     * cannot tell, but then everything is after {@link #writeFilemarks}.
     */
    long settled() throws IOException;

    /**
     * Reads the next records, one into each buffer, from its position on; each is flipped then. Ends early at a filemark, which
     * is passed over, or at the end of data, where the head stays.
     *
     * @throws RecordLengthException if a record is longer than the room in its buffer; the head is behind that record, and those
     *     before it were read
     * @throws TapeMediumException if a record cannot be read; the head is behind that record, if the drive could pass over it
     *     ({@link #position} tells), and those before it were read
     * @throws IOException as anything else fails
     */
    ReadRecords read(List<ByteBuffer> into) throws IOException;

    /**
     * Moves the head over filemarks, forward to behind the last of them.
     *
     * @param count from 0
     * @return how many were passed; fewer if the end of data was met, where the head is then
     */
    long spaceFilemarks(long count) throws IOException;

    /**
     * Moves the head over records, forward; ends behind a filemark, if one is met.
     *
     * @param count from 0
     * @return how many records were passed; fewer if a filemark or the end of data was met
     */
    long spaceRecords(long count) throws IOException;

    /** Moves the head to the end of data. */
    void spaceToEnd() throws IOException;

    /**
     * Moves the head to a position, by the way that is shortest for the drive. Of drives with {@link Capability#LOCATE}; others
     * are moved with the methods above.
     *
     * @throws EndOfDataException if the end of data is before it, where the head is then
     * @throws UnsupportedOperationException without the capability
     */
    void locate(long position) throws IOException;

    /** Where the head stands. */
    long position() throws IOException;

    /** Switches the drive's own compression; no error for a drive that has none. */
    void compress(boolean on) throws IOException;

    /** What the drive has to say of itself and of its cartridge since this was asked last; empty if nothing. */
    List<TapeAlert> alerts() throws IOException;

    /**
     * Ends what another thread does with the drive as soon as the drive can: that throws {@link java.io.InterruptedIOException}.
     * Does nothing if nothing is done.
     */
    void cancel();

    /** Closes the drive for good, and leaves the cartridge in it. */
    @Override
    void close() throws IOException;

    /** What a drive may be capable of. */
    enum Capability {
        /** {@link TapeDrive#locate}. */
        LOCATE,
        /** It compresses by itself. */
        COMPRESSION
    }
}
