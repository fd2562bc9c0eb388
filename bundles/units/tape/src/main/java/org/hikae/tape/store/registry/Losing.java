package org.hikae.tape.store.registry;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.tape.format.Table;

/** Declares the cartridges of a barcode lost for good. Within one change, once. */
final class Losing {

    private final Book book;
    private final String barcode;
    private final Set<UUID> there;

    /** Those that are lost with this. */
    private final Map<UUID, VolumeFacts> found = new LinkedHashMap<>();
    /** Whether nothing is known of what is on one of them. */
    private boolean unread;
    /** Whether one was declared lost before. */
    private boolean again;

    /** @param there those of that barcode that are not lost */
    Losing(Book book, String barcode, Set<UUID> there) {
        this.book = book;
        this.barcode = barcode;
        this.there = there;
    }

    /**
     * @param force also if nothing is known of what is on it
     * @throws IOException if there is no such cartridge, or it was declared lost before; or without {@code force}
     */
    void run(boolean force) throws IOException {
        findKnown();
        findMissing();
        check();
        if (unread && !force) {
            throw new IOException("nothing is known of what is on cartridge " + barcode
                    + ": so it cannot be said what is lost with it; 'tape lost --force' declares it lost all the same");
        }
        for (VolumeFacts volume : found.values()) {
            lose(volume);
        }
    }

    private void findKnown() throws IOException {
        for (VolumeFacts volume : book.volumes()) {
            if (!volume.label().barcode().equals(barcode) || there.contains(volume.id())) {
                continue;
            }
            again |= volume.lost();
            if (!volume.lost()) {
                found.put(volume.id(), volume);
                unread |= !volume.known() && !volume.abandoned();
            }
        }
    }

    private void findMissing() throws IOException {
        for (Table.Volume volume : Completeness.missing(book)) {
            if (volume.barcode().equals(barcode) && !there.contains(volume.volume())) {
                for (Census census : book.censuses()) {
                    if (census.volumes().stream().anyMatch(each -> each.volume().equals(volume.volume()))) {
                        found.put(volume.volume(), VolumeFacts.neverSeen(volume.volume(), barcode, census.home()));
                        unread = true;
                    }
                }
            }
        }
    }

    private void check() throws IOException {
        if (!found.isEmpty()) {
            return;
        } else if (again) {
            throw new IOException("cartridge " + barcode + " was declared lost already");
        } else if (!there.isEmpty()) {
            throw new IOException("cartridge " + barcode
                    + " is in a library, so it is not lost: 'tape erase --force' gives up what is on it");
        }
        throw new IOException("there is no cartridge " + barcode
                + " that could be lost: none of that barcode is known, and none is missing; see 'tape list'");
    }

    private void lose(VolumeFacts volume) throws IOException {
        VolumeFacts lost = volume.declaredLost();
        book.put(lost);
        for (Book.Share share : book.shares(volume.id())) {
            Shares.lose(book, share, lost);
        }
    }

    /**
     * Declares lost what goes on behind the newest table of a home, which is on a cartridge of that barcode, on one that nobody can name.
     *
     * @throws IOException if nothing does
     */
    static void loseRest(Book book, String barcode) throws IOException {
        boolean any = false;
        for (Census census : book.censuses()) {
            if (census.barcode().equals(barcode) && census.goesOn() && !book.hasEnded(census)) {
                book.end(census);
                any = true;
            }
        }
        if (!any) {
            throw new IOException("nothing that was written to cartridge " + barcode
                    + " is known to go on on a cartridge that is missing; see 'catalog rebuild --from tape'");
        }
    }
}
