package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.tier.SecondTier;

/** Copying generations to tape, as a job (27, d.2). */
final class TapeWriteSteps {

    private final TapeUnits units;

    TapeWriteSteps(TapeUnits units) {
        this.units = units;
    }

    /** What a job does, in a few words. */
    static String subject(TapeJobs.Write request) {
        return several(request.generations()) + " to pool " + request.pool();
    }

    /** Of many the first is named. */
    static String several(List<String> generations) {
        return generations.size() <= 3
                ? String.join(", ", generations)
                : generations.get(0) + " and " + (generations.size() - 1) + " more";
    }

    /**
     * What is written: what others build upon before them.
     *
     * @throws IOException if one of them, or of those that they build upon, is not there or cannot be read
     */
    List<String> order(TapeJobs.Write request) throws IOException {
        Set<String> all = new LinkedHashSet<>();
        for (String id : request.generations()) {
            addChain(all, id, request.alone());
        }
        return List.copyOf(all);
    }

    private void addChain(Collection<String> all, String id, boolean alone) throws IOException {
        List<GenerationInfo> chain = units.generations().chain(id);
        for (int i = alone ? 0 : chain.size() - 1; i >= 0; i--) {
            GenerationInfo each = chain.get(i);
            if (each.problem() != null) {
                throw new IOException(
                        i == 0
                                ? "generation " + id + " cannot be written to tape: " + each.problem()
                                : "generation " + id + " builds upon " + each.id()
                                        + ", which cannot be written to tape: " + each.problem()
                                        + "; with --alone it is written by itself");
            }
            all.add(each.id());
        }
    }

    Map<String, Object> run(TapeJobs.Write request, Progress progress) throws IOException {
        TapeTally tally = new TapeTally();
        List<String> all = order(request);
        SharedProgress shared = new SharedProgress(progress);
        if (request.again()) {
            // Of what it builds upon there is no need to have more.
            Predicate<String> meant = Set.copyOf(request.generations())::contains;
            write(all.stream().filter(meant.negate()).toList(), request, false, tally, shared);
            write(all.stream().filter(meant).toList(), request, true, tally, shared);
        } else {
            write(all, request, false, tally, shared);
        }
        tally.check();
        Map<String, Object> result = new LinkedHashMap<>();
        tally.putWritten(result);
        return result;
    }

    private void write(
            List<String> ids, TapeJobs.Write request, boolean again, TapeTally tally, SharedProgress progress)
            throws IOException {
        SecondTier tier = units.tier();
        List<SideBySide.Part> parts = new ArrayList<>();
        for (List<String> share : shares(ids, request.drives())) {
            TapeWriting writing = new TapeWriting(units.generations(), tier, request.pool(), tally);
            Progress own = progress.part();
            parts.add(() -> writing.run(share, again, own));
        }
        SideBySide.run(parts);
    }

    /** As even as the sizes allow; each in the order of all. */
    private List<List<String>> shares(List<String> ids, int drives) throws IOException {
        int number = Math.min(drives, ids.size());
        List<List<String>> shares = new ArrayList<>();
        long[] bytes = new long[number];
        for (int i = 0; i < number; i++) {
            shares.add(new ArrayList<>());
        }
        for (String id : ids) {
            int least = 0;
            for (int i = 1; i < number; i++) {
                least = bytes[i] < bytes[least] ? i : least;
            }
            shares.get(least).add(id);
            bytes[least] += units.generations().get(id).storedBytes();
        }
        return shares;
    }
}
