package org.hikae.tape.medium;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.tape.store.ObjectMap;

/**
 * A medium on tape. Every object is on tape; those that lists and mounts need are kept in the home too, where they can be lost ({@link KeptObjects}). What
 * says whose the medium is lies in the home alone. Thread-safe.
 */
final class TapeMedium implements Medium {

    private static final String MARK = "hikae-medium";

    private final UUID id;
    private final String name;
    private final Place place;
    private final Medium near;
    private final SecondTier tier;
    private final TapeWriting writing;
    private final KeptObjects kept;

    /** @param map where the objects of the second tier lie */
    TapeMedium(UUID id, String name, Place place, Medium near, SecondTier tier, ObjectMap map, TapeWriting writing) {
        this.id = id;
        this.name = name;
        this.place = place;
        this.near = near;
        this.tier = tier;
        this.writing = writing;
        this.kept = new KeptObjects(id, near, tier, map, object -> !isBulk(object));
    }

    private static boolean isMark(String object) {
        return object.startsWith(MARK);
    }

    /** Data and logs are large, and read in part; so are objects of areas, which are those of no generation. */
    private static boolean isBulk(String object) {
        int folder = object.indexOf('/');
        if (folder > 0 && object.lastIndexOf('@', folder) < 0) {
            return true;
        }
        String last = object.substring(object.lastIndexOf('/') + 1);
        return last.startsWith("data.") || last.startsWith("data-") || last.startsWith("log.") || last.equals("image");
    }

    @Override
    public Optional<UUID> id() {
        return Optional.of(id);
    }

    @Override
    public boolean isComplete() throws IOException {
        return tier.isComplete(id);
    }

    @Override
    public List<MediumObject> list(String prefix) throws IOException {
        List<MediumObject> all = new ArrayList<>(tier.list(id, prefix));
        all.removeIf(object -> isMark(object.name()));
        near.list(prefix).stream().filter(object -> isMark(object.name())).forEach(all::add);
        all.sort(Comparator.comparing(MediumObject::name));
        return all;
    }

    @Override
    public ObjectWriter create(String object) throws IOException {
        if (isMark(object)) {
            return near.create(object);
        }
        if (!tier.copies(id, object).isEmpty()) {
            throw new FileAlreadyExistsException(object);
        }
        ObjectWriter far = writing.create(id, name, object, place.pool(), place.library());
        if (isBulk(object)) {
            return far;
        }
        try {
            kept.forget(object);
            near.delete(object); // what a killed process has left, of an object that did not come to be
            return new KeptWriter(object, far, () -> near.create(object));
        } catch (IOException | RuntimeException e) {
            far.close();
            throw e;
        }
    }

    @Override
    public ObjectReader open(String object) throws IOException {
        if (isMark(object)) {
            return near.open(object);
        }
        if (isBulk(object)) {
            return tier.open(id, object);
        }
        return kept.open(object);
    }

    @Override
    public void delete(String object) throws IOException {
        if (!isMark(object)) {
            tier.forget(id, object);
        }
        kept.forget(object);
        near.delete(object);
    }

    @Override
    public void discardUncommitted() throws IOException {
        near.discardUncommitted();
    }

    /** To read here and there is to wind the tape to and fro. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public void close() throws IOException {
        near.close();
    }
}
