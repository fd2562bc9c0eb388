package org.hikae.files.center.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.api.files.RunId;
import org.hikae.api.media.ObjectAreas;
import org.hikae.api.media.spi.Medium;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.center.table.Tables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all of the store uses: the media, the tables, and who may do what meanwhile. Thread-safe. */
final class Core implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final int PROBLEMS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ObjectAreas areas;
    private final Tables tables;
    private final InstantSource clock;
    /**
     * Held for reading from when a part's references are looked up until it is entered; for writing by who removes what may be
     * referred to (R22), or compares media and tables. Fair, so that neither waits for ever.
     */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
    /** By name of the medium; guarded by itself. */
    private final Map<String, Medium> open = new HashMap<>();
    /** The newest last; guarded by itself. */
    private final Deque<String> problems = new ArrayDeque<>();
    /** Media that could not be looked at, and why; guarded by itself. */
    private final Map<String, String> unseen = new TreeMap<>();
    /** Runs of which a part is being written; guarded by itself. */
    private final Set<RunId> written = new HashSet<>();
    /** Parts that are on a medium and could not be entered, by run; guarded by itself. */
    private final Map<RunId, List<NewPart>> unentered = new HashMap<>();

    /** On which new parts are put; null: none was said yet. */
    private volatile String medium;

    Core(ObjectAreas areas, Tables tables, InstantSource clock) {
        this.areas = areas;
        this.tables = tables;
        this.clock = clock;
    }

    /** Work that needs the tables to be as the media are. */
    interface Settled<T> {
        T run() throws IOException;
    }

    /** @throws IOException if the media are being looked at for long */
    <T> T settled(Settled<T> work) throws IOException {
        try {
            if (!gate.readLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("files of clients are being looked at on the media; try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the center's tables");
        }
        try {
            return work.run();
        } finally {
            gate.readLock().unlock();
        }
    }

    /** The center's area of a medium, for a look: closed by the caller. @throws IOException if the medium cannot be used */
    Medium visit(String name) throws IOException {
        return areas.open(name, PartName.AREA);
    }

    InstantSource clock() {
        return clock;
    }

    Tables tables() {
        return tables;
    }

    ReentrantReadWriteLock gate() {
        return gate;
    }

    String medium() {
        return medium;
    }

    void use(String name) throws IOException {
        area(name);
        medium = name;
    }

    /** @throws IOException if none was said yet */
    String current() throws IOException {
        String now = medium;
        if (now == null) {
            throw new IOException("there is no medium for files of clients; 'center start --to MEDIUM' says which");
        }
        return now;
    }

    /** The center's area of a medium. */
    Medium area(String name) throws IOException {
        synchronized (open) {
            Medium area = open.get(name);
            if (area == null) {
                area = areas.open(name, PartName.AREA);
                open.put(name, area);
            }
            return area;
        }
    }

    /** Lets go of the media on which there is nothing, so that they can be removed. With the gate closed. */
    void letGo(Collection<String> needed) {
        synchronized (open) {
            for (String name : List.copyOf(open.keySet())) {
                if (!needed.contains(name) && !name.equals(medium)) {
                    try (Medium area = open.remove(name)) {
                        LOG.debug("nothing of files of clients is on {}", area);
                    } catch (IOException e) {
                        LOG.warn("medium {} was not closed well", name, e);
                    }
                }
            }
        }
    }

    void problem(String text) {
        LOG.warn("{}", text);
        synchronized (problems) {
            if (!problems.contains(text)) {
                problems.add(text);
            }
            if (problems.size() > PROBLEMS) {
                problems.remove();
            }
        }
    }

    /** Before all is looked at anew. */
    void forgetProblems() {
        synchronized (problems) {
            problems.clear();
        }
    }

    /** A medium cannot be looked at: what is on it besides what the tables have is not known. @param why null: it can */
    void unseen(String name, String why) {
        synchronized (unseen) {
            String before = why == null ? unseen.remove(name) : unseen.put(name, why);
            if (why != null && !why.equals(before)) {
                LOG.warn("medium '{}' could not be looked at: {}", name, why);
            }
        }
    }

    List<String> problems() {
        List<String> all = new ArrayList<>();
        synchronized (unseen) {
            unseen.forEach((name, why) -> all.add("medium '" + name + "' could not be looked at: " + why));
        }
        synchronized (problems) {
            all.addAll(problems);
        }
        return all;
    }

    /** Whether nobody else writes it; then the caller does, until {@link #leave}. */
    boolean begin(RunId run) {
        synchronized (written) {
            return written.add(run);
        }
    }

    void leave(RunId run) {
        synchronized (written) {
            written.remove(run);
        }
    }

    boolean isWritten(RunId run) {
        synchronized (written) {
            return written.contains(run);
        }
    }

    /** A part is on its medium, and nobody knows whether it is entered: it will be before the run is looked at again. */
    void enterLater(RunId run, NewPart part) {
        synchronized (unentered) {
            unentered.computeIfAbsent(run, key -> new ArrayList<>()).add(part);
        }
    }

    /** Enters a part that has come. Again: does nothing, but for what parts behind it say, which may have come before. */
    void enter(NewPart part) throws IOException {
        long behind = tables.call(connection -> {
            RunRow run = new Entering(connection).receive(part, clock.millis());
            return PartRow.after(connection, run.id(), part.row().end());
        });
        if (behind >= 0) {
            new Completing(this).from(new RunId(part.origin(), part.backup(), part.number()), behind);
        }
    }

    /** Enters what could not be entered before. */
    void settle(RunId run) throws IOException {
        List<NewPart> parts;
        synchronized (unentered) {
            parts = unentered.containsKey(run) ? List.copyOf(unentered.get(run)) : List.of();
        }
        for (NewPart part : parts) {
            enter(part);
            synchronized (unentered) {
                List<NewPart> left = unentered.get(run);
                if (left != null && left.remove(part) && left.isEmpty()) {
                    unentered.remove(run);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        synchronized (open) {
            for (Medium each : open.values()) {
                try {
                    each.close();
                } catch (IOException e) {
                    failure = e;
                }
            }
            open.clear();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
