package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.Seal;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.IndexWriter;
import org.hikae.media.index.Overlay;
import org.hikae.media.index.Span;
import org.hikae.media.index.SpanSource;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.meta.MetaCollector;

/**
 * The last step of a generation: the indexes, and then the manifest, with which it is there. What the writers have
 * written is streamed through, so that the memory that it takes does not depend on how much that is.
 */
final class Sealing {

    private final Run run;
    private final Copied copied;
    private final WrittenLog log;
    private final GroupSealing ofGroup;
    private final long blockCount;
    private Manifest.Group group;
    private long manifestLength;

    /**
     * @param log null if there is none
     * @param meta null if there is none
     */
    Sealing(Run run, Copied copied, WrittenLog log, MetaCollector meta) {
        this.run = run;
        this.copied = copied;
        this.log = log;
        this.ofGroup = new GroupSealing(run, meta);
        this.blockCount = run.extent().blockCount();
    }

    Manifest seal(Seal seal) throws IOException {
        checkComplete();
        checkSets(seal);
        ofGroup.check(seal);
        copied.finish(seal, log);
        group = ofGroup.write(seal);
        Manifest manifest = log != null && log.laidOver() ? laidOver(seal) : apart(seal);
        // Another home may have taken a medium over meanwhile: then this generation is garbage there already.
        run.medium().checkOwned();
        if (log != null) {
            log.medium().checkOwned();
        }
        checkThere(run.medium(), manifest.own());
        if (manifest.log() != null) {
            checkThere(log.medium(), manifest.log().all());
        }
        if (run.parent() != null) {
            run.parent().hasChild(run.id());
        }
        write(manifest);
        return manifest;
    }

    private void write(Manifest manifest) throws IOException {
        byte[] bytes = ManifestCodec.encode(manifest);
        manifestLength = bytes.length;
        if (manifestLength > ManifestCodec.MAX_LENGTH) {
            throw new IOException(
                    "generation " + run.id() + " cannot be sealed: what there is to say of it, the list of its"
                            + " group too, is longer than can be read again; use fewer lines");
        }
        try (ObjectWriter writer = run.medium().objects().create(run.id().manifest())) {
            writer.write(ByteBuffer.wrap(bytes));
            writer.commit();
        }
    }

    long manifestLength() {
        return manifestLength;
    }

    /** Somebody who does not know of this run, such as a copy of this home, may have taken its objects for garbage (R19). */
    private void checkThere(UsableMedium medium, List<ObjectRef> wanted) throws IOException {
        Map<String, Long> lengths = new HashMap<>();
        for (MediumObject object : medium.objects().list(run.id() + "/")) {
            lengths.put(object.name(), object.length());
        }
        for (ObjectRef object : wanted) {
            Long length = lengths.get(object.name());
            if (length == null || length != object.length()) {
                throw new IOException("generation " + run.id() + " cannot be sealed: " + object.name() + " on medium '"
                        + medium.name() + "' " + (length == null ? "is gone" : "has another length than was written"));
            }
        }
    }

    private void checkComplete() throws IOException {
        if (!copied.isComplete() || log != null && !log.sink().isComplete()) {
            throw new IOException("generation " + run.id() + " cannot be sealed: not every writer has completed");
        }
    }

    private void checkSets(Seal seal) {
        boolean fits = seal.stored() == seal.set()
                || (run.parent() == null
                        ? seal.stored().equals(seal.set())
                        : seal.stored().minus(seal.set()).isEmpty());
        if (!fits) {
            throw new IllegalArgumentException(
                    "generation " + run.id() + " cannot store " + seal.stored() + " of " + seal.set());
        }
    }

    private Manifest laidOver(Seal seal) throws IOException {
        List<ObjectRef> objects = new ArrayList<>(copied.objects());
        int firstObject = objects.size();
        boolean apart = !copied.takesLog();
        int firstFrame = apart ? copied.frames() : 0;
        if (apart) {
            objects.addAll(log.sink().objects());
        }
        Count logged = new Count();
        WrittenIndex index = writeIndex(run.medium(), run.id().index(), to -> {
            copied.addFramesTo(to);
            if (apart) {
                log.sink().frames(frame -> to.addFrame(frame.after(firstObject)));
            }
            overlay(seal, logged.counting(firstFrame), to);
        });
        Manifest.Log ofLog = new Manifest.Log(
                log.place().text(), ref(log.medium()), logged.blocks, log.sink().records(), null, List.of());
        return manifest(seal, index, objects, index.inFrames(), ofLog);
    }

    private Manifest apart(Seal seal) throws IOException {
        WrittenIndex ofLog = log == null || log.sink().objects().isEmpty() ? null : writeLogIndex(seal);
        WrittenIndex index = writeIndex(run.medium(), run.id().index(), to -> {
            copied.addFramesTo(to);
            overlay(seal, logged -> new Span(logged.first(), logged.end(), Span.LOG, 0), to);
        });
        long inFrames = index.inFrames() + (ofLog == null ? 0 : ofLog.inFrames());
        return manifest(seal, index, copied.objects(), inFrames, log == null ? null : separateLog(ofLog));
    }

    /** A log without a record leaves nothing on its medium, which the generation does not need then. */
    private WrittenIndex writeLogIndex(Seal seal) throws IOException {
        return writeIndex(log.medium(), run.id().logIndex(log.manifestMedium(run)), to -> {
            log.sink().frames(to::addFrame);
            Overlay.cut(log.sink().runs().sorted(), seal.stored(), to::addRun);
        });
    }

    private Manifest.Log separateLog(WrittenIndex index) {
        return new Manifest.Log(
                log.place().text(),
                ref(log.medium()),
                index == null ? 0 : index.blocks(),
                log.sink().records(),
                index == null ? null : index.ref(),
                log.sink().objects());
    }

    private Manifest manifest(
            Seal seal, WrittenIndex index, List<ObjectRef> objects, long inFrames, Manifest.Log ofLog) {
        GenerationRequest request = run.request();
        return new Manifest(
                request.disk(),
                request.diskId(),
                run.id().number(),
                run.parent() == null ? Manifest.FULL : Manifest.DIFFERENTIAL,
                run.parent() == null ? null : run.parent().ref(),
                request.mark(),
                seal.point(),
                seal.instant(),
                seal.pauseNanos(),
                request.size(),
                request.blockSize(),
                request.format(),
                index.blocks(),
                seal.stored().count(),
                inFrames * request.blockSize(),
                ref(run.medium()),
                index.ref(),
                objects,
                copied.image(),
                ofLog,
                null,
                group);
    }

    private WrittenIndex writeIndex(UsableMedium medium, String name, WrittenIndex.Content content) throws IOException {
        return WrittenIndex.write(medium.objects(), name, blockCount, content);
    }

    private void overlay(Seal seal, UnaryOperator<Span> logged, IndexWriter to) throws IOException {
        SpanSource ofParent = run.parent() == null ? () -> null : run.parent().blocks();
        SpanSource inLog = log == null ? () -> null : log.sink().runs().sorted();
        new Overlay(seal.set(), seal.stored(), inLog, copied.spans(), ofParent).run(logged, copied.sink(to));
    }

    private static MediumRef ref(UsableMedium medium) {
        return new MediumRef(medium.id(), medium.name());
    }

    /** Counts the blocks that come from a log. */
    private static final class Count {

        private long blocks;

        /** Counts frames of the log from the first one that it has in the generation, too. */
        UnaryOperator<Span> counting(int firstFrame) {
            return span -> {
                blocks += span.blocks();
                return span.after(firstFrame);
            };
        }
    }
}
