package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.hikae.api.job.Reason;
import org.hikae.config.Configured;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.io.DurableFiles;

/**
 * The buffer area (e.2): a folder for each row, in it a folder for each run, by number. A run is made in a folder whose name begins with
 * a dot and gets its name when all of it is durable: it is sealed or not there. It is deleted only when it was released (R23, I6).
 * Thread-safe.
 */
public final class Buffer {

    private static final String SENT = "sent";
    private static final String NUMBER = "[1-9][0-9]{0,17}";

    private final Path folder;
    private final Space space;
    private final Steps steps;

    /** Held while folders of runs go, and while it is looked which there are: one that is going is not taken for one. */
    private final Object folders = new Object();

    /** Sealed runs by row and number. Guarded by itself. */
    private final Map<String, ConcurrentSkipListMap<Long, BufferedRun>> runs = new TreeMap<>();

    private final HeldRuns held = new HeldRuns();

    private final DamagedRuns damaged = new DamagedRuns();

    /** Opens the buffer, and clears away what was being made or deleted when it was left. */
    public Buffer(Path folder, Steps steps) throws IOException {
        this(folder, Space.Disk.REAL, steps);
    }

    Buffer(Path folder, Space.Disk disk, Steps steps) throws IOException {
        this.folder = folder;
        this.steps = steps;
        createPrivate(folder);
        space = new Space(folder, disk);
        for (Path backup : children(folder)) {
            // A buffer with a file system of its own has others' folders too, such as lost+found.
            if (Configured.isName(backup.getFileName().toString())
                    && Files.isDirectory(backup, LinkOption.NOFOLLOW_LINKS)) {
                recover(backup);
            }
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        DurableFiles.createFolders(folder);
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (UnsupportedOperationException e) {
            // A file system without such permissions.
        }
    }

    private void recover(Path backup) throws IOException {
        for (Path run : children(backup)) {
            if (run.getFileName().toString().startsWith(".")) {
                deleteTree(run);
            }
        }
        reload(backup.getFileName().toString());
    }

    /** Takes a row's runs in that are sealed and not known here. */
    public void reload(String backup) throws IOException {
        Path there = folderOf(backup);
        if (!Files.isDirectory(there)) {
            return;
        }
        synchronized (folders) {
            for (Path run : children(there)) {
                String name = run.getFileName().toString();
                if (name.matches(NUMBER) && run(backup, Long.parseLong(name)).isEmpty()) {
                    load(run);
                }
            }
        }
    }

    private void load(Path run) {
        try {
            BufferedRun read = new BufferedRun(run, Manifest.read(run), sent(run));
            if (!run.equals(folderOf(read.backup(), read.number()))) {
                throw new IOException("it is another run than its folder's name says");
            }
            held.found(read);
            enter(read);
            space.add(read.size());
            damaged.remove(run);
        } catch (IOException e) {
            boolean there = Files.exists(run.resolve(SENT)) || Files.exists(run.resolve(HeldRuns.FILE));
            damaged.add(new DamagedRun(run, Reason.of(e), there));
        }
    }

    private static Instant sent(Path run) throws IOException {
        try {
            return Instant.parse(Files.readString(run.resolve(SENT)).strip());
        } catch (NoSuchFileException e) {
            return null;
        } catch (DateTimeException e) {
            // It says that the run was sent, if not when: it is durable elsewhere.
            return Instant.EPOCH;
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        return children;
    }

    public HeldRuns held() {
        return held;
    }

    public DamagedRuns damaged() {
        return damaged;
    }

    public Path folder() {
        return folder;
    }

    /** Never outside the buffer, whatever somebody has written into a configuration. */
    private Path folderOf(String backup) {
        if (!Configured.isName(backup)) {
            throw new IllegalArgumentException("'" + backup + "' cannot be the name of a backup");
        }
        return folder.resolve(backup);
    }

    private Path folderOf(String backup, long number) {
        return folderOf(backup).resolve(Long.toString(number));
    }

    /** Bytes taken, frozen files not counted. */
    public long used() {
        return space.used();
    }

    /** @param bytes that may be taken */
    public void limit(long bytes) {
        space.limit(bytes);
    }

    /** The sealed runs of a row, the oldest first. */
    public List<BufferedRun> runs(String backup) {
        synchronized (runs) {
            Map<Long, BufferedRun> found = runs.get(backup);
            return found == null ? List.of() : List.copyOf(found.values());
        }
    }

    /** All sealed runs, by row and number. */
    public List<BufferedRun> runs() {
        synchronized (runs) {
            return runs.values().stream()
                    .flatMap(found -> found.values().stream())
                    .toList();
        }
    }

    public Optional<BufferedRun> run(String backup, long number) {
        synchronized (runs) {
            Map<Long, BufferedRun> found = runs.get(backup);
            return Optional.ofNullable(found == null ? null : found.get(number));
        }
    }

    /** The highest number of a run of this row that there is, readable or not; 0: there is none. */
    public long lastNumber(String backup) throws IOException {
        long last = 0;
        if (Files.isDirectory(folderOf(backup))) {
            for (Path run : children(folderOf(backup))) {
                String name = run.getFileName().toString();
                last = name.matches(NUMBER) ? Math.max(last, Long.parseLong(name)) : last;
            }
        }
        return last;
    }

    /** Begins a run. There must be none of its number, and one caller at a time for each row. */
    public RunBuilder begin(RunItem.Start start, Room.Waiting waiting) throws IOException {
        Path building = building(start);
        createPrivate(folderOf(start.backup()));
        Files.createDirectory(building);
        return new RunBuilder(building, start, bytes -> take(bytes, waiting));
    }

    private Path building(RunItem.Start start) {
        return folderOf(start.backup()).resolve("." + start.number() + "." + start.id());
    }

    /** What was sent and is kept for quick restores goes first. */
    private void take(long bytes, Room.Waiting waiting) throws IOException {
        String why = space.tryTake(bytes);
        while (why != null) {
            BufferedRun kept = oldestKept();
            if (kept != null) {
                delete(kept);
            } else {
                waiting.await(folder, why, space::await);
            }
            why = space.tryTake(bytes);
        }
    }

    private BufferedRun oldestKept() {
        return runs().stream()
                .filter(run -> run.sent() != null)
                .min(Comparator.comparing(BufferedRun::sent))
                .orElse(null);
    }

    /** Drops a run that is being made. */
    public void abandon(RunBuilder builder, RunItem.Start start) throws IOException {
        try {
            builder.close();
        } finally {
            // It may be that there is no room to close it, and all the more it has to go.
            try {
                deleteTree(building(start));
            } finally {
                space.give(builder.taken());
            }
        }
    }

    /**
     * Seals a run. All of it is durable when this returns.
     *
     * @param between done when the run is durable, and before it is sealed
     * @return the run; whoever made it still has to {@link #enter} it
     */
    public BufferedRun seal(RunBuilder builder, RunItem.Start start, UUID baseId, Between between) throws IOException {
        Manifest manifest = builder.finish(baseId);
        steps.done("run durable");
        between.run();
        steps.done("known files durable");
        Path run = folderOf(start.backup(), start.number());
        Files.move(building(start), run, StandardCopyOption.ATOMIC_MOVE);
        steps.done("run renamed");
        DurableFiles.forceFolder(run.getParent());
        steps.done("run sealed");
        return new BufferedRun(run, manifest, null);
    }

    /** Something that may fail. */
    @FunctionalInterface
    public interface Between {
        void run() throws IOException;
    }

    /** Lets a run that was sealed be seen. */
    public void enter(BufferedRun run) {
        synchronized (runs) {
            runs.computeIfAbsent(run.backup(), key -> new ConcurrentSkipListMap<>())
                    .put(run.number(), run);
        }
    }

    /** Notes durably that a run is at the center with all it has: it may be deleted when its room is needed. */
    public void markSent(BufferedRun run, Instant now) throws IOException {
        DurableFiles.replace(run.folder().resolve(SENT), now.toString().getBytes(StandardCharsets.UTF_8));
        synchronized (runs) {
            Map<Long, BufferedRun> there = runs.get(run.backup());
            if (there != null) {
                there.computeIfPresent(
                        run.number(), (number, kept) -> new BufferedRun(kept.folder(), kept.manifest(), now));
            }
        }
    }

    /** Deletes a run that was released, or whose row is forgotten. It is not there any more when this returns; its room is free. */
    public void delete(BufferedRun run) throws IOException {
        Path gone = run.folder().resolveSibling("." + run.number() + ".gone");
        synchronized (folders) {
            synchronized (runs) {
                Map<Long, BufferedRun> there = runs.get(run.backup());
                if (there == null || there.remove(run.number()) == null) {
                    return;
                }
            }
            try {
                deleteTree(gone);
                Files.move(run.folder(), gone, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                // Somebody has taken it away behind our back.
            } catch (IOException e) {
                enter(run);
                throw e;
            }
        }
        held.gone(run);
        steps.done("run taken away");
        space.give(run.size());
        DurableFiles.forceFolder(gone.getParent());
        deleteTree(gone);
        steps.done("run deleted");
    }

    /** Deletes all runs of a row, whether they can be read or not. */
    public void forget(String backup) throws IOException {
        Path gone = folderOf(backup);
        for (BufferedRun run : runs(backup)) {
            delete(run);
        }
        damaged.forget(backup);
        synchronized (runs) {
            runs.remove(backup);
        }
        deleteTree(gone);
        DurableFiles.forceFolder(folder);
    }

    /** Deletes what cannot be read of a row's runs before that number: a run that builds upon none has taken its place. */
    public void forgetDamaged(String backup, long before) throws IOException {
        for (DamagedRun run : damaged.before(backup, before)) {
            deleteTree(run.folder());
            damaged.remove(run.folder());
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) {
            all = new ArrayList<>(walk.toList());
        }
        Collections.reverse(all);
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
