package org.hikae.media.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Seal;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ParentRef;
import org.hikae.media.index.ScratchFolder;
import org.hikae.media.index.Span;
import org.hikae.media.index.SpanSource;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.merge.MergePlan;
import org.hikae.media.merge.Merged;
import org.hikae.media.merge.MergedGeneration;
import org.hikae.media.read.ChainReader;
import org.hikae.media.read.GenerationFiles;
import org.hikae.media.read.Link;
import org.hikae.media.read.StoredManifest;
import org.hikae.media.write.Parent;
import org.hikae.media.write.Run;
import org.hikae.media.write.UnsealedGeneration;

/** Generations, and merges of them as far as they are written, without a store. */
final class TestLinks implements AutoCloseable {

    /** Writes what a generation holds itself. */
    interface Content {
        void write(GenerationWriter writer) throws IOException;
    }

    final GenerationFiles files = new GenerationFiles();
    final TestMedia media;
    private final ScratchFolder scratch;
    private final long objectBytes;

    TestLinks(TestMedia media, Path home, long objectBytes) {
        this.media = media;
        this.scratch = new ScratchFolder(home);
        this.objectBytes = objectBytes;
    }

    /**
     * Makes a generation.
     *
     * @param parent null: none
     * @param ofParent what the parent answers for
     */
    Link make(GenerationRequest request, long number, Link parent, BlockSet ofParent, Seal seal, Content content)
            throws IOException {
        UsableMedium medium = media.open(request.medium());
        GenerationId id = new GenerationId(request.disk(), number);
        Parent above = parent == null ? null : new Above(parent, ofParent);
        try (UnsealedGeneration writer = new UnsealedGeneration(
                new Run(id, request, medium, 1, objectBytes, scratch, media::open, above, () -> {}))) {
            content.write(writer);
            writer.seal(seal);
        }
        return link(medium, id, 0);
    }

    static Seal seal(BlockSet set, BlockSet stored) {
        return new Seal(set, stored, null, Instant.EPOCH, 0);
    }

    private record Above(Link parent, BlockSet set) implements Parent {

        @Override
        public ParentRef ref() {
            return asParent(parent);
        }

        @Override
        public SpanSource blocks() {
            Iterator<BlockRun> runs = set.iterator();
            return () -> {
                BlockRun run = runs.hasNext() ? runs.next() : null;
                return run == null ? null : new Span(run.first(), run.end(), Span.ZERO, 0);
            };
        }

        @Override
        public void hasChild(GenerationId child) {}
    }

    private static ParentRef asParent(Link link) {
        MediumRef medium = new MediumRef(link.medium().id(), link.medium().name());
        return new ParentRef(link.manifest().id(), medium, link.sha256());
    }

    private Link link(UsableMedium medium, GenerationId id, int revision) throws IOException {
        StoredManifest stored = StoredManifest.read(medium.objects(), id, revision);
        Manifest.Log log = stored.manifest().log();
        UsableMedium logMedium = log == null || log.index() == null
                ? null
                : media.open(log.medium().name());
        return new Link(stored.manifest(), stored.sha256(), medium, logMedium);
    }

    /** @param chain the newest first */
    ChainReader read(List<Link> chain) throws IOException {
        Link newest = chain.get(0);
        return files.open(chain, Infos.of(newest.manifest(), newest.medium().name(), 0), asParent(newest), () -> {});
    }

    /** A merge and what comes of it. */
    record Result(Merged merged, Link link) {}

    /** @param range the newest first */
    Result merge(List<Link> range, String medium, Progress progress) throws IOException {
        Manifest newest = range.get(0).manifest();
        UsableMedium target = media.open(medium);
        int revision = newest.revision() + 1;
        ParentRef below = range.get(range.size() - 1).manifest().parent();
        MergePlan plan = new MergePlan(range, below, target, revision, 1, objectBytes, scratch, files);
        try (MergedGeneration merge = new MergedGeneration(plan)) {
            Merged merged = merge.write(progress);
            GenerationId id = new GenerationId(newest.disk(), newest.number());
            try (ObjectWriter writer = target.objects().create(id.manifest(revision))) {
                writer.write(ByteBuffer.wrap(ManifestCodec.encode(merged.manifest())));
                writer.commit();
            }
            merge.keep();
            return new Result(merged, link(target, id, revision));
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
