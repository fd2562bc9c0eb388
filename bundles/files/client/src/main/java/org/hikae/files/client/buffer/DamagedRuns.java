package org.hikae.files.client.buffer;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sealed runs of the buffer that cannot be read. Thread-safe. */
public final class DamagedRuns {

    /** By folder. Guarded by this. */
    private final Map<Path, DamagedRun> runs = new TreeMap<>();

    DamagedRuns() {}

    synchronized void add(DamagedRun run) {
        runs.put(run.folder(), run);
    }

    /** It can be read, or is gone. */
    synchronized void remove(Path run) {
        runs.remove(run);
    }

    synchronized void forget(String backup) {
        runs.values().removeIf(run -> run.backup().equals(backup));
    }

    private synchronized Stream<DamagedRun> of(String backup) {
        return List.copyOf(runs.values()).stream().filter(run -> run.backup().equals(backup));
    }

    /** What is wrong with a row's runs, in a sentence; null: nothing. */
    public String problem(String backup) {
        return of(backup)
                .map(run -> "the run in " + run.folder() + " cannot be read: " + run.reason())
                .findFirst()
                .orElse(null);
    }

    /** Those that were not sent: what they have of files is nowhere else. By row and number. */
    public synchronized List<DamagedRun> unsent() {
        return runs.values().stream()
                .filter(run -> !run.sent())
                .sorted(Comparator.comparing(DamagedRun::backup).thenComparing(DamagedRun::number))
                .toList();
    }

    /** The highest number of a row's runs among them; 0: there is none. */
    public long last(String backup) {
        return of(backup).mapToLong(DamagedRun::number).max().orElse(0);
    }

    List<DamagedRun> before(String backup, long number) {
        return of(backup).filter(run -> run.number() < number).toList();
    }
}
