package org.hikae.tape.store.registry;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.format.Table;
import org.hikae.tape.store.Extent;

/** Takes in what tables say, and keeps sessions. Thread-safe; every method is one durable step. */
public final class TableBook {

    private final Registry registry;
    private final UUID home;
    private final Clock clock;

    /** @param home id of this home */
    public TableBook(Registry registry, UUID home, Clock clock) {
        this.registry = registry;
        this.home = home;
        this.clock = clock;
    }

    public UUID home() {
        return home;
    }

    /**
     * What a table has brought.
     *
     * @param objects number of those that are listed now, and were not
     * @param isNew whether it stands behind all that was known of its cartridge
     * @param expected whether it was the next one of a session of this home: one that a kill has kept the home from learning of
     * @param problems what it says that cannot be, a sentence each
     */
    public record Outcome(int objects, boolean isNew, boolean expected, List<String> problems) {}

    /**
     * Takes in a table; one that is known brings nothing new.
     *
     * @param on the cartridge that it stands on
     * @param tail position behind its filemark
     */
    public Outcome takeIn(Table table, UUID on, long tail) throws IOException {
        return registry.change(book -> {
            VolumeFacts volume = book.volume(on);
            if (volume == null) {
                throw new IOException("there is no cartridge of the id " + on + " any more");
            }
            boolean isNew = tail > volume.tail();
            SessionFacts session = session(book, table.session());
            boolean expected = session.own() && table.number() <= session.last() + 1;
            book.put(withVolumes(session, table, on).withTable(table.number()));
            book.put(volume.withTable(tail, table.written()));
            if (table.goesOn()) {
                book.put(book.volume(on).closed(VolumeFacts.Writing.FULL, null));
            }
            Map<Long, List<Extent>> extents = extents(table);
            if (isNew) {
                countBytes(book, extents);
            }
            book.put(book.census(table.home())
                    .with(table, !session.own(), volume.label().barcode()));
            List<String> problems = new ArrayList<>();
            int objects = takeIn(book, table, on, extents, problems);
            return new Outcome(objects, isNew, expected, problems);
        });
    }

    private SessionFacts session(Book book, UUID id) throws IOException {
        SessionFacts session = book.session(id);
        return session == null ? new SessionFacts(id, false, 0, List.of()) : session;
    }

    private static SessionFacts withVolumes(SessionFacts session, Table table, UUID on) {
        SessionFacts with = session.on(on);
        for (Table.Extent extent : table.extents()) {
            with = with.on(extent.volume());
        }
        return with;
    }

    private static Map<Long, List<Extent>> extents(Table table) {
        Map<Long, List<Extent>> extents = new TreeMap<>();
        for (Table.Extent extent : table.extents()) {
            extents.computeIfAbsent(extent.object(), key -> new ArrayList<>())
                    .add(new Extent(
                            extent.offset(), extent.length(), extent.volume(), extent.block(), extent.payload()));
        }
        return extents;
    }

    private static void countBytes(Book book, Map<Long, List<Extent>> extents) throws IOException {
        Map<UUID, Long> bytes = new HashMap<>();
        extents.values()
                .forEach(list -> list.forEach(extent -> bytes.merge(
                        extent.volume(), extent.length() + extent.records() * RecordHeader.BYTES, Long::sum)));
        for (Map.Entry<UUID, Long> entry : bytes.entrySet()) {
            VolumeFacts volume = book.volume(entry.getKey());
            if (volume != null) {
                book.put(volume.withMore(entry.getValue()));
            }
        }
    }

    private static int takeIn(Book book, Table table, UUID on, Map<Long, List<Extent>> extents, List<String> problems)
            throws IOException {
        Map<Long, CopyFacts> touched = new TreeMap<>();
        for (Map.Entry<Long, List<Extent>> entry : extents.entrySet()) {
            CopyFacts known = book.copy(table.session(), entry.getKey());
            if (known == null || !known.forgotten()) {
                book.extents().add(table.session(), entry.getKey(), table.number(), on, entry.getValue());
            }
            if (known != null) {
                touched.put(entry.getKey(), known);
            }
        }
        for (Table.StoredObject object : table.objects()) {
            CopyFacts known = book.copy(table.session(), object.object());
            CopyFacts copy = known == null ? begin(book, table, object, problems) : known;
            touched.put(object.object(), copy);
        }
        int objects = 0;
        for (CopyFacts copy : touched.values()) {
            CopyFacts now = Shares.refresh(book, copy, on);
            objects += now.isListed() && !copy.isListed() ? 1 : 0;
        }
        return objects;
    }

