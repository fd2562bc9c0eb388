package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Manifest;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.Link;
import org.hikae.media.read.ObjectLengths;

/**
 * A use of a generation and of those that it builds upon: none of them can be removed meanwhile, nor the media that they
 * lie on. Thread-safe.
 */
final class Reading implements AutoCloseable {

    private final Finder finder;
    private final Shelves shelves;
    private final InUse inUse;
    private final String how;
    /** Guarded by this, as all below. */
    private final List<String> begun = new ArrayList<>();

    private final List<UsableMedium.Use> uses = new ArrayList<>();

    /** @param how what is done, after "data@1 ..." */
    Reading(Finder finder, Shelves shelves, InUse inUse, String how) {
        this.finder = finder;
        this.shelves = shelves;
        this.inUse = inUse;
        this.how = how;
    }

    /**
     * Begins to use a generation, alone.
     *
     * @return the generation, with its manifest as it is on the medium now
     */
    Sighting begin(String id) throws IOException {
        pin(id);
        Sighting found = finder.find(id);
        use(found.medium(), id + " " + how);
        return shelves.of(found.medium()).seeAgain(found);
    }

    /**
     * The medium of a generation's log, used from now on.
     *
     * @return null if it needs none
     */
    UsableMedium log(Manifest manifest) throws IOException {
        UsableMedium log = finder.logMedium(manifest);
        if (log != null) {
            use(log, "the log of " + manifest.id() + " is being read");
        }
        return log;
    }

    /**
     * A generation that is used, and all that it builds upon, used from now on, the newest first.
     *
     * @throws IOException if any of them is not there, or not whole
     */
    List<Link> chain(Sighting newest) throws IOException {
        List<Link> chain = new ArrayList<>();
        chain.add(link(newest));
        Manifest manifest = newest.manifest();
        while (manifest.parent() != null) {
            pin(manifest.parent().id());
            Sighting parent = finder.parentOf(manifest);
            use(parent.medium(), parent.id() + ", upon which " + newest.id() + " builds, " + how);
            chain.add(link(parent));
            manifest = parent.manifest();
        }
        return chain;
    }

    /** A generation of which a part is missing is not read, rather than failing in the middle of a restore. */
    private Link link(Sighting sighting) throws IOException {
        Manifest manifest = sighting.manifest();
        UsableMedium log = log(manifest);
        List<String> wrong = sighting.wrongObjects();
        if (log != null) {
            wrong.addAll(
                    Sighting.compare(manifest.log().all(), ObjectLengths.list(log.objects(), manifest.id() + "/")));
        }
        if (!wrong.isEmpty()) {
            throw new DamagedException("generation " + manifest.id() + " is damaged: " + String.join("; ", wrong));
        }
        return new Link(manifest, sighting.stored().sha256(), sighting.medium(), log);
    }

    private synchronized void pin(String id) throws IOException {
        inUse.beginRead(id);
        begun.add(id);
    }

    private synchronized void use(UsableMedium medium, String reason) throws IOException {
        uses.add(medium.use(reason));
    }

    /** Idempotent. */
    @Override
    public synchronized void close() {
        begun.forEach(inUse::endRead);
        begun.clear();
        uses.forEach(UsableMedium.Use::close);
        uses.clear();
    }
}
