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
import org.hikae.files.center.common.CommonArea;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.Tables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all of the store uses: the media, the tables, and who may do what meanwhile. Thread-safe. */
final class Core implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final int PROBLEMS = 100;
    /** How long the gate is waited for, and a medium that is being opened. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ObjectAreas areas;
    private final Tables tables;
    private final InstantSource clock;
    /**
     * Held for reading from when a part's references are looked up until it is entered; for writing by who removes what may be
     * referred to (R22), or compares media and tables. Fair, so that neither waits for ever. Nobody waits for a medium to be opened with
     * it held.
     */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

    private final OpenMedia open;
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

    /** @param opening how long a medium that is being opened is waited for */
    Core(ObjectAreas areas, Tables tables, InstantSource clock, Duration opening) {
        this.areas = areas;
        this.open = new OpenMedia(
                name -> new CommonArea(name, areas.open(name, PartName.AREA), tables, this::problem), opening);
        this.tables = tables;
        this.clock = clock;
    }

    /** Work that needs the tables to be as the media are. */
    interface Settled<T> {
        T run() throws IOException;
    }

    /** @throws IOException if the media are being looked at for long */
    <T> T settled(Settled<T> work) throws IOException {
        return withMedia(() -> settledNow(work));
    }

    /** Work with the gate closed, in which the tables and the media change. */
    <T> T exclusively(Settled<T> work) throws IOException {
        return withMedia(() -> {
            gate.writeLock().lock();
            try {
                return work.run();
            } finally {
                gate.writeLock().unlock();
            }
        });
    }

    /**
     * Does work that holds the gate. If it needs a medium that is not open, it ends there, and is begun again when the medium has been opened,
     * with the gate free.
     */
    <T> T withMedia(Settled<T> work) throws IOException {
        while (true) {
            try {
                return work.run();
            } catch (UnopenedException e) {
                if (isGateHeld()) {
                    throw e;
                }
                area(e.medium());
            }
        }
    }

    private boolean isGateHeld() {
        return gate.isWriteLockedByCurrentThread() || gate.getReadHoldCount() > 0;
    }

    private <T> T settledNow(Settled<T> work) throws IOException {
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

    /**
     * The center's area of a medium.
     *
     * @throws UnopenedException if it is not open, and does not open soon; with the gate held, nothing is waited for
     */
    CommonArea area(String name) throws IOException {
        return open.get(name, !isGateHeld());
    }

    /** Opens media before the gate is closed. @return those that are not open, and why */
    Map<String, IOException> prepare(Collection<String> names) throws IOException {
        return open.prepare(names);
    }

    /** Lets go of the media on which there is nothing, so that they can be removed. With the gate closed. */
    void letGo(Collection<String> needed) {
        Set<String> all = new HashSet<>(needed);
        all.add(medium);
        open.closeAllBut(all);
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

    /** Names of the media that could not be looked at. */
    Set<String> unseen() {
        synchronized (unseen) {
            return Set.copyOf(unseen.keySet());
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

    /** Enters a part that has come. Backlog: does nothing, but for what is to be read again on account of it. */
    void enter(NewPart part) throws IOException {
        tables.call(connection -> new Entering(connection).receive(part, clock.millis()));
        new Completing(this).after(new RunId(part.origin(), part.backup(), part.number()));
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
        open.close();
    }
}
