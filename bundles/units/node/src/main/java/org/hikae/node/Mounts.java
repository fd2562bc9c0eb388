package org.hikae.node;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hikae.api.disk.Disks;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.node.nio.NodeFileSystemProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What disks are used as at the moment: each as a whole, or as a file system, by all nodes alike. The file system of a disk
 * is opened once, through the manager's door, for all nodes together. Thread-safe.
 */
final class Mounts {

    private static final Logger LOG = LoggerFactory.getLogger(Mounts.class);

    /** How long a node keeps files open that nobody uses, in seconds. */
    private static final long IDLE_SECONDS = 60;
    /** How old at most what the end of the platform by force takes away, beside what is in nodes' caches. */
    private static final Duration COMMIT_AFTER = Duration.ofSeconds(5);
    /** A disk that hangs holds up a thread. */
    private static final int THREADS = 4;

    private final Disks disks;
    private final Doors doors;
    /** One for all nodes, which see each other's locks. */
    private final NodeFileSystemProvider fileSystems = new NodeFileSystemProvider();

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS, Mounts::daemon);
    private final Duration commitAfter;
    /** Guarded by this. */
    private final Map<String, State> states = new HashMap<>();

    /** Opens the manager's door to a disk. */
    @FunctionalInterface
    interface Doors {
        SharedDisk open(String disk) throws IOException;
    }

    Mounts(Disks disks, Doors doors) {
        this(disks, doors, COMMIT_AFTER);
    }

    /** @param commitAfter how often what was changed is committed, whether anybody asks for it or not */
    Mounts(Disks disks, Doors doors, Duration commitAfter) {
        this.disks = disks;
        this.doors = doors;
        this.commitAfter = commitAfter;
    }

    /** What is known of a disk; its monitor is held while its file system is opened and closed. */
    private static final class State {
        private int wholes;
        /** Why nobody may use it at the moment; null: it may be. */
        private String barred;

        private SharedDisk door;
        private SharedFileSystem files;
        private ScheduledFuture<?> commits;
        private int users;
    }

    /** A file system in use by somebody. */
    interface Mount extends AutoCloseable {

        SharedFileSystem files();

        /** Idempotent. */
        @Override
        void close();
    }

    /** How programs get at the files of what is mounted. */
    NodeFileSystemProvider fileSystems() {
        return fileSystems;
    }

    private synchronized State state(String disk) {
        return states.computeIfAbsent(disk, any -> new State());
    }

    /** Does something after the time for which a node keeps files open that nobody uses. */
    ScheduledFuture<?> later(Disks.Idle idle) {
        return timer.schedule(
                () -> {
                    try {
                        idle.letGo();
                    } catch (IOException e) {
                        LOG.warn("a file system was not closed cleanly", e);
                    }
                },
                IDLE_SECONDS,
                TimeUnit.SECONDS);
    }

    /** Whoever writes a disk as a whole keeps its file system from being used. Idle users were asked to let go. */
    AutoCloseable claimWhole(String disk) throws IOException {
        State state = state(disk);
        synchronized (state) {
            checkNotBarred(state);
            if (state.users > 0) {
                throw new IOException("disk '" + disk + "' is in use as a file system: close its files, or use 'fs'"
                        + " commands on it instead");
            }
            state.wholes++;
        }
        return new Once(() -> {
            synchronized (state) {
                state.wholes--;
            }
        });
    }

    private static void checkNotBarred(State state) throws IOException {
        if (state.barred != null) {
            throw new IOException(state.barred);
        }
    }

    /** Opens the file system of a disk, if it is not open. */
    Mount join(String disk) throws IOException {
        State state = state(disk);
        synchronized (state) {
            checkNotBarred(state);
            if (state.wholes > 0) {
                throw new IOException(
                        "disk '" + disk + "' is open as a whole on a node: close it, and the exports of it,"
                                + " before its files are used");
            }
            if (state.files == null) {
                open(disk, state);
            }
            state.users++;
            return new Joined(state, state.files);
        }
    }

    /** The file system of a disk, if it is open; else null. */
    Mount joinOpen(String disk) throws IOException {
        State state = state(disk);
        synchronized (state) {
            return state.files == null ? null : join(disk);
        }
    }

    private void open(String disk, State state) throws IOException {
        SharedDisk door = doors.open(disk);
        try {
            SharedFileSystem files = disks.get(disk).mount(door);
            state.files = files;
            state.door = door;
            state.commits = timer.scheduleWithFixedDelay(
                    () -> commitInTime(disk, files),
                    commitAfter.toMillis(),
                    commitAfter.toMillis(),
                    TimeUnit.MILLISECONDS);
        } finally {
            if (state.files == null) {
                door.close();
            }
        }
    }

    private static void commitInTime(String disk, SharedFileSystem files) {
        try {
            files.commit();
        } catch (ClosedChannelException e) {
            LOG.debug("disk {}: its files were closed meanwhile, which commits", disk);
        } catch (IOException | RuntimeException e) {
            LOG.warn("disk {}: what was changed of its files is not durable yet", disk, e);
        }
    }

    /** The last user closes it. */
    private static void leave(State state) {
        synchronized (state) {
            state.users--;
            if (state.users == 0) {
                try {
                    close(state);
                } catch (IOException e) {
                    LOG.warn("a file system was not closed cleanly", e);
                }
            }
        }
    }

    private static void close(State state) throws IOException {
        SharedFileSystem files = state.files;
        SharedDisk door = state.door;
        state.files = null;
        state.door = null;
        if (files != null) {
            state.commits.cancel(false);
            try (door) {
                files.close();
            }
        }
    }

    /** Makes all durable, and closes the file system of a disk, if it is open. */
    void unmount(String disk) throws IOException {
        disks.letGo(disk);
        State state = state(disk);
        synchronized (state) {
            if (state.users > 0) {
                throw new IOException("disk '" + disk + "' is in use as a file system: close its files first");
            }
        }
    }

    /** Commits the file system of a disk, if it is open. */
    void commit(String disk) throws IOException {
        try (Mount mount = joinOpen(disk)) {
            if (mount != null) {
                mount.files().commit();
            }
        }
    }

    /** Keeps everybody else off a disk while something is done with the whole of it through the manager's door. */
    void alone(String disk, String why, Work work) throws IOException {
        disks.letGo(disk);
        State state = state(disk);
        synchronized (state) {
            checkNotBarred(state);
            if (state.users > 0 || state.wholes > 0) {
                throw new IOException("disk '" + disk + "' is in use: close it on all nodes first");
            }
            state.barred = "disk '" + disk + "' is being " + why;
        }
        try (SharedDisk door = doors.open(disk)) {
            work.on(door);
        } finally {
            synchronized (state) {
                state.barred = null;
            }
        }
    }

    /** The platform stops. */
    void close() {
        timer.shutdownNow();
        List<State> all;
        synchronized (this) {
            all = new ArrayList<>(states.values());
        }
        for (State state : all) {
            synchronized (state) {
                try {
                    close(state);
                } catch (IOException e) {
                    LOG.warn("a file system was not closed cleanly", e);
                }
            }
        }
    }

    /** What is done with a disk. */
    @FunctionalInterface
    interface Work {
        void on(SharedDisk door) throws IOException;
    }

    private final class Joined implements Mount {

        private final SharedFileSystem files;
        private final Once left;

        Joined(State state, SharedFileSystem files) {
            this.files = files;
            this.left = new Once(() -> leave(state));
        }

        @Override
        public SharedFileSystem files() {
            return files;
        }

        @Override
        public void close() {
            left.close();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hikae-mounts");
        thread.setDaemon(true);
        return thread;
    }
}
