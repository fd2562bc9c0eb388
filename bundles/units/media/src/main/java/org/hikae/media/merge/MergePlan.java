package org.hikae.media.merge;

import java.util.List;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ParentRef;
import org.hikae.media.index.ScratchFolder;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.GenerationFiles;
import org.hikae.media.read.Link;

/**
 * What is fixed of a merge when it is begun (a.10). Whoever plans it has made sure that it may be (R20), and keeps everything
 * that is named here from being removed until it has ended.
 *
 * @param range the generations to make one of, the newest first, each the parent of the one before; one or more
 * @param below what the oldest builds upon; null: nothing
 * @param target where the result goes
 * @param revision of the newest generation, higher than any that there is
 * @param level zstd's level of compression, for what has to be compressed anew
 * @param objectBytes bytes beyond which an object is not filled further
 * @param scratch where the index grows
 * @param files opens the generations
 */
public record MergePlan(
        List<Link> range,
        ParentRef below,
        UsableMedium target,
        int revision,
        int level,
        long objectBytes,
        ScratchFolder scratch,
        GenerationFiles files) {

    public MergePlan {
        range = List.copyOf(range);
        if (range.isEmpty() || revision < 1) {
            throw new IllegalArgumentException("revision " + revision + " of " + range.size() + " generations");
        }
    }

    /** The newest generation, whose name and set the result answers to. */
    Manifest newest() {
        return range.get(0).manifest();
    }

    /** The id of the result. */
    GenerationId id() {
        return new GenerationId(newest().disk(), newest().number());
    }
}
