package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hikae.api.backup.RetentionPlan;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.MergeRequest;

/** Merging what need not be kept apart, and removing what need not be kept at all, as a job. */
final class RetainSteps {

    private final ChainJobs.Units units;

    RetainSteps(ChainJobs.Units units) {
        this.units = units;
    }

    /** Whose generations are meant, in a few words. */
    static String subject(RetentionRequest request) {
        return request.group() == null ? request.disk() : "group " + request.group() + " of " + request.disk();
    }

    /** @throws IOException if there is neither such a disk nor a generation of it, or it cannot be told what is held */
    RetentionPlan plan(RetentionRequest request) throws IOException {
        GenerationSurvey survey = units.generations().survey();
        List<GenerationInfo> ofDisk = survey.generations().stream()
                .filter(each -> request.disk().equals(each.disk()))
                .toList();
        if (ofDisk.isEmpty()) {
            units.disks().get(request.disk());
        }
        List<GenerationInfo> generations = ofDisk.stream()
                .filter(each -> Objects.equals(request.group(), each.groupName()))
                .toList();
        RetentionRules.Needs needs = new RetentionRules.Needs(
                units.generations().holds(),
                units.mounted().get(),
                basis(request, generations),
                unseen(request, survey, ofDisk));
        return RetentionRules.plan(generations, needs, request.keep(), request.remove(), units.zone());
    }

    /** Generations outlive their disk: of one that is gone, or cannot be opened, there is no next backup. */
    private String basis(RetentionRequest request, List<GenerationInfo> generations) throws IOException {
        String disk = request.disk();
        return status(disk).filter(each -> each.problem() == null).isPresent()
                ? new Bases(units.generations(), units.marks())
                        .next(units.disks().get(disk), request.group(), generations)
                        .map(GenerationInfo::id)
                        .orElse(null)
                : null;
    }

    private Optional<DiskStatus> status(String disk) {
        return units.disks().list().stream()
                .filter(each -> each.name().equals(disk))
                .findFirst();
    }

    /** Of what cannot be read nobody knows what it builds upon, or is to build upon. Null: all can. */
    private String unseen(RetentionRequest request, GenerationSurvey survey, List<GenerationInfo> ofDisk) {
        Optional<DiskStatus> disk = status(request.disk()).filter(each -> each.problem() != null);
        if (disk.isPresent()) {
            return "disk '" + request.disk() + "' cannot be used, and its next differential backup not be foreseen: "
                    + disk.get().problem();
        }
        if (!survey.unread().isEmpty()) {
            GenerationSurvey.Unread unread = survey.unread().get(0);
            return "medium '" + unread.medium() + "' cannot be read: " + unread.problem();
        }
        return ofDisk.stream()
                .filter(each -> each.diskId() == null)
                .findFirst()
                .map(each -> each.id() + " cannot be read: " + each.problem())
                .orElse(null);
    }

    /** A merge that is refused, or fails, changes nothing, and the others are made all the same; but then nothing is removed. */
    Map<String, Object> run(RetentionRequest request, Progress progress) throws IOException {
        RetentionPlan plan = plan(request);
        Progress all = new Continued(progress);
        Merged merged = new Merged();
        List<String> failures = merge(plan, merged, all);
        if (!failures.isEmpty() && !plan.removals().isEmpty()) {
            failures.add("therefore nothing was removed");
        }
        List<String> removed = new ArrayList<>();
        if (failures.isEmpty()) {
            failures.addAll(remove(plan, removed, all));
        }
        if (!failures.isEmpty()) {
            throw new IOException(String.join("; ", failures));
        }
        return result(request, plan, merged, removed);
    }

    /** Returns what has failed. */
    private List<String> merge(RetentionPlan plan, Merged merged, Progress all) throws IOException {
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
        return failures;
    }

    /** Likewise; of one that stays, those that it builds upon do too. */
    private List<String> remove(RetentionPlan plan, List<String> removed, Progress all) throws IOException {
        List<String> failures = new ArrayList<>();
        for (String id : plan.removals()) {
            all.pass();
            all.phase("removing " + id);
            try {
                units.generations().remove(id);
                removed.add(id);
            } catch (IOException e) {
                failures.add(id + " was not removed: " + Reason.of(e));
            }
        }
        return failures;
    }

    private static Map<String, Object> result(
            RetentionRequest request, RetentionPlan plan, Merged merged, List<String> removed) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("disk", request.disk());
        if (request.group() != null) {
            result.put("group", request.group());
        }
        result.put(
                "kept",
                plan.entries().stream().filter(each -> each.kept() != null).count());
        merged.putInto(result);
        if (!removed.isEmpty()) {
            result.put("removed", String.join(", ", removed));
        }
        return result;
    }
}
