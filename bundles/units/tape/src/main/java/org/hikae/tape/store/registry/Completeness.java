package org.hikae.tape.store.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.tape.format.Table;

/** Whether all is known that was ever committed to tape, and is still on one. */
final class Completeness {

    private Completeness() {}

    /** Cartridges that newest tables name, and that were never read. */
    static Collection<Table.Volume> missing(Book book) throws IOException {
        Map<String, List<VolumeFacts>> known = new HashMap<>();
        for (VolumeFacts volume : book.volumes()) {
            known.computeIfAbsent(volume.label().barcode(), key -> new ArrayList<>())
                    .add(volume);
        }
        Map<UUID, Table.Volume> missing = new HashMap<>();
        Map<UUID, Instant> lost = declaredLost(book);
        for (Census census : book.censuses()) {
            for (Table.Volume volume : census.volumes()) {
                List<VolumeFacts> same = known.getOrDefault(volume.barcode(), List.of());
                boolean there = book.volume(volume.volume()) != null;
                // another label on the same cartridge: it was erased since
                boolean erased =
                        same.stream().anyMatch(other -> other.label().labelled().isAfter(census.listed()));
                boolean gone = lost.getOrDefault(volume.volume(), Instant.MIN).isAfter(census.listed());
                if (!there && !erased && !gone) {
                    missing.put(volume.volume(), volume);
                }
            }
        }
        return missing.values();
    }

    /** When a table last said of a cartridge that it is lost. */
    private static Map<UUID, Instant> declaredLost(Book book) throws IOException {
        Map<UUID, Instant> lost = new HashMap<>();
        for (Census census : book.censuses()) {
            census.lost()
                    .forEach(volume -> lost.merge(
                            volume.volume(), census.listed(), (one, other) -> one.isAfter(other) ? one : other));
        }
        return lost;
    }

    /** Cartridges that were declared lost, here or in another home, and were not found again. */
    static Collection<Table.Volume> lost(Book book) throws IOException {
        Map<UUID, Table.Volume> lost = new HashMap<>();
        for (Census census : book.censuses()) {
            census.lost().forEach(volume -> lost.put(volume.volume(), volume));
        }
        for (VolumeFacts volume : book.volumes()) {
            if (volume.lost()) {
                lost.put(
                        volume.id(),
                        new Table.Volume(volume.id(), volume.label().barcode(), 0));
            } else {
                lost.remove(volume.id());
            }
        }
        missing(book).forEach(volume -> lost.remove(volume.volume()));
        return lost.values();
    }

    /**
     * Whether all copies of a medium are known. Of one that has begun here nothing can be on what another home says there is, and this one
     * has never seen.
     *
     * @param home id of this home
     */
    static boolean isComplete(Book book, UUID home, UUID medium) throws IOException {
        if (!book.hasBegun(medium)) {
            return gaps(book).isEmpty();
        }
        Set<UUID> others = new HashSet<>();
        for (Census census : book.censuses()) {
            if (!census.home().equals(home)) {
                census.volumes().forEach(volume -> others.add(volume.volume()));
            }
        }
        return book.behind() == null
                && unread(book).isEmpty()
                && missing(book).stream().allMatch(volume -> others.contains(volume.volume()));
    }

    /** Where cartridges end, at least: behind the last table that any home has known there when it wrote one elsewhere. */
    static Map<UUID, Long> listedTails(Book book) throws IOException {
        Map<UUID, Long> tails = new HashMap<>();
        for (Census census : book.censuses()) {
            census.volumes().forEach(volume -> tails.merge(volume.volume(), volume.tail(), Long::max));
        }
        return tails;
    }

    /** What is wrong with cartridges that are known, a sentence each. */
    private static List<String> unread(Book book) throws IOException {
        List<String> gaps = new ArrayList<>();
        Map<UUID, Long> tails = listedTails(book);
        for (VolumeFacts volume : book.volumes()) {
            if (volume.abandoned() || volume.lost()) {
                continue;
            } else if (!volume.known()) {
                gaps.add("cartridge " + volume.label().barcode() + " has not been read yet");
            } else if (volume.hidden() != null) {
                gaps.add(volume.hidden());
            } else if (volume.tail() < tails.getOrDefault(volume.id(), 0L)) {
                gaps.add("the end of cartridge " + volume.label().barcode() + ", which was at position "
                        + tails.get(volume.id()) + ", was not found");
            }
        }
        return gaps;
    }

    static List<String> gaps(Book book) throws IOException {
        List<String> gaps = new ArrayList<>();
        if (book.behind() != null) {
            gaps.add(book.behind());
        }
        gaps.addAll(unread(book));
        missing(book).stream()
                .map(Table.Volume::barcode)
                .sorted()
                .forEach(barcode -> gaps.add("cartridge " + barcode
                        + " is missing: nothing on it is known; if it is lost for good, say so with 'tape lost "
                        + barcode + "'"));
        for (Census census : book.censuses()) {
            if (census.goesOn() && !book.hasEnded(census)) {
                gaps.add("what was being written when cartridge " + census.barcode()
                        + " was full may go on on another cartridge, which is missing; if there is none, or it is lost for good,"
                        + " say so with 'tape lost --rest " + census.barcode() + "'");
            }
        }
        return gaps;
    }
}
