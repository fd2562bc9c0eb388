package org.hikae.api.media.spi;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A backup medium (15): a flat set of named objects, each written once from its beginning to its end.
 *
 * <p>Names are one to four parts of {@code [A-Za-z0-9@._-]}, joined by {@code /}; no part begins with a dot, and a part
 * has at most 100 characters. Media control uses no other names.
 *
 * <p>Thread-safe; objects are written and read by many threads at once, each object by one writer. The caller never
 * creates an object whose name exists or is being written. One home uses a medium at a time: a driver need not guard
 * against others. After {@link #close} nothing else is called.
 */
@ConsumerType
public interface Medium extends Closeable {

    /**
     * The committed objects whose names begin with {@code prefix}, in ascending order of their names. Those that were committed
     * before this was called and are not deleted before it returns are among them, whatever else comes and goes meanwhile.
     *
     * @throws IOException if the medium cannot be reached; a list is never cut short without a word
     */
    List<MediumObject> list(String prefix) throws IOException;

    /**
     * Begins a new object. It is invisible until {@link ObjectWriter#commit}.
     *
     * @throws java.nio.file.FileAlreadyExistsException if an object of that name exists
     * @throws MediumFullException if there is no space and the driver can tell
     * @throws IOException if it cannot be created
     */
    ObjectWriter create(String name) throws IOException;

    /**
     * Begins a new object that is written in any order, invisible until {@link PlacedWriter#commit}. For media with {@link
     * Capability#OVERWRITE}; its reader is as any other's.
     *
     * @param length bytes of the object, from its beginning to its end
     * @throws java.nio.file.FileAlreadyExistsException if an object of that name exists
     * @throws MediumFullException if there is no space and the driver can tell
     * @throws IOException if it cannot be created, or the medium cannot do this
     */
    default PlacedWriter createPlaced(String name, long length) throws IOException {
        throw new IOException("this medium cannot be overwritten in part");
    }

    /**
     * Opens a committed object for reading.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it cannot be opened
     */
    ObjectReader open(String name) throws IOException;

    /**
     * Deletes a committed object, durably; one that is not there is no error. Readers that are open may fail from then
     * on.
     */
    void delete(String name) throws IOException;

    /**
     * Deletes what writers of an earlier process have left behind uncommitted. Called after opening, before the first
     * {@link #create}.
     */
    void discardUncommitted() throws IOException;

    /**
     * The id of the medium, of one whose objects are known by an id whoever owns them; media control gives others one.
     *
     * @throws IOException if it cannot be told
     */
    default Optional<UUID> id() throws IOException {
        return Optional.empty();
    }

    /**
     * Whether {@link #list} names all that was ever committed and not deleted. Of a medium of which parts may be missing, such as
     * cartridges, nothing is concluded from what is not there, and nothing is garbage.
     *
     * @throws IOException if it cannot be told
     */
    default boolean isComplete() throws IOException {
        return true;
    }

    /** The space of the medium now; unless a driver knows better, it is not known. */
    default MediumSpace space() throws IOException {
        return new MediumSpace(-1, -1);
    }

    /** What the medium can do beyond this interface's demands; by default what disks and stores of all kinds can: be read at any position. */
    default Set<Capability> capabilities() {
        return Set.of(Capability.RANDOM_READ);
    }

    /** What a medium may be capable of. */
    enum Capability {
        /** An object can be written in any order, and more than once: {@link Medium#createPlaced}. */
        OVERWRITE,
        /** Reading at any position costs about the same. The logs of backups to a medium without it are kept on another one. */
        RANDOM_READ,
        /** Several nodes reach the medium by themselves. */
        SHARED
    }
}
