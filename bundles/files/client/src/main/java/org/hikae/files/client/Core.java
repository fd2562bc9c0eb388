package org.hikae.files.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.api.job.Reason;
import org.hikae.config.Configured;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.Removals;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.client.capture.LocalBackups;
import org.hikae.files.client.known.RowStates;
import org.hikae.files.client.restore.Restorer;
import org.hikae.files.client.send.Archive;
import org.hikae.files.client.send.Centers;
import org.hikae.files.client.send.Outbox;
import org.hikae.files.client.table.Row;
import org.hikae.files.client.table.Rows;
import org.hikae.io.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client has in the home, opened when it is first needed: who backs up no files has nothing there. */
final class Core implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Core.class);

    final Buffer buffer;
    final Removals removals;
    final RowStates states;
    final LocalBackups backups;
    final Centers centers;
    final Restorer restorer;

    private final Rows rows;

    /**
     * @param folder of all of it
     * @param sending whether runs are sent to centers
     * @param changed told when there may be something to do
     */
    Core(Path folder, Rows rows, InstantSource clock, boolean sending, Runnable changed) throws IOException {
        this.rows = rows;
        DurableFiles.createFolders(folder);
        buffer = new Buffer(folder.resolve("buffer"), Steps.NONE);
        states = new RowStates(folder.resolve("rows"));
        backups = new LocalBackups(buffer, states, List.of(folder), clock, Steps.NONE);
        restorer = new Restorer(folder.resolve("restore"), buffer, states, Duration.ofSeconds(1));
        removals = new Removals(buffer);
        finishRemovals();
        for (Row row : rows.all()) {
            recover(row.name());
        }
        centers = new Centers(
                folder.resolve("uplinks"),
                clock.withZone(ZoneOffset.UTC),
                sending,
                (center, origin) -> new Outbox(origin, () -> rowsOf(center), buffer, backups, clock, changed));
        centers.open();
    }

    private void finishRemovals() throws IOException {
        Set<String> there = rows.all().stream().map(Row::name).collect(Collectors.toSet());
        try {
            removals.finish(there::contains);
        } catch (IOException e) {
            LOG.warn("runs of a backup that was removed stay in the buffer for now: {}", Reason.of(e));
        }
    }

    /** What is wrong with one row harms no other; its next run tries again, and says so. */
    private void recover(String row) {
        try {
            if (Configured.isName(row)) {
                backups.recover(row);
            }
        } catch (IOException e) {
            LOG.warn("what was made of backup {} cannot be put right: {}", row, Reason.of(e));
        }
    }

    /** The rows whose runs a center is to have. */
    List<Row> rowsOf(String center) throws IOException {
        return rows.all().stream()
                .filter(row -> centers.belongs(row.row().center(), center))
                .toList();
    }

    /** The centers that may have files of this client. */
    Restorer.Centers asked(String name) {
        return new Restorer.Centers() {
            @Override
            public List<Archive> asked() throws IOException {
                if (name != null) {
                    return List.of(centers.get(name));
                }
                var problem = centers.problems().entrySet().stream().findFirst();
                if (problem.isPresent()) {
                    throw new IOException("center '" + problem.get().getKey() + "' cannot be asked: "
                            + problem.get().getValue());
                }
                return List.copyOf(centers.all());
            }

            @Override
            public Archive of(String row) throws IOException {
                for (Row each : rows.all()) {
                    if (each.name().equals(row)) {
                        return centers.get(each.row().center());
                    }
                }
                return centers.get(name);
            }
        };
    }

    @Override
    public void close() {
        centers.close();
    }
}
