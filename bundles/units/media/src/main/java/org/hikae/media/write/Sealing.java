package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hikae.api.block.BlockSet;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.Seal;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.format.ObjectStreams;
import org.hikae.media.index.FrameObject;
import org.hikae.media.index.Frames;
import org.hikae.media.index.Index;
import org.hikae.media.index.IndexCodec;
import org.hikae.media.index.Merge;
import org.hikae.media.index.Overlay;
import org.hikae.media.index.RunList;
import org.hikae.media.index.Runs;
import org.hikae.media.medium.UsableMedium;

/** The last step of a generation: the indexes, and then the manifest, with which it is there. */
final class Sealing {

    /** Something that may fail. */
    interface Step {
        void run() throws IOException;
    }

    private final Run run;
    private final List<PackedBlockWriter> writers;
    private final WrittenLog log;
    private final long blockCount;
    private long manifestLength;

    /** @param log null if there is none */
    Sealing(Run run, List<PackedBlockWriter> writers, WrittenLog log) {
        this.run = run;
        this.writers = writers;
        this.log = log;
        this.blockCount = run.extent().blockCount();
    }

    Manifest seal(Seal seal) throws IOException {
        checkComplete();
        Runs copied = copiedRuns();
        Manifest manifest = log != null && log.laidOver() ? laidOver(seal, copied) : apart(seal, copied);
        // Another home may have taken a medium over meanwhile: then this generation is garbage there already.
        run.medium().checkOwned();
        if (log != null) {
            log.medium().checkOwned();
        }
        byte[] bytes = ManifestCodec.encode(manifest);
        manifestLength = bytes.length;
        try (ObjectWriter writer = run.medium().objects().create(run.id().manifest())) {
            writer.write(ByteBuffer.wrap(bytes));
            writer.commit();
        }
        return manifest;
    }

    long manifestLength() {
        return manifestLength;
    }

    private void checkComplete() throws IOException {
        boolean complete = log == null || log.sink().isComplete();
        for (PackedBlockWriter writer : writers) {
            complete &= writer.isComplete();
        }
        if (!complete) {
            throw new IOException("generation " + run.id() + " cannot be sealed: not every writer has completed");
        }
    }

    private Manifest laidOver(Seal seal, Runs copied) throws IOException {
        List<FrameObject> objects = copiedFrames();
        int firstLogFrame = Frames.of(objects).count();
        log.sink().written().forEach(written -> objects.add(written.frames()));
        Runs logged = loggedRuns(seal.set());
        Runs runs = Overlay.laidOver(seal.set(), copied, logged, firstLogFrame);
        List<ObjectRef> refs = refs(copiedObjects());
        refs.addAll(refs(log.sink().written()));
        return manifest(
                seal,
                new Index(Frames.of(objects), runs),
                refs,
                dataBlocks(runs),
                new Manifest.Log(
                        Manifest.Log.OVERLAY,
                        ref(log.medium()),
                        logged.blocks(frame -> frame != Runs.NONE),
                        log.sink().records(),
                        null,
                        List.of()));
    }

    private Manifest apart(Seal seal, Runs copied) throws IOException {
        Runs logged = log == null ? new Runs.Builder().build(blockCount) : loggedRuns(seal.set());
        Runs runs = Overlay.apart(seal.set(), copied, logged);
        return manifest(
                seal,
                new Index(Frames.of(copiedFrames()), runs),
                refs(copiedObjects()),
                dataBlocks(runs) + dataBlocks(logged),
                log == null ? null : separateLog(logged));
    }

    /** A log without a record leaves nothing on its medium, which the generation does not need then. */
    private Manifest.Log separateLog(Runs logged) throws IOException {
        long blocks = logged.blocks(frame -> frame != Runs.NONE);
        List<FrameObject> objects = new ArrayList<>();
        log.sink().written().forEach(written -> objects.add(written.frames()));
        ObjectRef index = objects.isEmpty()
                ? null
                : writeIndex(log.medium(), run.id().logIndex(manifestMedium()), new Index(Frames.of(objects), logged));
        return new Manifest.Log(
                Manifest.Log.SEPARATE,
                ref(log.medium()),
                blocks,
                log.sink().records(),
                index,
                refs(log.sink().written()));
    }

