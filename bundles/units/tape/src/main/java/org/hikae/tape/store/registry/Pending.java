package org.hikae.tape.store.registry;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which cartridges have parts of objects that are not whole yet, and may become so: of what is being written, and of what may go on on a
 * cartridge that was not read yet. Within one look at the registry.
 */
final class Pending {

    private final Book book;
    private final Running running;
    /** Null until somebody asks: it takes a look at all extents. */
    private Set<UUID> volumes;

    /** @param running the sessions of this home that go on */
    Pending(Book book, Running running) {
        this.book = book;
        this.running = running;
    }

    boolean isOn(UUID volume) throws IOException {
        if (running.hasUnnamed(volume)) {
            return true;
        }
        if (volumes == null) {
            volumes = find();
        }
        return volumes.contains(volume);
    }

    private Set<UUID> find() throws IOException {
        Set<UUID> found = new HashSet<>();
        boolean gaps = !Completeness.gaps(book).isEmpty();
        if (gaps || running.isAny()) {
            book.extents().scan((session, object, on) -> {
                if (isPending(session, object, gaps)) {
                    found.addAll(on);
                }
            });
        }
        return found;
    }

    private boolean isPending(UUID session, long object, boolean gaps) throws IOException {
        CopyFacts copy = book.copy(session, object);
        if (copy != null) {
            return gaps && !copy.forgotten() && !copy.isWhole();
        }
        SessionFacts facts = gaps ? book.session(session) : null;
        // what a session of this home has not committed before it ended is lost
        return running.contains(session) || facts != null && !facts.own();
    }
}
