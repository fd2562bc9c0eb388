package org.hikae.api.media.tier;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Copies of objects of media, kept apart from the media (c.3). A copy is there with all its bytes or it is not (I3). Objects
 * are known by their medium's id and their name on it. Thread-safe.
 *
 * <p>Nothing here but {@link #copy}, {@link #prove} and reading waits for a drive or a cartridge.
 */
@ProviderType
public interface SecondTier {

    /**
     * The objects of a medium that have copies here, by ascending names.
     *
     * @param prefix what their names begin with
     * @throws IOException if what is known of them cannot be read
     */
    List<MediumObject> list(UUID medium, String prefix) throws IOException;

    /**
     * The copies of an object; empty if there are none.
     *
     * @throws IOException as {@link #list}
     */
    List<TierCopy> copies(UUID medium, String name) throws IOException;

    /**
     * Opens an object, wherever its copies are; a read waits for the cartridge.
     *
     * @throws java.nio.file.NoSuchFileException if it has no copy
     * @throws IOException as {@link #list}
     */
    ObjectReader open(UUID medium, String name) throws IOException;

    /**
     * Gives all copies of an object up, durably; one that has none is no error.
     *
     * @throws IOException if this cannot be stored
     */
    void forget(UUID medium, String name) throws IOException;

    /**
     * Keeps copies from being given up together with what they lie on, as when a cartridge is erased: as long as it is open, what
     * {@link #copies} says is there stays, but for {@link #forget}. Whoever deletes an original asks and deletes meanwhile. Held for
     * a short time: others wait for that.
     *
     * @return to be closed by the same thread
     */
    Hold hold();

    /** Copies that are kept. */
    interface Hold extends AutoCloseable {

        /** Lets go. Idempotent. */
        @Override
        void close();
    }

    /**
     * Remembers that a medium has never had copies, anywhere: what was missing before cannot have any. Called by whoever knows that,
     * before the first one is made; no error if it was called before.
     *
     * @throws IOException if this cannot be stored
     */
    void begin(UUID medium) throws IOException;

    /**
     * Whether all objects of a medium that may have copies are known. If not, then no conclusion may be drawn from what is not
     * there: cartridges are missing from which the rest would be known.
     *
     * @throws IOException as {@link #list}
     */
    boolean isComplete(UUID medium) throws IOException;

    /**
     * Writes copies of objects, one after the other, and reads them back. What has a proven copy in the pool already is left
     * out, unless {@code again}. What was copied when this fails or is cancelled stays.
     *
     * @param pool of cartridges
     * @param again whether to make another copy of what has one
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if an object cannot be read, no cartridge can take it, or what was written is not what was read; says
     *     which and what to do
     */
    TierReport copy(List<TierSource> sources, String pool, boolean again, Progress progress) throws IOException;

    /**
     * Reads every copy of an object and compares it with what was written, and remembers the outcome.
     *
     * @return what is wrong, a sentence each; empty if nothing is
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if a cartridge is not there, or a drive fails: then nothing was said of the copies on it
     */
    List<String> prove(UUID medium, String name, Progress progress) throws IOException;
}