    private static CopyFacts begin(Book book, Table table, Table.StoredObject object, List<String> problems)
            throws IOException {
        CopyFacts copy = new CopyFacts(
                book.nextCopy(), table.session(), object, table.pool(), table.written(), null, null, false, -1);
        for (CopyFacts other : book.copiesOf(object.medium(), object.name())) {
            if (!other.isSame(object)) {
                problems.add("the object " + object.name() + " of the medium " + object.mediumName()
                        + " has another content in the copy of " + table.written() + " than in that of "
                        + other.written() + ", which is the one that counts");
                book.extents().remove(table.session(), object.object());
                return copy.gone();
            }
        }
        return copy;
    }

    /** Remembers that a session of this home is about to write to a cartridge. */
    public void begin(UUID session, UUID volume) throws IOException {
        registry.change(book -> {
            SessionFacts known = book.session(session);
            SessionFacts facts = known == null ? new SessionFacts(session, true, 0, List.of()) : known;
            book.put(facts.on(volume));
            return null;
        });
        registry.running().begin(session);
    }

    /** A session that was begun has ended: what it has not committed is lost. */
    public void end(UUID session) {
        registry.running().end(session);
    }

    /** A record of a session that was begun has come to a cartridge: that is needed, although no table names it yet. */
    public void wrote(UUID session, UUID volume) {
        registry.running().wrote(session, volume);
    }

    /** All records of a session that was begun are named by its tables, which were taken in. */
    public void named(UUID session) {
        registry.running().named(session);
    }

    /** Whether a session is one of this home's that has written to a cartridge. */
    public boolean hasWritten(UUID session, UUID volume) throws IOException {
        return registry.read(book -> {
            SessionFacts facts = book.session(session);
            return facts != null && facts.own() && facts.volumes().contains(volume);
        });
    }

    /** Remembers that things may be on tapes that this home does not know. */
    public void fallBehind(String why) throws IOException {
        registry.change(book -> {
            if (book.behind() == null) {
                book.setBehind(why);
            }
            return null;
        });
    }

    /**
     * Remembers that all cartridges that are there have been read. If there may have been more on any of them than was known, then
     * there still may be on the others, until each of them is read.
     *
     * @param read ids of those that were
     */
    public void catchUp(Set<UUID> read) throws IOException {
        registry.change(book -> {
            if (book.behind() != null) {
                for (VolumeFacts volume : book.volumes()) {
                    if (!volume.abandoned() && !volume.lost() && !read.contains(volume.id())) {
                        book.put(volume.unlearned());
                    }
                }
            }
            book.setBehind(null);
            return null;
        });
    }

    /**
     * When a table of this home is written that is written now: later than all that are known, of other homes too, whatever the clocks
     * say, since what it lists counts more than what they do.
     */
    public Instant now() throws IOException {
        return registry.read(book -> {
            Instant now = Instant.ofEpochMilli(clock.millis());
            Instant newest = book.censuses().stream()
                    .map(Census::newest)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
            return newest.isBefore(now) ? now : newest.plusMillis(1);
        });
    }

    /** The cartridges that a table of this home lists. */
    public List<Table.Volume> census() throws IOException {
        return registry.read(book -> {
            List<Table.Volume> all = new ArrayList<>();
            for (VolumeFacts volume : book.volumes()) {
                if (!volume.lost()) {
                    all.add(new Table.Volume(volume.id(), volume.label().barcode(), volume.tail()));
                }
            }
            all.addAll(Completeness.missing(book));
            return all;
        });
    }

    /** Where a cartridge ends at least, as tables on other cartridges say; 0: they say nothing. */
    public long listedTail(UUID volume) throws IOException {
        return registry.read(book -> Completeness.listedTails(book).getOrDefault(volume, 0L));
    }

    /** The cartridges that a table of this home says are lost: so a home that knows nothing does not look for them. */
    public List<Table.Volume> lost() throws IOException {
        return registry.read(book -> List.copyOf(Completeness.lost(book)));
    }

    /** Remembers that a medium has had no copies anywhere so far. */
    public void begin(UUID medium) throws IOException {
        if (!registry.read(book -> book.hasBegun(medium))) {
            registry.change(book -> {
                if (book.copies(medium, "").isEmpty()) {
                    book.begin(medium, Instant.ofEpochMilli(clock.millis()));
                }
                return null;
            });
        }
    }

    /** Whether all copies of a medium are known that may be on tapes. */
    public boolean isComplete(UUID medium) throws IOException {
        return registry.read(book -> Completeness.isComplete(book, home, medium));
    }

    /** Why not all is known that may be on tapes, a sentence each; empty if it is. */
    public List<String> gaps() throws IOException {
        return registry.read(Completeness::gaps);
    }
}
