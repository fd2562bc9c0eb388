package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets equal content of several clients lie once on a medium, after it was received and confirmed (R22). Part by part: what is interrupted
 * is done again. Nothing that clients see depends on it. Thread-safe.
 */
final class Sharing {

    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);

    /** Parts that are asked for at once. */
    private static final int PAGE = 100;

    /** What failed is tried again after so long. */
    private static final Duration AGAIN = Duration.ofDays(1);

    private final Core core;
    private final Limits limits;
    /** Objects of which several forms stay until it is tried again, since they cannot be read; by medium and name. */
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();
    /** Media on which what nobody has any more stays until it is tried again, since it cannot be deleted. */
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    /** Parts that have had their turn for what others had got rid of before; by run, first frame. */
    private final Set<List<Long>> late = ConcurrentHashMap.newKeySet();
    /** When what failed was tried again, in milliseconds since 1970. */
    private volatile long tried;

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
        this.tried = core.clock().millis();
    }

    /** What failed is tried again: after a start, when media are there that were not, and once a day. */
    void retry() throws IOException {
        unsettled.clear();
        kept.clear();
        late.clear();
        tried = core.clock().millis();
        core.tables().call(SharingState::retry);
    }

    /** Looks into the tables for what is to be shared. @return whether there is anything to do */
    synchronized boolean isToDo(Progress progress) throws IOException {
        if (Math.abs(core.clock().millis() - tried) >= AGAIN.toMillis()) {
            retry();
        }
        List<SharingState.Part> page;
        do {
            progress.check();
            page = core.tables().call(connection -> SharingState.NEW.next(connection, PAGE));
            for (SharingState.Part each : page) {
                progress.check();
                // A transaction each: what clients send waits for none of them long.
                core.tables().call(connection -> {
                    SharingState next = isAnywhere(connection, each.row()) ? SharingState.WAITING : SharingState.DONE;
                    next.enter(connection, each.row());
                    return next;
                });
            }
        } while (!page.isEmpty());
        return core.tables()
                        .call(connection ->
                                !SharingState.WAITING.next(connection, 1).isEmpty())
                || !unused().isEmpty()
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
            anywhere |= !LargeContent.equal(connection, entry, part.medium(), 1).isEmpty();
        }
        return anywhere;
    }

    private List<SlimRow> pending() throws IOException {
        List<SlimRow> rows = core.tables().call(connection -> SlimRow.pending(connection, PAGE + unsettled.size()));
        return rows.stream().filter(row -> !unsettled.contains(key(row))).toList();
    }

    /** Media with something on them that can be deleted. */
    private List<String> unused() throws IOException {
        List<String> media = core.tables().call(CommonRow::unusedOn);
        return media.stream().filter(each -> !kept.contains(each)).toList();
    }

    private static String key(SlimRow row) {
        return row.medium() + " " + row.name();
    }

    /** @param rest waits a while after so much work, so that others have the machine */
    synchronized Shared run(Progress progress, Consumer<Duration> rest) throws IOException {
        long parts = 0;
        long bytes = 0;
        Set<String> unusable = new HashSet<>();
        progress.phase("storing equal content once");
        while (isToDo(progress)) {
            settle(progress);
            discard(progress);
            for (SharingState.Part part :
                    core.tables().call(connection -> SharingState.WAITING.next(connection, PAGE))) {
                progress.pass();
                long begun = System.nanoTime();
                long shared = share(part, progress, unusable);
                bytes += shared;
                parts += shared > 0 ? 1 : 0;
                progress.advance(shared);
                rest.accept(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
        return new Shared(parts, bytes, saved());
    }

    /** Deletes what nobody has any more, and shares nothing. */
    synchronized void discardUnused(Progress progress) throws IOException {
        discard(progress);
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

    /**
     * Shares what is in a part.
     *
     * @param unusable media on which nothing can be done now, to which one is added that turns out to be such
     * @return bytes that are stored elsewhere now
     */
    private long share(SharingState.Part part, Progress progress, Set<String> unusable) throws IOException {
        String medium = part.row().medium();
        Optional<CommonArea> area = unusable.contains(medium) ? Optional.empty() : area(medium, unusable);
        if (area.isEmpty()) {
            enter(SharingState.FAILED, part.row());
            return 0;
        }
        if (!area.get().capabilities().contains(Capability.RANDOM_READ)) {
            enter(SharingState.DONE, part.row());
            return 0;
        }
        try {
            return new PartSharing(core, area.get(), part, limits, this::isLate).run(progress);
        } catch (NoSuchFileException e) {
            LOG.debug("{} was dropped meanwhile, or is found to be gone when the medium is looked at", part.run(), e);
        } catch (MediumFullException e) {
            unusable.add(medium);
            core.problem(unshared(medium, e));
        } catch (IOException e) {
            core.problem("what is in " + PartName.part(part.run(), part.row().first()) + " on medium '" + medium
                    + "' is not stored once for now: " + Reason.of(e));
        }
        enter(SharingState.FAILED, part.row());
        return 0;
    }

    /** Once: two parts of which each has got rid of something that the other cannot would have turns for ever. */
    private boolean isLate(PartRow.Known part) {
        return late.add(List.of(part.run(), part.first()));
    }

    private Optional<CommonArea> area(String medium, Set<String> unusable) {
        try {
            CommonArea area = core.area(medium);
            area.id(); // of one that is away nobody knows what it is capable of
            return Optional.of(area);
        } catch (IOException e) {
            unusable.add(medium);
            core.problem(unshared(medium, e));
            return Optional.empty();
        }
    }

    private static String unshared(String medium, IOException why) {
        return "equal content on medium '" + medium + "' is not stored once for now: " + Reason.of(why);
    }

    private void enter(SharingState state, PartRow part) throws IOException {
        core.tables().call(connection -> {
            state.enter(connection, part);
            return state;
        });
    }

    private void discard(Progress progress) throws IOException {
        for (String medium : unused()) {
            try {
                discard(medium, progress);
            } catch (IOException e) {
                kept.add(medium);
                core.problem("what nobody has any more of equal content stays on medium '" + medium + "' for now: "
                        + Reason.of(e));
            }
        }
    }

    private void discard(String medium, Progress progress) throws IOException {
        List<CommonRow> unused;
        do {
            unused = core.tables().call(connection -> CommonRow.unused(connection, medium, PAGE));
            for (CommonRow each : unused) {
                progress.check();
                core.area(medium).discard(each);
            }
        } while (unused.size() == PAGE);
    }
}
