package org.hikae.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hikae.api.job.Reason;
import org.hikae.config.Configured;
import org.hikae.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The histories of all schedules, each in a file {@code NAME.json} of one folder. A step is durable before anybody sees it: what
 * follows from it may be done. Thread-safe.
 */
final class Histories {

    private static final Logger LOG = LoggerFactory.getLogger(Histories.class);

    private final Path folder;

    /** Guarded by this, as below. */
    private final Map<String, History> known = new HashMap<>();

    /** What keeps a history from being read, by the schedule's name. */
    private final Map<String, String> unread = new HashMap<>();

    /** What keeps one from being written; that it can be read says nothing of that. */
    private final Map<String, String> unwritten = new HashMap<>();

    Histories(Path folder) {
        this.folder = folder;
    }

    /**
     * The history of that schedule; null if it has none.
     *
     * @throws IOException if it cannot be read; nothing of the schedule can be begun then
     */
    synchronized History get(String name) throws IOException {
        History history = known.get(name);
        return history != null ? history : read(name);
    }

    private History read(String name) throws IOException {
        try {
            History history = HistoryJson.read(Files.readAllBytes(file(name)));
            known.put(name, history);
            unread.remove(name);
            return history;
        } catch (NoSuchFileException e) {
            unread.remove(name);
            return null;
        } catch (IOException e) {
            String problem = "its record " + file(name) + " cannot be read (" + Reason.of(e)
                    + "), so nothing is begun: repair it, or move it away to begin anew";
            throw told(unread, name, problem, e);
        }
    }

    /** A new one in place of any other. */
    synchronized void begin(String name, Instant now) throws IOException {
        write(name, History.from(now));
    }

    /**
     * Takes a step, durably.
     *
     * @return whether anything has changed; nothing does in a schedule that was forgotten
     * @throws IOException if it cannot be recorded; it was not taken
     */
    synchronized boolean update(String name, UnaryOperator<History> step) throws IOException {
        History before = get(name);
        History after = before == null ? null : step.apply(before);
        if (after == null || after.equals(before)) {
            return false;
        }
        write(name, after);
        return true;
    }

    private void write(String name, History history) throws IOException {
        try {
            DurableFiles.createFolders(folder);
            DurableFiles.replace(file(name), HistoryJson.write(history));
        } catch (IOException e) {
            // It may have been replaced, only not durably: what the file says is what counts.
            known.remove(name);
            throw told(unwritten, name, "its record " + file(name) + " cannot be written: " + Reason.of(e), e);
        }
        known.put(name, history);
        unread.remove(name);
        unwritten.remove(name);
    }

    /** Logged once, however often it is tried again. */
    private static IOException told(Map<String, String> problems, String name, String problem, IOException failure) {
        if (!problem.equals(problems.put(name, problem))) {
            LOG.warn("schedule {}: {}", name, problem);
        }
        return new IOException(problem, failure);
    }

    synchronized void forget(String name) throws IOException {
        known.remove(name);
        unread.remove(name);
        unwritten.remove(name);
        if (Files.deleteIfExists(file(name))) {
            DurableFiles.forceFolder(folder);
        }
    }

    /** What keeps it from being read or written, as far as was tried; null if nothing does. */
    synchronized String problem(String name) {
        return unread.getOrDefault(name, unwritten.get(name));
    }

    /** @throws IllegalArgumentException if no schedule can have that name */
    private Path file(String name) {
        if (!Configured.isName(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a schedule");
        }
        return folder.resolve(name + ".json");
    }
}
