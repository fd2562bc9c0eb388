package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.MergeRequest;

/** Merging what need not be kept apart, as a job. */
final class RetainSteps {

    private final ChainJobs.Units units;

    RetainSteps(ChainJobs.Units units) {
        this.units = units;
    }

    /** @throws IOException if there is neither such a disk nor a generation of it, or it cannot be told what is held */
    RetentionPlan plan(String disk, Retention keep) throws IOException {
        List<GenerationInfo> generations = units.generations().list().stream()
                .filter(each -> disk.equals(each.disk()))
                .toList();
        if (generations.isEmpty()) {
            units.disks().get(disk);
        }
        RetentionRules.Needs needs = new RetentionRules.Needs(
                units.generations().holds(), units.mounted().get(), basis(disk, generations));
        return RetentionRules.plan(generations, needs, keep, units.zone());
    }

    /** Generations outlive their disk: of one that is gone, or cannot be opened, there is no next backup. */
    private String basis(String disk, List<GenerationInfo> generations) throws IOException {
        boolean usable =
                units.disks().list().stream().anyMatch(each -> each.name().equals(disk) && each.problem() == null);
        return usable
                ? new Bases(units.generations(), units.marks())
                        .next(units.disks().get(disk), generations)
                        .map(GenerationInfo::id)
                        .orElse(null)
                : null;
    }

    /** A merge that is refused, or fails, changes nothing, and the others are made all the same. */
    Map<String, Object> run(String disk, Retention keep, Progress progress) throws IOException {
        RetentionPlan plan = plan(disk, keep);
        Progress all = new Continued(progress);
        Merged merged = new Merged();
        List<String> failures = new ArrayList<>();
        int done = 0;
        for (MergeRequest request : plan.merges()) {
            all.pass();
            all.phase("merging " + MergeSteps.subject(request) + ", " + ++done + " of "
                    + plan.merges().size());
            try {
                merged.add(units.generations().merge(request, all));
            } catch (IOException e) {
                failures.add(MergeSteps.subject(request) + " was not merged: " + Reason.of(e));
            }
        }
        if (!failures.isEmpty()) {
            throw new IOException(String.join("; ", failures));
        }
        return result(disk, plan, merged);
    }

    private static Map<String, Object> result(String disk, RetentionPlan plan, Merged merged) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("disk", disk);
        result.put(
                "kept",
                plan.entries().stream().filter(each -> each.into() == null).count());
        merged.putInto(result);
        return result;
    }
}
