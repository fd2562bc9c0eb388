package org.hikae.media.medium;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.spi.PlacedWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A medium joined with what a second tier has of it (c.3): an object is there if either has it, and is read from the medium if
 * that can be. What marks the medium is near alone. Thread-safe.
 *
 * <p>An object comes to be in the second tier before it goes from the medium, and goes from there before it goes from the medium.
 * So it is seen as long as it is there, by whoever looks at the medium first, and what a crash leaves of a deletion is near. What was
 * deleted stays so, also if copies of it come to be known again.
 */
final class TieredMedium implements Medium {

    private static final Logger LOG = LoggerFactory.getLogger(TieredMedium.class);

    private final String name;
    private final GuardedMedium near;
    private final Copies copies;

    TieredMedium(String name, GuardedMedium near, Copies copies) {
        this.name = name;
        this.near = near;
        this.copies = copies;
    }

    private static boolean isMark(String object) {
        return object.startsWith(OwnerMark.NAME);
    }

    @Override
    public List<MediumObject> list(String prefix) throws IOException {
        List<MediumObject> here = near.list(prefix);
        List<MediumObject> there = listCopies(prefix);
        if (there.isEmpty()) {
            return here;
        }
        TreeMap<String, MediumObject> all = new TreeMap<>();
        there.stream().filter(object -> !isMark(object.name())).forEach(object -> all.put(object.name(), object));
        here.forEach(object -> all.put(object.name(), object));
        return List.copyOf(all.values());
    }

    /** What is near goes on if nobody knows what is not: {@link #isComplete} tells. */
    private List<MediumObject> listCopies(String prefix) {
        try {
            return copies.list(prefix);
        } catch (IOException e) {
            LOG.debug("what is on tape of medium {} is not known", name, e);
            return List.of();
        }
    }

    @Override
    public ObjectWriter create(String object) throws IOException {
        checkNew(object);
        return near.create(object);
    }

    @Override
    public PlacedWriter createPlaced(String object, long length) throws IOException {
        checkNew(object);
        return near.createPlaced(object, length);
    }

    /** Names are not given twice. If it cannot be told whether one is, backups go on all the same. */
    private void checkNew(String object) throws IOException {
        boolean copied;
        try {
            copies.given(object);
            copied = !isMark(object) && !copies.of(object).isEmpty();
        } catch (IOException e) {
            LOG.debug("whether {} of medium {} is on tape is not known", object, name, e);
            copied = false;
        }
        if (copied) {
            throw new FileAlreadyExistsException(object, null, "it is on tape");
        }
    }

    @Override
    public ObjectReader open(String object) throws IOException {
        if (isMark(object)) {
            return near.open(object);
        }
        try {
            return new TieredReader(near.open(object), failure -> instead(object, failure));
        } catch (NoSuchFileException e) {
            return openCopy(object, e);
        } catch (IOException e) {
            return instead(object, e);
        }
    }

    /** What the medium does not have. */
    private ObjectReader openCopy(String object, NoSuchFileException absent) throws IOException {
        try {
            return copies.open(object);
        } catch (NoSuchFileException e) {
            throw absent;
        } catch (IOException e) {
            throw new IOException(object + " is not on medium '" + name + "', and " + Reason.of(e), e);
        }
    }

    /** What the medium has and cannot read. */
    private ObjectReader instead(String object, IOException failure) throws IOException {
        try {
            near.checkThere();
            ObjectReader copy = copies.open(object);
            LOG.warn("{} cannot be read on medium {}, but is on tape: {}", object, name, Reason.of(failure));
            return copy;
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** @throws IOException also if it cannot be told whether there are copies: these would bring it back */
    @Override
    public void delete(String object) throws IOException {
        boolean toNote = false;
        if (!isMark(object)) {
            try {
                toNote = copies.forget(object);
            } catch (IOException e) {
                throw new IOException(
                        object + " cannot be deleted on medium '" + name + "', for copies would bring it back: "
                                + Reason.of(e),
                        e);
            }
        }
        near.delete(object);
        if (toNote) {
            copies.deleted(object);
        }
    }

    @Override
    public void discardUncommitted() throws IOException {
        near.discardUncommitted();
    }

    @Override
    public Optional<UUID> id() throws IOException {
        return near.id();
    }

    @Override
    public boolean isComplete() throws IOException {
        return near.isComplete() && copies.problem() == null;
    }

    @Override
    public MediumSpace space() throws IOException {
        return near.space();
    }

    @Override
    public Set<Capability> capabilities() {
        return near.capabilities();
    }

    @Override
    public void close() throws IOException {
        near.close();
    }
}
