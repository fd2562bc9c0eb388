package org.hikae.files.client;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.client.BackupRowStatus;
import org.hikae.config.Configured;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.due.DueTimes;
import org.hikae.files.client.known.RowState;
import org.hikae.files.client.send.Center;
import org.hikae.files.client.send.Outbox;
import org.hikae.files.client.table.Row;

/** How rows stand. */
final class Statuses {

    private final Core core;

    Statuses(Core core) {
        this.core = core;
    }

    BackupRowStatus of(Row row, Instant now) throws IOException {
        if (!Configured.isName(row.name())) {
            return new BackupRowStatus(row.row(), null, null, List.of(), 0, row.problem());
        }
        RowState state = core.states.get(row.name(), now);
        Center center = null;
        String without = null;
        try {
            center = core.centers.get(row.row().center());
        } catch (IOException e) {
            without = "its runs stay in the buffer: " + e.getMessage();
        }
        String origin = center == null ? "" : center.outbox().origin();
        List<BufferedRun> waiting = core.buffer.runs(row.name()).stream()
                .filter(run -> run.sent() == null)
                .toList();
        List<RunInfo> pending =
                waiting.stream().map(run -> Outbox.info(origin, run, row.row())).toList();
        long sent = center == null || pending.isEmpty()
                ? 0
                : center.outbox().durable(pending.get(0).id());
        RowState.LastRun last = state.lastRun();
        return new BackupRowStatus(
                row.row(),
                row.isUsable() ? DueTimes.next(row.times(), state.handled(), now) : null,
                last == null ? null : last.begun(),
                pending,
                sent,
                center == null ? new TreeMap<>() : center.outbox().awaited(row),
                problem(row, last, center, without));
    }

    private String problem(Row row, RowState.LastRun last, Center center, String without) {
        return Stream.of(
                        row.problem(),
                        core.buffer.damaged().problem(row.name()),
                        last == null ? null : last.problem(),
                        without,
                        center == null ? null : center.outbox().problem(row.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
