package org.hikae.media.medium;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.MediumFullException;
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
    /** What is not there any more, although there may be copies. */
    private final Deleted deleted;
    /** Whether there may be copies; never taken back. Written under the lock of this. */
    private volatile boolean marked;

    private Copies(GuardedMedium near, UUID medium, Supplier<SecondTier> tier, boolean apart) throws IOException {
        this.near = near;
        this.medium = medium;
        this.tier = tier;
        this.apart = apart;
        this.deleted = Deleted.of(near);
        this.marked = !apart || !near.list(MARK).isEmpty();
    }

    /**
     * @param near the medium itself
     * @param medium its id
     * @param tier gives null while there is no second tier
     */
    static Copies of(GuardedMedium near, UUID medium, Supplier<SecondTier> tier) throws IOException {
        return new Copies(near, medium, tier, near.id().isEmpty());
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
        List<MediumObject> there = new ArrayList<>(found.size());
        for (MediumObject object : found) {
            if (deleted.contains(object.name())) {
                giveUp(object.name());
            } else {
                there.add(object);
            }
        }
        return there;
    }

    /** Copies of what was deleted, of which somebody has learnt anew. */
    private void giveUp(String object) {
        try {
            ask(now -> forget(now, object), null);
        } catch (IOException e) {
            LOG.debug("copies of {}, which was deleted, could not be given up", object, e);
        }
    }

    /**
     * The copies of an object; empty if there are none.
     *
     * @throws IOException as {@link #list}
     */
    public List<TierCopy> of(String object) throws IOException {
        return deleted.contains(object) ? List.of() : ask(now -> now.copies(medium, object), List.of());
    }

    /**
     * Opens a copy of an object. Reading it fails with {@link SecondTierException}.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be told whether there is
     */
    public ObjectReader open(String object) throws IOException {
        ObjectReader reader = deleted.contains(object) ? null : ask(now -> now.open(medium, object), null);
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

    /**
     * Gives the copies of an object up, durably, which is about to be deleted on the medium. That a manifest is deleted is remembered
     * there before, unless the medium cannot take that.
     *
     * @return whether {@link #deleted} has to be called once it is deleted
     */
    boolean forget(String object) throws IOException {
        boolean toNote = marked && Deleted.isManifest(object) && isAnywhere(object);
        boolean noted = toNote && note(object);
        try {
            ask(now -> forget(now, object), null);
        } catch (IOException e) {
            if (noted) {
                stays(object, e);
            }
            throw e;
        }
        return toNote && !noted;
    }

    /** A medium may be too full for a note, and deleting is what makes room. */
    private boolean note(String object) {
        try {
            deleted.add(object);
            return true;
        } catch (IOException e) {
            LOG.debug("that {} is deleted will be remembered when it is", object, e);
            return false;
        }
    }

    /** Remembers what {@link #forget} could not. */
    void deleted(String object) {
        try {
            deleted.add(object);
        } catch (IOException e) {
            LOG.warn(
                    "a medium cannot remember that {} was deleted; it will be there again if tapes have to be read"
                            + " anew: {}",
                    object,
                    Reason.of(e));
        }
    }

    private void stays(String object, IOException failure) {
        try {
            deleted.takeBack(object);
        } catch (IOException e) {
            failure.addSuppressed(e); // the note does not count: the object is there
        }
    }

    private Void forget(SecondTier from, String object) throws IOException {
        from.forget(medium, object);
        return null;
    }

    /** Not what a backup that has failed would have written. */
    private boolean isAnywhere(String object) throws IOException {
        return deleted.isThere(object) || !of(object).isEmpty();
    }

    /** An object of that name is about to be made: copies of one that was deleted are not taken for its own. */
    void given(String object) throws IOException {
        if (deleted.contains(object)) {
            ask(now -> forget(now, object), null);
            deleted.takeBack(object);
        }
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

    /**
     * As {@link #expect}, but a medium that is too full for that goes on without: as long as nothing has left it for its copies, nothing
     * is missed if these are not known, and copies are what makes room. It remembers as soon as it can.
     *
     * @throws IOException if the medium cannot be written to for another reason
     */
    public void expectIfRoom() throws IOException {
        try {
            expect();
        } catch (MediumFullException e) {
            LOG.info("a medium is too full to remember that objects of it are on tape; it will when there is room", e);
        }
    }

    private synchronized void mark() throws IOException {
        if (marked) {
            return;
        }
        ObjectNode json = SealedText.object();
        json.put("medium", medium.toString()).put("since", Instant.now().toString());
        try {
            mark(SealedText.encode(MAGIC, VERSION, json));
        } catch (MediumFullException e) {
            // its name says enough, and may find room where what is in it does not
            mark(new byte[0]);
        }
        marked = true;
    }

    private void mark(byte[] content) throws IOException {
        try (ObjectWriter writer = near.create(MARK)) {
            if (content.length > 0) {
                writer.write(ByteBuffer.wrap(content));
            }
            writer.commit();
        }
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
