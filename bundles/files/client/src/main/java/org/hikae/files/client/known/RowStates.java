package org.hikae.files.client.known;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hikae.api.job.Reason;
import org.hikae.config.Configured;
import org.hikae.files.transfer.message.RunNumbers;
import org.hikae.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of all rows, each in a folder of its own: {@code state.json}, and the known files of its last run. A step is durable before
 * anybody sees it. Where a state is lost, numbers go on from the seconds of the clock, so that none is ever used again, and the next run
 * is full. Thread-safe.
 */
public final class RowStates {

    private static final Logger LOG = LoggerFactory.getLogger(RowStates.class);
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** Guarded by this. */
    private final Map<String, RowState> states = new HashMap<>();

    public RowStates(Path folder) {
        this.folder = folder;
    }

    /**
     * Begins a row's state, unless there is one: numbers are not used again when a row is added again.
     *
     * @param last number after which those of its runs follow at least
     */
    public synchronized void begin(String row, long last, Instant now) throws IOException {
        RowState there = read(row);
        long used = there == null ? last : Math.max(there.last(), last);
        write(row, new RowState(used, now, true, 0, null));
    }

    /**
     * Lets a row's numbers go on behind one that somebody else knows to be in use, whether there is such a row yet or not.
     *
     * @throws IOException if that number cannot be one, see {@link RunNumbers}
     */
    public synchronized void behind(String row, long number, Instant now) throws IOException {
        RowState there = Configured.isName(row) ? read(row) : null;
        if (there == null || number > there.last()) {
            checkNumber(row, number, now);
        }
        if (Configured.isName(row) && number > 0) {
            RowState before = there == null ? new RowState(0, now, true, 0, null) : there;
            if (number > before.last()) {
                write(row, before.behind(number));
            }
        }
    }

    /** @throws IOException if somebody else says that a number is in use above those of this row, and that cannot be */
    public void checkAbove(String row, long number, Instant now) throws IOException {
        if (number > get(row, now).last()) {
            checkNumber(row, number, now);
        }
    }

    private static void checkNumber(String row, long number, Instant now) throws IOException {
        if (!RunNumbers.canBe(number, now)) {
            throw new IOException("run " + number + " of backup '" + row
                    + "' is said to exist, which cannot be, if this" + " machine's clock is right: it shows " + now);
        }
    }

    /** A row's state; if there is none that can be read, one that nothing can clash with. */
    public synchronized RowState get(String row, Instant now) throws IOException {
        RowState state = states.get(row);
        if (state == null) {
            state = read(row);
            if (state == null) {
                state = new RowState(Math.max(0, now.getEpochSecond()), now, true, 0, null);
                write(row, state);
            } else {
                states.put(row, state);
            }
        }
        return state;
    }

    /** Takes a step, durably. */
    public synchronized RowState update(String row, Instant now, UnaryOperator<RowState> step) throws IOException {
        RowState before = get(row, now);
        RowState after = step.apply(before);
        if (!after.equals(before)) {
            write(row, after);
        }
        return after;
    }

    /** Null if there is none that can be read. */
    private RowState read(String row) throws IOException {
        try {
            return parse(Files.readAllBytes(file(row)));
        } catch (NoSuchFileException e) {
            return null;
        } catch (DateTimeException | IllegalArgumentException | JsonProcessingException e) {
            LOG.warn("the state of row {} in {} cannot be read; its next run is full: {}", row, folder, Reason.of(e));
            return null;
        }
    }

    private static RowState parse(byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        if (node == null || node.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("it is of another version, or none");
        }
        RowState.LastRun run = node.hasNonNull("begun")
                ? new RowState.LastRun(
                        Instant.parse(node.get("begun").asText()),
                        node.hasNonNull("number") ? node.get("number").asLong() : null,
                        node.hasNonNull("problem") ? node.get("problem").asText() : null)
                : null;
        JsonNode last = node.required("last");
        if (!last.canConvertToLong() || last.asLong() < 0) {
            throw new IllegalArgumentException("a number that is none");
        }
        return new RowState(
                last.asLong(),
                Instant.parse(node.required("handled").asText()),
                node.required("full").asBoolean(),
                node.required("replaced").asLong(),
                run);
    }

    private void write(String row, RowState state) throws IOException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", VERSION);
        node.put("last", state.last());
        node.put("handled", state.handled().toString());
        node.put("full", state.full());
        node.put("replaced", state.replaced());
        if (state.lastRun() != null) {
            node.put("begun", state.lastRun().begun().toString());
            node.put("number", state.lastRun().number());
            node.put("problem", state.lastRun().problem());
        }
        // It may be replaced and not be durable: what the file says is what counts then.
        states.remove(row);
        DurableFiles.createFolders(folderOf(row));
        DurableFiles.replace(file(row), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
        states.put(row, state);
    }

    /** Where a row's known files of that run are, or go. */
    public Path known(String row, long number) {
        return folderOf(row).resolve("known." + number);
    }

    /** Where the known files of a row's last run are, if there is such a row and run. */
    public synchronized Optional<Path> lastKnown(String row) throws IOException {
        RowState state = Configured.isName(row) ? read(row) : null;
        return state == null || state.last() == 0 ? Optional.empty() : Optional.of(known(row, state.last()));
    }

    /** Deletes the known files of other runs. */
    public void clear(String row, long keep) throws IOException {
        Path kept = known(row, keep);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folderOf(row), "known.*")) {
            for (Path file : files) {
                if (!file.equals(kept)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing is known of it.
        }
    }

    /** Makes the names of a row's files durable. */
    public void force(String row) throws IOException {
        DurableFiles.forceFolder(folderOf(row));
    }

    private Path file(String row) {
        return folderOf(row).resolve("state.json");
    }

    private Path folderOf(String row) {
        if (!Configured.isName(row)) {
            throw new IllegalArgumentException("'" + row + "' cannot be the name of a row");
        }
        return folder.resolve(row);
    }
}
