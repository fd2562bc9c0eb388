package org.hikae.tape.store.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.TapeObject;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.Volumes;
import org.hikae.tape.store.registry.VolumeFacts.Writing;

/** What is known of cartridges. */
public final class VolumeBook implements Volumes {

    private final Registry registry;
    /** Held to read by those who rely on copies, to write while a cartridge's are given up. */
    private final ReadWriteLock relied = new ReentrantReadWriteLock();

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

    /** One whose label was about to be written, as it is if it has that; empty if there is none such, or it is known. */
    public Optional<VolumeFacts> begun(UUID id) throws IOException {
        return Optional.ofNullable(registry.read(book -> book.volume(id) == null ? book.begun(id) : null));
    }

    @Override
    public List<Volume> volumes() throws IOException {
        return registry.read(book -> {
            List<Volume> all = new ArrayList<>();
            Pending pending = new Pending(book, registry.running());
            for (VolumeFacts volume : book.volumes()) {
                all.add(volume(book, volume, pending));
            }
            return all;
        });
    }

    @Override
    public Optional<Volume> volume(UUID id) throws IOException {
        return registry.read(book -> {
            VolumeFacts known = book.volume(id);
            VolumeFacts volume = known == null ? book.begun(id) : known;
            return volume == null
                    ? Optional.empty()
                    : Optional.of(volume(book, volume, new Pending(book, registry.running())));
        });
    }

    private static Volume volume(Book book, VolumeFacts volume, Pending unfinished) throws IOException {
        long needed = 0;
        int objects = 0;
        for (Book.Share share : shares(book, volume)) {
            needed += share.bytes();
            objects++;
        }
        boolean gone = volume.abandoned() || volume.lost();
        boolean pending = objects == 0 && !gone && unfinished.isOn(volume.id());
        return new Volume(
                volume.label(),
                state(volume, objects > 0 || pending),
                volume.bytes(),
                needed,
                objects,
                pending,
                volume.lastWritten(),
                note(volume, pending));
    }

    /** What copies that are listed have there; nothing on one that is lost. */
    private static List<Book.Share> shares(Book book, VolumeFacts volume) throws IOException {
        return volume == null || volume.lost()
                ? List.of()
                : book.shares(volume.id()).stream()
                        .filter(share -> share.copy().isListed())
                        .toList();
    }

    private static String note(VolumeFacts volume, boolean pending) {
        if (volume.lost()) {
            return null;
        }
        if (volume.note() != null || volume.hidden() != null) {
            return volume.note() != null ? volume.note() : volume.hidden();
        } else if (!volume.known()) {
            return "it has not been read yet";
        }
        return pending
                ? "it has parts of objects that are being written, or go on on a cartridge that is missing"
                : null;
    }

    private static CartridgeInfo.State state(VolumeFacts volume, boolean needed) {
        if (volume.lost()) {
            return CartridgeInfo.State.LOST;
        }
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
        if (!needed) {
            return CartridgeInfo.State.EXPIRED;
        }
        return volume.writing() == Writing.FULL ? CartridgeInfo.State.FULL : CartridgeInfo.State.APPENDABLE;
    }

    @Override
    public Instant newestTable() throws IOException {
        return registry.read(book -> book.censuses().stream()
                .map(Census::newest)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN));
    }

    @Override
    public List<TapeObject> objects(UUID id) throws IOException {
        return registry.read(book -> {
            List<TapeObject> all = new ArrayList<>();
            for (Book.Share share : shares(book, book.volume(id))) {
                CopyFacts copy = share.copy();
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
    public void labelling(Label label, UUID old) throws IOException {
        registry.change(book -> {
            for (VolumeFacts other : book.allBegun()) {
                if (other.label().barcode().equals(label.barcode())
                        && !other.id().equals(old)) {
                    book.removeBegun(other.id());
                }
            }
            book.putBegun(VolumeFacts.fresh(label));
            return null;
        });
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

    /**
     * Remembers a cartridge of which nothing but the label was read. No error if it is known. Where this home was about to write that
     * label, nothing was written behind it: all that is on it is known.
     *
     * @return number of the objects that are listed now, and were not: tables on other cartridges say what is on this one
     */
    public int seen(Label label) throws IOException {
        return registry.change(book -> {
            VolumeFacts before = book.volume(label.volume());
            if (before != null && !before.lost()) {
                return 0;
            }
            book.put(before == null ? found(book, label) : before.foundAgain(label));
            replace(book, label);
            int objects = 0;
            for (Book.Share share : book.shares(label.volume())) {
                boolean listed =
                        Shares.refresh(book, share.copy(), label.volume()).isListed();
                objects += listed && !share.copy().isListed() ? 1 : 0;
            }
            return objects;
        });
    }

    private static VolumeFacts found(Book book, Label label) throws IOException {
        return book.begun(label.volume()) == null ? VolumeFacts.unread(label) : VolumeFacts.fresh(label);
    }

    /** Forgets what the cartridge was before, if nothing on that is needed, and what it was about to be. */
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
        for (VolumeFacts other : book.allBegun()) {
            if (other.label().barcode().equals(label.barcode())
                    && !other.label().labelled().isAfter(label.labelled())) {
                book.removeBegun(other.id());
            }
        }
    }

    /** @see org.hikae.api.media.tier.SecondTier#hold */
    public SecondTier.Hold hold() {
        Lock lock = relied.readLock();
        lock.lock();
        boolean[] open = {true};
        return () -> {
            if (open[0]) {
                open[0] = false;
                lock.unlock();
            }
        };
    }

    @Override
    public void abandon(UUID id) throws IOException {
        relied.writeLock().lock();
        try {
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
        } finally {
            relied.writeLock().unlock();
        }
    }

    @Override
    public void lose(String barcode, Set<UUID> there, boolean force) throws IOException {
        relied.writeLock().lock();
        try {
            registry.change(book -> {
                new Losing(book, barcode, there).run(force);
                return null;
            });
        } finally {
            relied.writeLock().unlock();
        }
    }

    @Override
    public void loseRest(String barcode) throws IOException {
        registry.change(book -> {
            Losing.loseRest(book, barcode);
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