    private Manifest manifest(Seal seal, Index index, List<ObjectRef> objects, long dataBlocks, Manifest.Log ofLog)
            throws IOException {
        GenerationRequest request = run.request();
        return new Manifest(
                request.disk(),
                request.diskId(),
                run.id().number(),
                Manifest.FULL,
                null,
                request.mark(),
                seal.point(),
                seal.instant(),
                seal.pauseNanos(),
                request.size(),
                request.blockSize(),
                request.format(),
                seal.set().count(),
                seal.stored().count(),
                dataBlocks * request.blockSize(),
                ref(run.medium()),
                writeIndex(run.medium(), run.id().index(), index),
                objects,
                ofLog);
    }

    private static ObjectRef writeIndex(UsableMedium medium, String name, Index index) throws IOException {
        try (ObjectWriter writer = medium.objects().create(name)) {
            ObjectStreams.Out out = new ObjectStreams.Out(writer);
            IndexCodec.write(index, out);
            writer.commit();
            return out.end(name);
        }
    }

    private Runs copiedRuns() {
        List<RunList> lists = new ArrayList<>();
        int[] firstFrames = new int[writers.size()];
        int frames = 0;
        for (PackedBlockWriter writer : writers) {
            firstFrames[lists.size()] = frames;
            frames = Math.addExact(frames, writer.frameCount());
            lists.add(writer.runs());
        }
        return Merge.sort(lists, firstFrames, blockCount);
    }

    private Runs loggedRuns(BlockSet set) {
        return Overlay.cut(Merge.sort(List.of(log.sink().runs()), new int[1], blockCount), set);
    }

    private List<Segments.Written> copiedObjects() {
        return writers.stream().flatMap(writer -> writer.written().stream()).toList();
    }

    private List<FrameObject> copiedFrames() {
        List<FrameObject> objects = new ArrayList<>();
        copiedObjects().forEach(written -> objects.add(written.frames()));
        return objects;
    }

    private static List<ObjectRef> refs(List<Segments.Written> objects) {
        List<ObjectRef> refs = new ArrayList<>();
        objects.forEach(written -> refs.add(written.ref()));
        return refs;
    }

    private static long dataBlocks(Runs runs) {
        return runs.blocks(frame -> frame >= 0);
    }

    private static MediumRef ref(UsableMedium medium) {
        return new MediumRef(medium.id(), medium.name());
    }

    private UUID manifestMedium() {
        return log.medium().id().equals(run.medium().id()) ? null : run.medium().id();
    }

    /**
     * Deletes everything that may be there, the manifest first: without that, nothing. A medium that is another home's
     * now is left alone, for what bears these names there may be that home's.
     */
    void undo(Consumer<Step> attempt) {
        attempt.accept(() -> {
            run.medium().checkOwned();
            if (log != null) {
                log.medium().checkOwned();
            }
            run.medium().objects().delete(run.id().manifest());
            deleteRest(attempt);
        });
    }

    private void deleteRest(Consumer<Step> attempt) {
        Medium objects = run.medium().objects();
        attempt.accept(() -> objects.delete(run.id().index()));
        for (Segments.Written written : copiedObjects()) {
            attempt.accept(() -> objects.delete(written.ref().name()));
        }
        if (log != null) {
            Medium ofLog = log.medium().objects();
            attempt.accept(() -> ofLog.delete(run.id().logIndex(manifestMedium())));
            for (Segments.Written written : log.sink().written()) {
                attempt.accept(() -> ofLog.delete(written.ref().name()));
            }
        }
    }
}
