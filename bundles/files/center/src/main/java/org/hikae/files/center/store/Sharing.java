package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium.Capability;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.files.center.common.CommonArea;
import org.hikae.files.center.store.CenterStore.Shared;
import org.hikae.files.center.table.CommonRow;
import org.hikae.files.center.table.EntryRow;
import org.hikae.files.center.table.LargeContent;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.SharingState;
import org.hikae.files.center.table.SlimRow;

/**
 * Lets equal content of several clients lie once on a medium, after it was received and confirmed (R22). Part by part: what is interrupted
 * is done again. Nothing that clients see depends on it. Thread-safe.
 */
final class Sharing {

    /** Parts that are asked for at once. */
    private static final int PAGE = 100;

    private final Core core;
    private final Limits limits;
    /** Objects of which several forms stay until the next start, since they cannot be read; by medium and name. */
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

    /**
     * What is worth it.
     *
     * @param content bytes of a file from which on it is looked for in others
     * @param piece stored bytes of a frame from which on they are stored once
     */
    record Limits(long content, int piece) {

        static final Limits USUAL = new Limits(1 << 20, 4096);
    }

    Sharing(Core core, Limits limits) {
        this.core = core;
        this.limits = limits;
    }

    /** What failed is tried again. */
    void retry() throws IOException {
        unsettled.clear();
        core.tables().call(SharingState::retry);
    }

    /** Looks into the tables for what is to be shared. @return whether there is anything to do */
    synchronized boolean isToDo(Progress progress) throws IOException {
        List<SharingState.Part> page;
        do {
            progress.check();
            page = core.tables().call(connection -> {
                List<SharingState.Part> parts = SharingState.NEW.next(connection, PAGE);
                for (SharingState.Part each : parts) {
                    SharingState next = isAnywhere(connection, each.row()) ? SharingState.WAITING : SharingState.DONE;
                    next.enter(connection, each.row());
                }
                return parts;
            });
        } while (!page.isEmpty());
        return core.tables()
                        .call(connection ->
                                !SharingState.WAITING.next(connection, 1).isEmpty()
                                        || !CommonRow.unused(connection, 1).isEmpty())
                || !pending().isEmpty();
    }

    /** Whether what is in a part may be elsewhere too. Lets it be found. */
    private boolean isAnywhere(Connection connection, PartRow part) throws SQLException {
        boolean anywhere = false;
        for (EntryRow entry : LargeContent.in(connection, part, limits.content)) {
            long first = entry.place().frame();
            if (LargeContent.add(connection, entry) && first < part.first()) {
                // The parts before this one were looked at when nobody knew what the content is.
                SharingState.NEW.enter(connection, part.run(), first, part.first());
            }
            anywhere |= !LargeContent.equal(connection, entry, 1).isEmpty();
        }
        return anywhere;
    }

    private List<SlimRow> pending() throws IOException {
        List<SlimRow> rows = core.tables().call(connection -> SlimRow.pending(connection, PAGE + unsettled.size()));
        return rows.stream().filter(row -> !unsettled.contains(key(row))).toList();
    }

    private static String key(SlimRow row) {
        return row.medium() + " " + row.name();
    }

    /** @param rest waits a while after so much work, so that others have the machine */
    synchronized Shared run(Progress progress, Consumer<Duration> rest) throws IOException {
        long parts = 0;
        long bytes = 0;
        progress.phase("storing equal content once");
        while (isToDo(progress)) {
            settle(progress);
            discard(progress);
            for (SharingState.Part part :
                    core.tables().call(connection -> SharingState.WAITING.next(connection, PAGE))) {
                progress.pass();
                long begun = System.nanoTime();
                long shared = share(part, progress);
                bytes += shared;
                parts += shared > 0 ? 1 : 0;
                progress.advance(shared);
                rest.accept(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
        return new Shared(parts, bytes, saved());
    }

    long saved() throws IOException {
        return Math.max(0, core.tables().call(SlimRow::saved));
    }

    private void settle(Progress progress) throws IOException {
        for (SlimRow row : pending()) {
            progress.pass();
            try {
                core.area(row.medium()).settle(row.name());
            } catch (IOException e) {
                unsettled.add(key(row));
                core.problem(
                        row.name() + " on medium '" + row.medium() + "' lies there twice for now: " + Reason.of(e));
            }
        }
    }

    /** @return bytes that are stored elsewhere now */
    private long share(SharingState.Part part, Progress progress) throws IOException {
        try {
            CommonArea area = core.area(part.row().medium());
            if (!area.capabilities().contains(Capability.RANDOM_READ)) {
                enter(SharingState.DONE, part.row());
                return 0;
            }
            return new PartSharing(core, area, part, limits).run(progress);
        } catch (NoSuchFileException e) {
            // Dropped meanwhile, or found to be gone when the medium is looked at.
            enter(SharingState.FAILED, part.row());
            return 0;
        } catch (MediumFullException e) {
            throw e;
        } catch (IOException e) {
            enter(SharingState.FAILED, part.row());
            core.problem("what is in " + PartName.part(part.run(), part.row().first()) + " on medium '"
                    + part.row().medium() + "' is not stored once for now: " + Reason.of(e));
            return 0;
        }
    }

    private void enter(SharingState state, PartRow part) throws IOException {
        core.tables().call(connection -> {
            state.enter(connection, part);
            return state;
        });
    }

    private void discard(Progress progress) throws IOException {
        List<CommonRow> unused = new ArrayList<>();
        do {
            unused.clear();
            unused.addAll(core.tables().call(connection -> CommonRow.unused(connection, PAGE)));
            for (CommonRow each : unused) {
                progress.check();
                core.area(each.medium()).discard(each);
            }
        } while (unused.size() == PAGE);
    }
}
