package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;

/** Bringing a chain to another medium, as a job: one by one, or as one full generation. */
final class RebaseSteps {

    private final Generations generations;

    RebaseSteps(Generations generations) {
        this.generations = generations;
    }

    /** What a job does, in a few words. */
    static String subject(RebaseRequest request) {
        return request.generation() + (request.merged() ? " as one to " : " to ") + request.medium();
    }

    /** @throws IOException if the chain is not whole, or nothing of it has to be brought anywhere */
    void check(RebaseRequest request) throws IOException {
        List<GenerationInfo> chain = chain(request);
        if (elsewhere(chain, request).isEmpty() && (!request.merged() || chain.size() == 1)) {
            throw new IOException("generation " + request.generation() + " and all that it builds upon are on medium '"
                    + request.medium() + "' already");
        }
    }

    /** The newest first. */
    private List<GenerationInfo> chain(RebaseRequest request) throws IOException {
        List<GenerationInfo> chain = generations.chain(request.generation());
        for (GenerationInfo each : chain) {
            if (each.problem() != null) {
                throw new IOException("generation " + each.id() + " cannot be brought to medium '" + request.medium()
                        + "': " + each.problem());
            }
        }
        return chain;
    }

    /** What is not on the medium, the oldest first: what builds upon another one follows it. */
    private static List<GenerationInfo> elsewhere(List<GenerationInfo> chain, RebaseRequest request) {
        List<GenerationInfo> elsewhere = new ArrayList<>(chain);
        elsewhere.removeIf(each -> each.medium().equals(request.medium()));
        Collections.reverse(elsewhere);
        return elsewhere;
    }

    Map<String, Object> run(RebaseRequest request, Progress progress) throws IOException {
        List<GenerationInfo> chain = chain(request);
        if (request.merged()) {
            String oldest = chain.get(chain.size() - 1).id();
            return new MergeSteps(generations)
                    .run(new MergeRequest(oldest, request.generation(), request.medium()), progress);
        }
        List<GenerationInfo> elsewhere = elsewhere(chain, request);
        Merged merged = new Merged();
        List<String> moved = new ArrayList<>();
        Progress all = new Continued(progress);
        for (GenerationInfo each : elsewhere) {
            all.pass();
            all.phase("moving " + each.id() + ", " + (moved.size() + 1) + " of " + elsewhere.size());
            merged.add(move(each, request.medium(), moved, all));
            moved.add(each.id());
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generation", request.generation());
        result.put("movedGenerations", String.join(", ", moved));
        merged.putInto(result);
        return result;
    }

    private MergeReport move(GenerationInfo generation, String medium, List<String> moved, Progress progress)
            throws IOException {
        try {
            return generations.merge(new MergeRequest(generation.id(), generation.id(), medium), progress);
        } catch (IOException e) {
            throw new IOException(
                    "generation " + generation.id() + " was not moved: " + Reason.of(e) + "; "
                            + (moved.isEmpty() ? "none was" : "these were: " + String.join(", ", moved)),
                    e);
        }
    }
}
