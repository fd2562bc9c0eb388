package org.hikae.media.merge;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.log.spi.Patience;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ParentRef;
import org.hikae.media.index.FrameList;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.Link;
import org.hikae.media.write.Segments;
import org.hikae.media.write.Undo;
import org.hikae.media.write.WrittenIndex;

/**
 * The result of a merge in the making (a.10). Objects of frames on its medium become its own as they are; what lies elsewhere,
 * or in objects that are dead for the most part, is copied. For one thread.
 */
public final class MergedGeneration implements Closeable {

    private final MergePlan plan;
    private final FrameList frames;
    private final Segments segments;
    private final MovedMeta meta;
    private boolean kept;
    private boolean closed;

    public MergedGeneration(MergePlan plan) {
        this.plan = plan;
        this.meta = new MovedMeta(plan);
        this.frames = new FrameList(plan.scratch());
        this.segments = new Segments(
                plan.target().objects(), new Naming(plan), frames, plan.objectBytes(), false, Patience.NONE);
    }

    /** Names and headers of the objects that are new. */
    private record Naming(MergePlan plan) implements Segments.Naming {

        @Override
        public String name(int sequence) {
            return plan.id().data(plan.revision(), 0, sequence);
        }

        @Override
        public ObjectHeader header(int sequence) {
            Manifest newest = plan.newest();
            return new ObjectHeader(
                    ObjectHeader.Kind.DATA,
                    newest.diskId(),
                    newest.number(),
                    newest.size(),
                    newest.blockSize(),
                    0,
                    sequence);
        }
    }

    /**
     * Writes everything but the manifest, durably. Nothing that there was is touched. Once.
     *
     * @param progress told of the bytes that are moved and recoded
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     * @throws IOException if anything cannot be read or written, or is damaged
     */
    public Merged write(Progress progress) throws IOException {
        try (Sources sources = new Sources(plan);
                Moving moving = new Moving(segments, progress);
                Recoding recoding = new Recoding(segments, plan.level(), progress)) {
            progress.phase("finding out what is needed");
            sources.look(plan, progress);
            progress.phase("moving");
            progress.total(sources.bytesToMove() + meta.bytesToMove());
            sources.move(moving, recoding, progress);
            segments.complete();
            meta.move(progress);
            progress.phase("writing the index");
            return new Merged(manifest(sources, progress), moving.movedBytes() + meta.bytesToMove(), recoding.bytes());
        }
    }

    private Manifest manifest(Sources sources, Progress progress) throws IOException {
        List<ObjectRef> objects = new ArrayList<>(sources.shared());
        int shared = objects.size();
        objects.addAll(segments.written());
        long[] own = new long[1];
        WrittenIndex index = WrittenIndex.write(
                plan.target().objects(), indexName(), plan.newest().blockCount(), to -> {
                    sources.addSharedFrames(to);
                    frames.forEach(frame -> to.addFrame(frame.after(shared)));
                    own[0] = sources.addRuns(to, progress);
                });
        if (index.blocks() != plan.newest().blocks()) {
            throw new DamagedException("the index of " + plan.id() + " has " + index.blocks()
                    + " blocks, but its manifest says " + plan.newest().blocks());
        }
        Manifest manifest = manifest(index, own[0], objects);
        if (ManifestCodec.encode(manifest).length > ManifestCodec.MAX_LENGTH) {
            throw new IOException(plan.id() + " would lie in " + objects.size()
                    + " objects, which is more than can be listed; merge fewer generations, or onto another medium");
        }
        return manifest;
    }

    private Manifest manifest(WrittenIndex index, long ownBlocks, List<ObjectRef> objects) {
        Manifest newest = plan.newest();
        return new Manifest(
                newest.disk(),
                newest.diskId(),
                newest.number(),
                plan.below() == null ? Manifest.FULL : Manifest.DIFFERENTIAL,
                plan.below(),
                newest.mark(),
                newest.point(),
                newest.instant(),
                newest.pauseNanos(),
                newest.size(),
                newest.blockSize(),
                newest.diskFormat(),
                index.blocks(),
                ownBlocks,
                index.inFrames() * newest.blockSize(),
                ref(plan.target()),
                index.ref(),
                objects,
                null,
                null,
                merge(),
                meta.group());
    }

    private Manifest.Merge merge() {
        Link newest = plan.range().get(0);
        List<String> replaces = new ArrayList<>(List.of(newest.sha256()));
        if (newest.manifest().merge() != null) {
            replaces.addAll(newest.manifest().merge().replaces());
        }
        return new Manifest.Merge(plan.revision(), replaces, merged());
    }

    /** With what these have swallowed before: a medium that was away since may still have it. */
    private List<ParentRef> merged() {
        List<ParentRef> merged = new ArrayList<>();
        for (Link link : plan.range()) {
            if (link != plan.range().get(0)) {
                merged.add(new ParentRef(link.manifest().id(), ref(link.medium()), link.sha256()));
            }
            if (link.manifest().merge() != null) {
                merged.addAll(link.manifest().merge().merged());
            }
        }
        return merged;
    }

    private static MediumRef ref(UsableMedium medium) {
        return new MediumRef(medium.id(), medium.name());
    }

    private String indexName() {
        return plan.id().index(plan.revision());
    }

    /** Says that the manifest is there: from now on what was written belongs to it. */
    public void keep() {
        kept = true;
    }

    /**
     * Deletes what was written, unless it is kept: the manifest is not there then. What cannot be deleted is garbage of a run
     * that is dead (R19). Idempotent.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        segments.close();
        Undo.attempt(frames::close);
        if (!kept) {
            Undo.run(plan.target(), indexName(), segments.written());
            meta.undo();
        }
    }
}
