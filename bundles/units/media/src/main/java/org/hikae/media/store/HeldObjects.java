package org.hikae.media.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.format.Manifest;
import org.hikae.media.medium.UsableMedium;

/** The objects of a generation that is being used, for copies of them. Thread-safe. */
final class HeldObjects implements StoredObjects {

    private final Reading reading;
    private final StoredParts parts;
    private final List<StoredObject> list;
    private volatile boolean closed;

    /**
     * @param reading closed with this; not if this throws
     * @throws IOException if its manifest cannot be read, the medium of its log is not there, or a medium cannot remember that there
     *     may be copies, for another reason than that it is full
     */
    HeldObjects(Reading reading) throws IOException {
        this.reading = reading;
        Manifest manifest = reading.newest().manifest();
        this.parts = new StoredParts(reading.newest().stored(), reading.newest().medium(), reading.log(manifest));
        parts.medium().copies().expectIfRoom();
        if (parts.log() != null) {
            parts.log().copies().expectIfRoom();
        }
        this.list = look();
    }

    private List<StoredObject> look() throws IOException {
        Map<String, Long> near = parts.near();
        Map<String, Long> nearLog = parts.nearLog();
        List<StoredObject> found = new ArrayList<>();
        for (StoredParts.Stored each : parts.all()) {
            UsableMedium medium = each.medium();
            String name = each.ref().name();
            // what a medium lists that is a tape is in the second tier
            boolean isNear =
                    medium.copies().areApart() && (medium == parts.medium() ? near : nearLog).containsKey(name);
            found.add(new StoredObject(
                    medium.id(), medium.name(), name, each.ref().length(), isNear, each.bulk()));
        }
        return List.copyOf(found);
    }

    @Override
    public String generation() {
        return parts.stored().manifest().id();
    }

    @Override
    public List<StoredObject> list() {
        return list;
    }

    @Override
    public ObjectReader open(StoredObject object) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!list.contains(object)) {
            throw new IllegalArgumentException(object.name() + " is no object of " + generation());
        }
        UsableMedium medium = object.medium().equals(parts.medium().id()) ? parts.medium() : parts.log();
        return medium.objects().open(object.name());
    }

    @Override
    public void close() {
        closed = true;
        reading.close();
    }
}
