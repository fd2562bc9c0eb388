package org.hikae.media.medium;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.media.format.SealedText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a second tier has of the objects of a medium (c.3). A mark on the medium remembers that there may be something: then what
 * the second tier cannot tell is not known, rather than nothing. Thread-safe.
 */
public final class Copies {

    /** Name of the mark. */
    static final String MARK = "hikae-medium.tier";

    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);
    private static final String MAGIC = "hikae-medium-tier";
    private static final int VERSION = 1;
    private static final String ABSENT = "tape control, which may have them, is not there; start its bundle";

    private final GuardedMedium near;
    private final UUID medium;
    private final Supplier<SecondTier> tier;
    /** Whether the medium is not itself what the second tier has. */
    private final boolean apart;
    /** Whether there may be copies; never taken back. Written under the lock of this. */
    private volatile boolean marked;

    private Copies(GuardedMedium near, UUID medium, Supplier<SecondTier> tier, boolean apart, boolean marked) {
        this.near = near;
        this.medium = medium;
        this.tier = tier;
        this.apart = apart;
        this.marked = marked;
    }

    /**
     * @param near the medium itself
     * @param medium its id
     * @param tier gives null while there is no second tier
     */
    static Copies of(GuardedMedium near, UUID medium, Supplier<SecondTier> tier) throws IOException {
        boolean apart = near.id().isEmpty();
        return new Copies(near, medium, tier, apart, !apart || !near.list(MARK).isEmpty());
    }

    /** What is asked. */
    private interface Question<T> {
        T ask(SecondTier tier) throws IOException;
    }

    /**
     * @param nothing the answer if there is nobody to ask, and there are no copies as far as the medium remembers
     * @throws IOException if it cannot be told
     */
    private <T> T ask(Question<T> question, T nothing) throws IOException {
        SecondTier now = tier.get();
        if (now == null) {
            if (marked) {
                throw new IOException(ABSENT);
            }
            return nothing;
        }
        try {
            return question.ask(now);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            return unlessMarked(nothing, e, Reason.of(e));
        } catch (RuntimeException | LinkageError e) {
            return unlessMarked(nothing, e, e.toString());
        }
    }

    private <T> T unlessMarked(T nothing, Throwable failure, String why) throws IOException {
        if (marked) {
            throw new IOException("tape control, which may have them, cannot tell: " + why, failure);
        }
        LOG.debug("what the second tier has of {} is not known, and nothing is expected", medium, failure);
        return nothing;
    }

    /** Whether copies lie apart from the medium; not of one that is itself a part of the second tier, such as a tape. */
    public boolean areApart() {
        return apart;
    }

    /**
     * The objects that have copies, by ascending names.
     *
     * @throws IOException if it cannot be told; says why in words that go on a sentence about objects
     */
    public List<MediumObject> list(String prefix) throws IOException {
        List<MediumObject> found = ask(now -> now.list(medium, prefix), List.of());
        if (!found.isEmpty() && !marked) {
            try {
                mark();
            } catch (IOException e) {
                LOG.warn("a medium cannot remember that objects of it are on tape: {}", Reason.of(e));
            }
        }
        return found;
    }

    /**
     * The copies of an object; empty if there are none.
     *
     * @throws IOException as {@link #list}
     */
    public List<TierCopy> of(String object) throws IOException {
        return ask(now -> now.copies(medium, object), List.of());
    }

    /**
     * Opens a copy of an object. Reading it fails with {@link SecondTierException}.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be told whether there is
     */
    public ObjectReader open(String object) throws IOException {
        ObjectReader reader = ask(now -> now.open(medium, object), null);
        if (reader == null) {
            throw new NoSuchFileException(object);
        }
        return new FarReader(this, object, reader);
    }

    /**
     * Keeps copies from being given up with what they lie on while an original is deleted; closed by the same thread.
     *
     * @throws IOException as {@link #list}
     */
    public SecondTier.Hold hold() throws IOException {
        return ask(SecondTier::hold, () -> {});
    }

    /** Gives the copies of an object up, durably. */
    void forget(String object) throws IOException {
        ask(
                now -> {
                    now.forget(medium, object);
                    return null;
                },
                null);
    }

    /**
     * Remembers, durably, that there may be copies from now on, if there is a second tier.
     *
     * @throws IOException if the medium cannot be written to
     */
    public void expect() throws IOException {
        SecondTier now = tier.get();
        if (now != null && !marked) {
            now.begin(medium);
            mark();
        }
    }

    private synchronized void mark() throws IOException {
        if (marked) {
            return;
        }
        ObjectNode json = SealedText.object();
        json.put("medium", medium.toString()).put("since", Instant.now().toString());
        try (ObjectWriter writer = near.create(MARK)) {
            writer.write(ByteBuffer.wrap(SealedText.encode(MAGIC, VERSION, json)));
            writer.commit();
        }
        marked = true;
    }

    /**
     * Why it is not known, or not all of it, what there is beside the medium: words that go on a sentence about objects. Null if it
     * is known: a medium that never had copies needs no cartridges to tell.
     */
    public String problem() {
        try {
            return !marked || ask(now -> now.isComplete(medium), true)
                    ? null
                    : "cartridges from which it would be known whether they are on tape are missing or cannot be read";
        } catch (IOException e) {
            return Reason.of(e);
        }
    }

    /** @throws IOException once the medium itself cannot be used any more */
    void checkThere() throws IOException {
        near.checkThere();
    }
}
