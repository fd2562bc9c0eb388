package org.hikae.backup;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;

/** The order of a restore: open, copy, finish. */
final class RestoreSteps {

    private final Generations generations;
    private final CopyManager copyManager;

    RestoreSteps(Generations generations, CopyManager copyManager) {
        this.generations = generations;
        this.copyManager = copyManager;
    }

    Map<String, Object> run(RestoreRequest request, RestoreTarget target, Progress progress) throws IOException {
        try (GenerationReader source = generations.open(request.generation());
                RestoreTarget.Opened opened = target.open(source.info())) {
            progress.total(source.size());
            progress.phase("restoring");
            CopyReport report = copyManager.restore(
                    new RestoreCopy(source, null, opened.device(), opened.isZero(), request.bytesPerSecond()),
                    progress);
            progress.phase("flushing");
            opened.finish();
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("generation", request.generation());
            result.put("target", target.toString());
            result.put("writtenBytes", report.bytesRead());
            result.put("zeroBytes", report.bytesZero());
            return result;
        }
    }
}
