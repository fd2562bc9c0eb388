package org.hikae.backup;

import java.io.IOException;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.media.Generations;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.media.tier.TierSource;

/**
 * Copies generations to tape, one after the other by one drive, all in one go: so it streams. A generation that cannot be read keeps
 * none that follows from being written; a tape that cannot be written ends it.
 */
final class TapeWriting {

    private final Generations generations;
    private final SecondTier tier;
    private final String pool;
    private final TapeTally tally;

    TapeWriting(Generations generations, SecondTier tier, String pool, TapeTally tally) {
        this.generations = generations;
        this.tier = tier;
        this.pool = pool;
        this.tally = tally;
    }

    /**
     * @param again whether to write what the pool has already
     * @throws IOException if tapes cannot be written
     */
    void run(List<String> ids, boolean again, Progress progress) throws IOException {
        List<String> left = ids;
        while (!left.isEmpty()) {
            try (TapeSources sources = TapeSources.hold(left, generations, progress, tally)) {
                left = sources.generations().isEmpty() ? List.of() : copy(sources, again, progress);
            }
        }
    }

    /** Returns what is still to be written. */
    private List<String> copy(TapeSources sources, boolean again, Progress progress) throws IOException {
        List<String> held = sources.generations();
        try {
            tally.add(tier.copy(sources.list(), pool, again, progress));
            tally.written(held);
            return List.of();
        } catch (IOException e) {
            progress.check();
            TapeSources.Failed failed = sources.failed();
            if (failed == null) {
                throw e;
            }
            tally.fail("generation " + failed.generation() + " was not written: " + failed.reason());
            int end = held.indexOf(failed.generation());
            prove(sources, held.subList(0, end), progress);
            return held.subList(end + 1, held.size());
        }
    }

    /** What was written before it counts once it was read back. */
    private void prove(TapeSources sources, List<String> before, Progress progress) throws IOException {
        for (String generation : before) {
            boolean sound = true;
            for (TierSource source : sources.of(generation)) {
                sound &= prove(source, progress);
            }
            if (sound) {
                tally.written(List.of(generation));
            } else {
                tally.fail("generation " + generation + " was not written: its copies are not what was to be copied");
            }
        }
    }

    private boolean prove(TierSource source, Progress progress) throws IOException {
        if (!isProven(source)) {
            tier.prove(source.medium(), source.name(), progress);
        }
        return isProven(source);
    }

    private boolean isProven(TierSource source) throws IOException {
        return tier.copies(source.medium(), source.name()).stream()
                .filter(copy -> copy.pool().equals(pool))
                .anyMatch(TierCopy::isProven);
    }
}
