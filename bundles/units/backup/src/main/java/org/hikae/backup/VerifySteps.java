package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.block.BlockRun;
import org.hikae.api.job.Progress;
import org.hikae.api.media.Generations;
import org.hikae.api.media.VerifyReport;

/** Verification as a job: damage is a failure, with what is damaged and which blocks that concerns as the reason. */
final class VerifySteps {

    /** How many damages and runs a message names; the rest is counted. */
    private static final int NAMED = 10;

    private final Generations generations;

    VerifySteps(Generations generations) {
        this.generations = generations;
    }

    Map<String, Object> run(String generation, Progress progress) throws IOException {
        progress.phase("verifying");
        VerifyReport report = generations.verify(generation, progress);
        if (!report.intact()) {
            throw new IOException("generation " + generation + " is damaged: " + damages(report) + "; "
                    + report.affected().count() + " blocks of the disk cannot be read" + runs(report));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generation", generation);
        result.put("readBytes", report.bytesRead());
        return result;
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
