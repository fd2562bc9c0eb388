package org.hikae.backup;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.copy.CopyReport;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;

/** The order of a restore: open, choose, copy, finish. */
final class RestoreSteps {

    private final Generations generations;
    private final CopyManager copyManager;
    private final AfterMarks afterMarks;

    RestoreSteps(Generations generations, CopyManager copyManager, AfterMarks afterMarks) {
        this.generations = generations;
        this.copyManager = copyManager;
        this.afterMarks = afterMarks;
    }

    Map<String, Object> run(RestoreRequest request, RestoreTarget target, Progress progress) throws IOException {
        try (GenerationReader source = openWhole(request.generation());
                RestoreTarget.Opened opened = target.open(source.info())) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("generation", request.generation());
            result.put("target", target.toString());
            BlockSet wanted = request.afterMark() == null ? null : wanted(source, request, result);
            progress.total(wanted == null ? source.size() : bytes(source, wanted));
            CopyReport report = copy(
                    new RestoreCopy(source, wanted, opened.device(), opened.isZero(), request.bytesPerSecond()),
                    target,
                    progress);
            progress.phase("flushing");
            opened.finish();
            result.put("writtenBytes", report.bytesRead());
            result.put("zeroBytes", report.bytesZero());
            return result;
        }
    }

    /** A group's generation has no other blocks: a disk made of it would be a wrong one. */
    private GenerationReader openWhole(String id) throws IOException {
        GenerationReader source = generations.open(id);
        if (source.info().group() == null) {
            return source;
        }
        source.close();
        throw new IOException("generation " + id + " holds the files of group '"
                + source.info().groupName() + "' alone, which make no disk; get its files");
    }

    /** What is not in the generation's set was free at T0 (R2): it is left as it is too. */
    private BlockSet wanted(GenerationReader source, RestoreRequest request, Map<String, Object> result)
            throws IOException {
        Optional<String> ancestor = afterMarks.ancestor(request.generation(), request.afterMark());
        result.put("afterMark", request.afterMark());
        if (ancestor.isPresent()) {
            result.put("storedSince", ancestor.get());
            return source.storedSince(ancestor.get());
        }
        result.put(
                "warning",
                request.generation() + " builds upon nothing that is as old as mark '" + request.afterMark()
                        + "': all that it has was written");
        return source.set();
    }

    /** The last block of the disk may be a short one. */
    private static long bytes(GenerationReader source, BlockSet wanted) {
        long last = source.blockCount() - 1;
        long cutOff = wanted.contains(last) ? source.blockCount() * source.blockSize() - source.size() : 0;
        return wanted.count() * source.blockSize() - cutOff;
    }

    private CopyReport copy(RestoreCopy copy, RestoreTarget target, Progress progress) throws IOException {
        progress.phase("restoring");
        if (copy.wanted() == null) {
            return copyManager.restore(copy, progress);
        }
        String state = "; " + target + " has some of it by now, and what it had before in the other blocks: restore it"
                + " again, or all of the generation";
        try {
            return copyManager.restore(copy, progress);
        } catch (CancellationException e) {
            CancellationException said = new CancellationException(e.getMessage() + state);
            said.initCause(e);
            throw said;
        } catch (IOException e) {
            throw new IOException(Reason.of(e) + state, e);
        }
    }
}
