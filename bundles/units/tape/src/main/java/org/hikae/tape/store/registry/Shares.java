package org.hikae.tape.store.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.tape.store.Extent;

/** Keeps copies and what they have on cartridges in step. Within a change. */
final class Shares {

    private Shares() {}

    /**
     * Looks at a copy anew, whose extents may have become more, or a cartridge of which has come to be known: it is whole with all of its
     * bytes on cartridges that are known. It has a share of each cartridge that is needed to find and to read it: of
     * those, too, that have nothing but a table which names it.
     *
     * @param on the cartridge with the table that says something of it now
     */
    static CopyFacts refresh(Book book, CopyFacts copy, UUID on) throws IOException {
        if (copy.forgotten()) {
            return copy;
        }
        Map<UUID, Long> shares = new HashMap<>();
        long end = 0;
        boolean sound = true;
        for (Extent extent : book.extents().of(copy.session(), copy.object().object())) {
            sound &= extent.offset() >= end && extent.end() <= copy.object().length();
            end = extent.end();
            shares.merge(extent.volume(), extent.length(), Long::sum);
        }
        long have = 0;
        for (Map.Entry<UUID, Long> share : shares.entrySet()) {
            VolumeFacts volume = book.volume(share.getKey());
            // one that was never seen here is missing, or was written over; one that is lost may be found again
            have += volume == null || volume.abandoned() || volume.lost() ? 0 : share.getValue();
        }
        shares.putIfAbsent(on, 0L);
        for (UUID table : book.extents().tables(copy.session(), copy.object().object())) {
            shares.putIfAbsent(table, 0L);
        }
        CopyFacts now = copy.having(have);
        if (!sound) {
            now = now.having(-1).doubted("its tables contradict each other");
        }
        book.put(now);
        for (Map.Entry<UUID, Long> share : shares.entrySet()) {
            book.putShare(share.getKey(), copy.number(), share.getValue());
        }
        return now;
    }

    /** A cartridge is lost for good that a copy has a share of. Should it be found again, it has to be read before it is relied upon. */
    static void lose(Book book, Book.Share share, VolumeFacts lost) throws IOException {
        CopyFacts now = refresh(book, share.copy(), lost.id());
        book.put(now.isListed() ? now.doubted(unnamed(lost)) : now.unproven());
    }

    private static String unnamed(VolumeFacts lost) {
        return "the table that names it was on cartridge " + lost.label().barcode()
                + ", which is lost: this home alone knows where it is";
    }

    /** A copy was read as it was written. As long as the table that names it is lost, it would be lost with this home all the same. */
    static CopyFacts prove(Book book, CopyFacts copy, Instant when) throws IOException {
        CopyFacts proven = copy.proven(when);
        SessionFacts session = book.session(copy.session());
        for (UUID id : session == null ? List.<UUID>of() : session.volumes()) {
            VolumeFacts volume = book.volume(id);
            if (volume != null && volume.lost() && book.hasShare(id, copy.number())) {
                return proven.doubted(unnamed(volume));
            }
        }
        return proven;
    }

    /** Gives a copy up. It stays known that it was there, so that its tables do not bring it back. */
    static void drop(Book book, CopyFacts copy) throws IOException {
        SessionFacts session = book.session(copy.session());
        if (session != null) {
            for (UUID volume : session.volumes()) {
                book.removeShare(volume, copy.number());
            }
        }
        book.extents().remove(copy.session(), copy.object().object());
        book.put(copy.gone());
    }

    /** Forgets sessions that a cartridge had which is not there any more, if nothing of them is anywhere else. */
    static void purge(Book book, UUID gone) throws IOException {
        for (SessionFacts session : book.sessions()) {
            if (session.volumes().contains(gone) && isNowhere(book, session)) {
                List<CopyFacts> copies = new ArrayList<>(book.copiesOf(session.id()));
                if (copies.stream().allMatch(CopyFacts::forgotten)) {
                    for (CopyFacts copy : copies) {
                        book.remove(copy);
                    }
                    book.extents().remove(session.id());
                    book.removeSession(session.id());
                }
            }
        }
    }

    private static boolean isNowhere(Book book, SessionFacts session) throws IOException {
        for (UUID volume : session.volumes()) {
            if (book.volume(volume) != null) {
                return false;
            }
        }
        return true;
    }
}
