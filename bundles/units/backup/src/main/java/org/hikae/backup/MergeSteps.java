package org.hikae.backup;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.job.Progress;
import org.hikae.api.media.Generations;
import org.hikae.api.media.MergeRequest;

/** A merge, or a move of one generation, as a job (a.10). */
final class MergeSteps {

    private final Generations generations;

    MergeSteps(Generations generations) {
        this.generations = generations;
    }

    /** What a job does, in a few words. */
    static String subject(MergeRequest request) {
        String range = request.from().equals(request.to()) ? request.to() : request.from() + ".." + request.to();
        return request.medium() == null ? range : range + " to " + request.medium();
    }

    Map<String, Object> run(MergeRequest request, Progress progress) throws IOException {
        progress.phase("merging");
        Merged merged = new Merged();
        merged.add(generations.merge(request, progress));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generation", request.to());
        merged.putInto(result);
        return result;
    }
}
