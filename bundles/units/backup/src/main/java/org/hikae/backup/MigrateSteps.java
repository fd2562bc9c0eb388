package org.hikae.backup;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;

/** Bringing to tape, and off the media, what a policy asks for, as a job. */
final class MigrateSteps {

    private final TapeUnits units;

    MigrateSteps(TapeUnits units) {
        this.units = units;
    }

    /** Whose generations are meant, in a few words. */
    static String subject(MigrateRequest request) {
        String disk = request.disk() == null ? "all disks" : request.disk();
        String whose = request.group() == null ? disk : "group " + request.group() + " of " + disk;
        return whose + " to pool " + request.policy().pool();
    }

    Map<String, Object> run(MigrateRequest request, Progress progress) throws IOException {
        TapeTally tally = new TapeTally();
        Progress all = new Continued(progress);
        all.phase("looking what is to be done");
        MigratePlan plan = MigratePlanner.plan(units, request);
        write(MigratePlan.ids(plan.writes()), request, tally, all);
        all.pass();
        // Anew: hours may have passed, and not all may have been written.
        MigratePlan after = plan.writes().isEmpty() ? plan : MigratePlanner.plan(units, request);
        Set<String> unwritten = new HashSet<>(MigratePlan.ids(after.writes()));
        List<String> proven = MigratePlan.ids(after.evictions()).stream()
                .filter(id -> !unwritten.contains(id))
                .toList();
        new EvictSteps(units.generations()).evict(proven, tally, all);
        tally.check();
        Map<String, Object> result = new LinkedHashMap<>();
        tally.putWritten(result);
        tally.putEvicted(result);
        if (!after.notes().isEmpty()) {
            result.put("leftUndone", String.join("; ", after.notes()));
        }
        return result;
    }

    /** Tapes that cannot be written are no reason not to evict what is on tape already: there the room may be needed. */
    private void write(List<String> ids, MigrateRequest request, TapeTally tally, Progress progress)
            throws IOException {
        try {
            new TapeWriting(units.generations(), units.tier(), request.policy().pool(), tally)
                    .run(ids, false, progress);
        } catch (IOException e) {
            progress.check();
            tally.fail("not all could be written: " + Reason.of(e));
        }
    }
}
