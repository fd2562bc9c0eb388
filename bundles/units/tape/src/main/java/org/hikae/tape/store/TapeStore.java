package org.hikae.tape.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.media.tier.TierReport;
import org.hikae.api.media.tier.TierSource;
import org.hikae.tape.home.TapeHome;
import org.hikae.tape.mount.Labeller;
import org.hikae.tape.mount.Mounts;
import org.hikae.tape.mount.VolumeReader;
import org.hikae.tape.mount.Volumes;
import org.hikae.tape.store.registry.ObjectBook;
import org.hikae.tape.store.registry.Registry;
import org.hikae.tape.store.registry.TableBook;
import org.hikae.tape.store.registry.VolumeBook;
import org.hikae.tape.store.scan.Cartridges;
import org.hikae.tape.store.scan.CatchUp;
import org.hikae.tape.store.scan.Proof;
import org.hikae.tape.store.write.Copying;
import org.hikae.tape.store.write.Reservations;
import org.hikae.tape.store.write.Session;
import org.hikae.tape.store.write.SessionParts;
import org.hikae.tape.store.write.WriteLimits;

/** Objects on cartridges: what is known of them, and what is done with them. Thread-safe. */
public final class TapeStore implements ObjectMap, Closeable {

    private final Mounts mounts;
    private final Registry registry;
    private final VolumeBook volumes;
    private final TableBook tables;
    private final ObjectBook objects;
    private final Cartridges cartridges;
    private final Labeller labeller;
    private final SessionParts parts;

    public TapeStore(TapeHome home, Mounts mounts, WriteLimits limits, Clock clock) {
        this.mounts = mounts;
        this.registry = new Registry(home.folder());
        this.volumes = new VolumeBook(registry);
        this.tables = new TableBook(registry, home.id(), clock);
        this.objects = new ObjectBook(registry, clock);
        CatchUp catchUp = new CatchUp(volumes, tables);
        this.cartridges = new Cartridges(mounts, registry, volumes, tables, objects, catchUp);
        this.labeller = new Labeller(home.id(), volumes, cartridges, clock);
        this.parts = new SessionParts(mounts, volumes, tables, objects, catchUp, labeller, new Reservations(), limits);
    }

    public Volumes volumes() {
        return volumes;
    }

    public VolumeReader reader() {
        return cartridges;
    }

    public Labeller labeller() {
        return labeller;
    }

    /** The objects of a medium that have whole copies, by ascending names. */
    public List<MediumObject> list(UUID medium, String prefix) throws IOException {
        return objects.list(medium, prefix);
    }

    /** As {@link #copies}, for people. */
    public List<TierCopy> tierCopies(UUID medium, String name) throws IOException {
        return objects.tierCopies(medium, name);
    }

    @Override
    public List<Copy> copies(UUID medium, String name) throws IOException {
        List<Copy> copies = new ArrayList<>(objects.copies(medium, name));
        Map<Copy, Boolean> present = new HashMap<>();
        for (Copy copy : copies) {
            present.put(copy, isPresent(copy));
        }
        copies.sort(Comparator.comparing((Copy copy) -> copy.problem() != null)
                .thenComparing(copy -> !present.get(copy))
                .thenComparing(copy -> copy.proven() == null)
                .thenComparing(copy -> copy.extents().size())
                .thenComparing(Copy::number));
        return copies;
    }

    private boolean isPresent(Copy copy) throws IOException {
        Set<UUID> on = new HashSet<>();
        copy.extents().forEach(extent -> on.add(extent.volume()));
        for (UUID volume : on) {
            if (!mounts.isPresent(objects.barcode(volume))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String barcode(UUID volume) throws IOException {
        return objects.barcode(volume);
    }

    @Override
    public void doubt(long copy, String why) throws IOException {
        objects.doubt(copy, why);
    }

    /** Gives all copies of an object up, durably. */
    public void forget(UUID medium, String name) throws IOException {
        objects.forget(medium, name);
    }

    /** @see SecondTier#hold */
    public SecondTier.Hold hold() {
        return volumes.hold();
    }

    /** @see SecondTier#begin */
    public void begin(UUID medium) throws IOException {
        tables.begin(medium);
    }

    /** Whether all objects of a medium are known that may have copies. */
    public boolean isComplete(UUID medium) throws IOException {
        return tables.isComplete(medium);
    }

    /** Why not all is known that may be on tapes, a sentence each. */
    public List<String> gaps() throws IOException {
        return tables.gaps();
    }

    /** Names by ids of the media whose objects are on tape. */
    public Map<UUID, String> media() throws IOException {
        return objects.media();
    }

    /**
     * Begins to write.
     *
     * @param library that the cartridges have to be in; null: any
     * @see Session
     */
    public Session begin(String pool, String library, Progress progress) throws IOException {
        return Session.open(parts, pool, library, progress);
    }

    /** @see org.hikae.api.media.tier.SecondTier#copy */
    public TierReport copy(List<TierSource> sources, String pool, boolean again, Progress progress) throws IOException {
        return cancellable(progress, () -> new Copying(parts, pool, again, progress).run(sources));
    }

    /** @see org.hikae.api.media.tier.SecondTier#prove */
    public List<String> prove(UUID medium, String name, Progress progress) throws IOException {
        List<Copy> copies = objects.copies(medium, name);
        progress.total(copies.stream().mapToLong(Copy::stored).sum());
        return cancellable(progress, () -> {
            List<String> problems = new ArrayList<>();
            try (Proof proof = new Proof(mounts, objects, progress)) {
                for (Copy copy :
                        copies) { // one by one: what is wrong with the first is remembered if the next is not there
                    proof.run(List.of(copy))
                            .values()
                            .forEach(problem -> problems.add("the copy of " + name + " of " + copy.written()
                                    + " cannot be relied upon: " + problem));
                }
            }
            return problems;
        });
    }

    /** What a drive was told to end is the end that was asked for. */
    private static <T> T cancellable(Progress progress, Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (InterruptedIOException e) {
            progress.check();
            throw e;
        }
    }

    /** Something that uses drives. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /** Idempotent. */
    @Override
    public void close() throws IOException {
        registry.close();
    }
}
