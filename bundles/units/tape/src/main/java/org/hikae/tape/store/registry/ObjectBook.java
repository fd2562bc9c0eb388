package org.hikae.tape.store.registry;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.tape.format.Table;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.Extent;
import org.hikae.tape.store.registry.VolumeFacts.Writing;

/** What is known of objects and their copies. Thread-safe; every change is one durable step. */
public final class ObjectBook {

    private final Registry registry;
    private final Clock clock;

    public ObjectBook(Registry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** The objects of a medium that have whole copies, by ascending names. */
    public List<MediumObject> list(UUID medium, String prefix) throws IOException {
        return registry.read(book -> {
            List<MediumObject> all = new ArrayList<>();
            String last = null;
            for (CopyFacts copy : book.copies(medium, prefix)) {
                String name = copy.object().name();
                if (copy.isListed() && !name.equals(last)) {
                    all.add(new MediumObject(name, copy.object().length()));
                    last = name;
                }
            }
            return all;
        });
    }

    /** The whole copies of an object, in the order in which they came to be known. */
    public List<Copy> copies(UUID medium, String name) throws IOException {
        return registry.read(book -> {
            List<Copy> all = new ArrayList<>();
            for (CopyFacts copy : book.copiesOf(medium, name)) {
                if (copy.isListed()) {
                    all.add(copy(book, copy));
                }
            }
            return all;
        });
    }

    /** The copy that a session has made; empty if it is not whole, or was given up. */
    public Optional<Copy> copy(UUID session, long object) throws IOException {
        return registry.read(book -> {
            CopyFacts copy = book.copy(session, object);
            return copy == null || !copy.isListed() ? Optional.empty() : Optional.of(copy(book, copy));
        });
    }

    private static Copy copy(Book book, CopyFacts copy) throws IOException {
        return new Copy(
                copy.number(),
                copy.object().length(),
                copy.object().sha256(),
                copy.pool(),
                book.extents().of(copy.session(), copy.object().object()),
                copy.written(),
                copy.proven(),
                copy.problem());
    }

    /** As {@link #copies}, for people. */
    public List<TierCopy> tierCopies(UUID medium, String name) throws IOException {
        List<TierCopy> all = new ArrayList<>();
        for (Copy copy : copies(medium, name)) {
            List<String> cartridges = new ArrayList<>();
            for (Extent extent : copy.extents()) {
                String barcode = barcode(extent.volume());
                if (!cartridges.contains(barcode)) {
                    cartridges.add(barcode);
                }
            }
            all.add(new TierCopy(
                    copy.length(), cartridges, copy.pool(), copy.written(), copy.proven(), copy.problem()));
        }
        return all;
    }

    /** What a cartridge is called; one that was never seen by the name that tables give it. */
    public String barcode(UUID volume) throws IOException {
        return registry.read(book -> {
            VolumeFacts known = book.volume(volume);
            if (known != null) {
                return known.label().barcode();
            }
            for (Census census : book.censuses()) {
                for (Table.Volume listed : census.volumes()) {
                    if (listed.volume().equals(volume)) {
                        return listed.barcode();
                    }
                }
            }
            return "of the id " + volume;
        });
    }

    /** The whole copies of which something lies on a cartridge. */
    public List<Copy> on(UUID volume) throws IOException {
        return registry.read(book -> {
            List<Copy> all = new ArrayList<>();
            for (Book.Share share : book.shares(volume)) {
                if (share.copy().isListed()) {
                    all.add(copy(book, share.copy()));
                }
            }
            return all;
        });
    }

    /** What a copy is a copy of, for people; null if the copy was given up. */
    public String describe(long copy) throws IOException {
        return registry.read(book -> {
            CopyFacts facts = book.copy(copy);
            return facts == null || facts.forgotten()
                    ? null
                    : facts.object().name() + " of the medium " + facts.object().mediumName();
        });
    }

    /** Gives all copies of an object up. */
    public void forget(UUID medium, String name) throws IOException {
        if (registry.read(book -> book.copiesOf(medium, name).isEmpty())) {
            return;
        }
        registry.change(book -> {
            for (CopyFacts copy : book.copiesOf(medium, name)) {
                Shares.drop(book, copy);
            }
            return null;
        });
    }

    /** Gives the copy up that a session has made. */
    public void forget(UUID session, long object) throws IOException {
        registry.change(book -> {
            CopyFacts copy = book.copy(session, object);
            if (copy != null && !copy.forgotten()) {
                Shares.drop(book, copy);
            }
            return null;
        });
    }

    /** Remembers that copies were read as they were written. */
    public void prove(List<Long> numbers) throws IOException {
        registry.change(book -> {
            for (long number : numbers) {
                CopyFacts copy = book.copy(number);
                if (copy != null && !copy.forgotten()) {
                    book.put(Shares.prove(book, copy, Instant.ofEpochMilli(clock.millis())));
                }
            }
            return null;
        });
    }

    /** Remembers that a copy could not be read as it was written; if it lies on one cartridge alone, nothing more is written to that. */
    public void doubt(long number, String why) throws IOException {
        registry.change(book -> {
            CopyFacts copy = book.copy(number);
            if (copy != null && !copy.forgotten()) {
                book.put(copy.doubted(why));
                closeOnly(book, copy, why);
            }
            return null;
        });
    }

    private static void closeOnly(Book book, CopyFacts copy, String why) throws IOException {
        Set<UUID> all = new HashSet<>();
        for (Extent extent : book.extents().of(copy.session(), copy.object().object())) {
            all.add(extent.volume());
        }
        VolumeFacts only = all.size() == 1 ? book.volume(all.iterator().next()) : null;
        if (only != null) {
            book.put(only.closed(Writing.DAMAGED, why));
        }
    }

    /** Names by ids of the media whose objects are listed; of a medium that has had several, the last. */
    public Map<UUID, String> media() throws IOException {
        return registry.read(book -> {
            Map<UUID, String> names = new HashMap<>();
            Map<UUID, Instant> times = new HashMap<>();
            for (CopyFacts copy : book.copies()) {
                UUID medium = copy.object().medium();
                Instant known = times.get(medium);
                if (copy.isListed() && (known == null || known.isBefore(copy.written()))) {
                    names.put(medium, copy.object().mediumName());
                    times.put(medium, copy.written());
                }
            }
            return names;
        });
    }
}
