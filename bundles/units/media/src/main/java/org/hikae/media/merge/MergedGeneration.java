package org.hikae.media.merge;

import java.io.Closeable;
import java.io.IOException;
import org.hikae.api.job.Progress;

/** The result of a merge in the making (a.10): its objects are new, or those of the generations that it is made of. For one thread. */
public final class MergedGeneration implements Closeable {

    private final MergePlan plan;

    public MergedGeneration(MergePlan plan) {
        this.plan = plan;
    }

    /**
     * Writes everything but the manifest, durably. Nothing that there was is touched. Once.
     *
     * @param progress told of the bytes that are moved and recoded
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if anything cannot be read or written, or is damaged
     */
    public Merged write(Progress progress) throws IOException {
        throw new IOException(plan.id() + " cannot be merged yet");
    }

    /** Says that the manifest is there: from now on what was written belongs to it. */
    public void keep() {}

    /** Deletes what was written, unless it is kept. What cannot be deleted is garbage of a run that is dead (R19). Idempotent. */
    @Override
    public void close() {}
}
