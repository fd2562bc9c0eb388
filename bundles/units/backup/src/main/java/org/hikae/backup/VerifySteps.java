package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.block.BlockRun;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.Generations;
import org.hikae.api.media.VerifyReport;

/** Verification as a job: damage is a failure, with what is damaged and which blocks that concerns as the reason. */
final class VerifySteps {

    /** How many damages and runs a message names; the rest is counted. */
    private static final int NAMED = 10;

    private final Generations generations;
    private final Progress progress;
    private final List<String> damaged = new ArrayList<>();
    private long readBytes;

    VerifySteps(Generations generations, Progress progress) {
        this.generations = generations;
        this.progress = new Continued(progress);
    }

    /** @param chain whether to verify also what the generation builds upon, as far as it is there */
    Map<String, Object> run(String generation, boolean chain) throws IOException {
        List<String> parents = verify(generation);
        if (chain) {
            parents.forEach(this::verifyParent);
            verifyLinks(generation);
        }
        if (!damaged.isEmpty()) {
            throw new IOException(String.join("; ", damaged));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generation", generation);
        result.put("readBytes", readBytes);
        if (!parents.isEmpty()) {
            result.put(chain ? "verifiedParents" : "unverifiedParents", String.join(", ", parents));
        }
        return result;
    }

    /** One that is not there is one more damage, and the others are looked at all the same. */
    private void verifyParent(String parent) {
        try {
            verify(parent);
        } catch (IOException e) {
            damaged.add("generation " + parent + " cannot be verified: " + Reason.of(e));
        }
    }

    /** What is intact one by one may not belong together: another generation may bear a parent's name by now. */
    private void verifyLinks(String generation) {
        if (!damaged.isEmpty()) {
            return;
        }
        try {
            generations.open(generation).close();
        } catch (IOException e) {
            damaged.add("generation " + generation + " cannot be read: " + Reason.of(e));
        }
    }

    /** Verifies one generation; returns the ids of those that it builds upon. */
    private List<String> verify(String generation) throws IOException {
        progress.phase("verifying " + generation);
        VerifyReport report = generations.verify(generation, progress);
        readBytes += report.bytesRead();
        if (!report.intact()) {
            damaged.add("generation " + generation + " is damaged: " + damages(report) + "; "
                    + report.affected().count() + " blocks of the disk cannot be read" + runs(report));
        }
        return report.parents();
    }

    private static String damages(VerifyReport report) {
        List<String> all = report.damages();
        String named = String.join("; ", all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? named + "; and " + (all.size() - NAMED) + " more" : named;
    }

    private static String runs(VerifyReport report) {
        List<String> named = new ArrayList<>();
        for (BlockRun run : report.affected()) {
            if (named.size() == NAMED) {
                named.add("...");
                break;
            }
            named.add(run.toString());
        }
        return named.isEmpty() ? "" : ": " + String.join(", ", named);
    }
}
