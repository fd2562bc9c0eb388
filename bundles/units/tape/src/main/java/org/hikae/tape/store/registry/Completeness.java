package org.hikae.tape.store.registry;

import java.io.IOException;
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
        for (Census census : book.censuses()) {
            for (Table.Volume volume : census.volumes()) {
                List<VolumeFacts> same = known.getOrDefault(volume.barcode(), List.of());
                boolean there = book.volume(volume.volume()) != null;
                // another label on the same cartridge: it was erased since
                boolean erased =
                        same.stream().anyMatch(other -> other.label().labelled().isAfter(census.listed()));
                if (!there && !erased) {
                    missing.put(volume.volume(), volume);
                }
            }
        }
        return missing.values();
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

    /** What is wrong with cartridges that are known, a sentence each. */
    private static List<String> unread(Book book) throws IOException {
        List<String> gaps = new ArrayList<>();
        for (VolumeFacts volume : book.volumes()) {
            String barcode = volume.label().barcode();
            if (!volume.abandoned() && !volume.known()) {
                gaps.add("cartridge " + barcode + " has not been read yet");
            } else if (!volume.abandoned() && volume.hidden() != null) {
                gaps.add(volume.hidden());
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
                .forEach(barcode -> gaps.add("cartridge " + barcode + " is missing: nothing on it is known"));
        for (Census census : book.censuses()) {
            if (census.goesOn()) {
                gaps.add("what was being written when cartridge " + census.barcode()
                        + " was full may go on on another cartridge, which is missing");
            }
        }
        return gaps;
    }
}
