package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Manifest;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.Link;
import org.hikae.media.read.ObjectLengths;
import org.hikae.media.read.StoredManifest;

/**
 * A use of a generation and of those that it builds upon: none of them can be removed meanwhile, nor the media that they
 * lie on; if others become a part of something newer, their objects stay until this has ended (I5). Thread-safe.
 */
final class Reading implements AutoCloseable {

    private final Readings all;
    private final String how;
    /** What is done at the end; guarded by this, as all below. */
    private final List<Runnable> ends = new ArrayList<>();

    private Sighting newest;
    private List<Link> links = List.of();

    /** @param how what is done, after "data@1 ..." */
    Reading(Readings all, String how) {
        this.all = all;
        this.how = how;
    }

    /** The generation that is used, with its manifest as it was on the medium then. */
    synchronized Sighting newest() {
        return newest;
    }

    /** The generation that is used, and what it builds upon as far as that was asked for, the newest first. */
    synchronized List<Link> links() {
        return links;
    }

    /** Begins to use a generation, alone. */
    synchronized void begin(String id) throws IOException {
        all.inUse().beginNamedRead(id);
        ends.add(() -> all.inUse().endNamedRead(id));
        Sighting found = all.finder().find(id);
        use(found.medium(), id + " " + how);
        newest = all.shelves().of(found.medium()).seeAgain(found);
        pin(newest.stored());
    }

    /**
     * The medium of a generation's log, used from now on.
     *
     * @return null if it needs none
     */
    synchronized UsableMedium log(Manifest manifest) throws IOException {
        UsableMedium log = all.finder().logMedium(manifest);
        if (log != null) {
            use(log, "the log of " + manifest.id() + " is being read");
        }
        return log;
    }

    /**
     * Uses all that the generation builds upon from now on.
     *
     * @param oldest id of the last one; null: down to the full one
     * @throws IOException if any of them is not there, or not whole
     */
    synchronized void addParents(String oldest) throws IOException {
        List<Link> chain = new ArrayList<>();
        chain.add(link(newest, false));
        Manifest manifest = newest.manifest();
        while (manifest.parent() != null && !manifest.id().equals(oldest)) {
            String parentId = manifest.parent().id();
            all.inUse().beginRead(parentId);
            ends.add(() -> all.inUse().endRead(parentId));
            Sighting parent = all.finder().parentOf(manifest);
            use(parent.medium(), parent.id() + ", upon which " + newest.id() + " builds, " + how);
            pin(parent.stored());
            chain.add(link(parent, true));
            manifest = parent.manifest();
        }
        links = chain;
    }

    /** A generation of which a part is missing is not read, rather than failing in the middle of a restore. */
    private Link link(Sighting sighting, boolean below) throws IOException {
        Manifest manifest = sighting.manifest();
        UsableMedium log = log(manifest);
        checkFindable(sighting, log);
        List<String> wrong = below ? sighting.wrongBlocks() : sighting.wrongObjects();
        if (log != null) {
            wrong.addAll(Sighting.compare(manifest.log().all(), logLengths(manifest, log), log));
        }
        if (!wrong.isEmpty()) {
            throw new DamagedException("generation " + manifest.id() + " is damaged: " + String.join("; ", wrong));
        }
        return new Link(manifest, sighting.stored().sha256(), sighting.medium(), log);
    }

    /**
     * Sees whether it is known of all objects of a generation where they are.
     *
     * @param log the medium of its log; null if it needs none
     * @throws IOException if some may be in a second tier of which nothing is known now; says why
     */
    static void checkFindable(Sighting sighting, UsableMedium log) throws IOException {
        Manifest manifest = sighting.manifest();
        Sighting.checkFindable(manifest.id(), manifest.own(), sighting.lengths(), sighting.medium());
        if (log != null) {
            Sighting.checkFindable(manifest.id(), manifest.log().all(), logLengths(manifest, log), log);
        }
    }

    private static Map<String, Long> logLengths(Manifest manifest, UsableMedium log) throws IOException {
        return ObjectLengths.list(log.objects(), manifest.id() + "/");
    }

    private void pin(StoredManifest manifest) {
        if (manifest != null) {
            all.inUse().pin(manifest);
            ends.add(() -> all.unpin(manifest));
        }
    }

    private void use(UsableMedium medium, String reason) throws IOException {
        UsableMedium.Use use = medium.use(reason);
        // The media are let go after what has waited for this end was removed from them.
        ends.add(0, use::close);
    }

    /** Idempotent. */
    @Override
    public void close() {
        List<Runnable> now;
        synchronized (this) {
            now = new ArrayList<>(ends);
            ends.clear();
        }
        for (int i = now.size() - 1; i >= 0; i--) {
            now.get(i).run();
        }
    }
}
