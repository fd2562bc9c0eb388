package org.hikae.tape.store.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.TapeObject;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.Volumes;
import org.hikae.tape.store.registry.VolumeFacts.Writing;

/** What is known of cartridges. */
public final class VolumeBook implements Volumes {

    private final Registry registry;

    public VolumeBook(Registry registry) {
        this.registry = registry;
    }

    /** All that are known. */
    public List<VolumeFacts> facts() throws IOException {
        return registry.read(Book::volumes);
    }

    /** Empty if it is not known. */
    public Optional<VolumeFacts> facts(UUID id) throws IOException {
        return Optional.ofNullable(registry.read(book -> book.volume(id)));
    }

    @Override
    public List<Volume> volumes() throws IOException {
        return registry.read(book -> {
            List<Volume> all = new ArrayList<>();
            for (VolumeFacts volume : book.volumes()) {
                all.add(volume(book, volume));
            }
            return all;
        });
    }

    @Override
    public Optional<Volume> volume(UUID id) throws IOException {
        return registry.read(book -> {
            VolumeFacts volume = book.volume(id);
            return volume == null ? Optional.empty() : Optional.of(volume(book, volume));
        });
    }

    private static Volume volume(Book book, VolumeFacts volume) throws IOException {
        long needed = 0;
        int objects = 0;
        for (Book.Share share : book.shares(volume.id())) {
            if (share.copy().isListed()) {
                needed += share.bytes();
                objects++;
            }
        }
        String note = volume.note() == null ? volume.hidden() : volume.note();
        return new Volume(
                volume.label(),
                state(volume, objects),
                volume.bytes(),
                needed,
                objects,
                volume.lastWritten(),
                note == null && !volume.known() ? "it has not been read yet" : note);
    }

    private static CartridgeInfo.State state(VolumeFacts volume, int objects) {
        if (volume.writing() == Writing.DAMAGED) {
            return CartridgeInfo.State.DAMAGED;
        }
        if (volume.abandoned()) {
            return CartridgeInfo.State.EXPIRED;
        }
        if (!volume.known()) {
            return CartridgeInfo.State.UNKNOWN;
        }
        if (volume.isUnwritten()) {
            return volume.label().pool() == null ? CartridgeInfo.State.SCRATCH : CartridgeInfo.State.APPENDABLE;
        }
        if (objects == 0) {
            return CartridgeInfo.State.EXPIRED;
        }
        return volume.writing() == Writing.FULL ? CartridgeInfo.State.FULL : CartridgeInfo.State.APPENDABLE;
    }

    @Override
    public List<TapeObject> objects(UUID id) throws IOException {
        return registry.read(book -> {
            List<TapeObject> all = new ArrayList<>();
            for (Book.Share share : book.shares(id)) {
                CopyFacts copy = share.copy();
                if (copy.isListed()) {
                    all.add(new TapeObject(
                            copy.object().medium(),
                            copy.object().mediumName(),
                            copy.object().name(),
                            copy.object().length(),
                            share.bytes(),
                            copy.written(),
                            copy.proven(),
                            copy.problem(),
                            others(book, copy)));
                }
            }
            all.sort(Comparator.comparing(TapeObject::mediumName)
                    .thenComparing(TapeObject::medium)
                    .thenComparing(TapeObject::name));
            return all;
        });
    }

    private static int others(Book book, CopyFacts copy) throws IOException {
        int others = 0;
        for (CopyFacts other :
                book.copiesOf(copy.object().medium(), copy.object().name())) {
            others += other.number() != copy.number() && other.isListed() && other.problem() == null ? 1 : 0;
        }
        return others;
    }

    @Override
    public void labelled(Label label) throws IOException {
        registry.change(book -> {
            if (book.volume(label.volume()) == null) {
                book.put(VolumeFacts.fresh(label));
                replace(book, label);
            }
            return null;
        });
    }

    /** Remembers a cartridge of which nothing but the label was read. No error if it is known. */
    public void seen(Label label) throws IOException {
        registry.change(book -> {
            if (book.volume(label.volume()) == null) {
                book.put(VolumeFacts.unread(label));
                replace(book, label);
            }
            return null;
        });
    }

    /** Forgets what the cartridge was before, if nothing on that is needed. */
    private static void replace(Book book, Label label) throws IOException {
        for (VolumeFacts other : book.volumes()) {
            boolean same = other.label().barcode().equals(label.barcode())
                    && !other.id().equals(label.volume())
                    && !other.label().labelled().isAfter(label.labelled());
            if (same && book.shares(other.id()).isEmpty()) {
                book.removeVolume(other.id());
                Shares.purge(book, other.id());
            }
        }
    }

    @Override
    public void abandon(UUID id) throws IOException {
        registry.change(book -> {
            VolumeFacts volume = book.volume(id);
            if (volume != null) {
                for (Book.Share share : book.shares(id)) {
                    Shares.drop(book, share.copy());
                }
                book.put(volume.givenUp());
            }
            return null;
        });
    }

    /** Remembers that nothing more is written to a cartridge, durably. */
    public void close(UUID id, Writing how, String why) throws IOException {
        registry.change(book -> {
            VolumeFacts volume = book.volume(id);
            if (volume != null) {
                book.put(volume.closed(how, why));
            }
            return null;
        });
    }

    /**
     * Remembers that a cartridge was read to its end.
     *
     * @param hidden what could not be read of it and may have been a table, a sentence; null: nothing
     */
    public void read(UUID id, String hidden) throws IOException {
        registry.change(book -> {
            VolumeFacts volume = book.volume(id);
            if (volume != null) {
                book.put(volume.read(hidden));
            }
            return null;
        });
    }
}
