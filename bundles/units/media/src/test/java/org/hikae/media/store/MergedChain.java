package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.api.media.VerifyReport;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Infos;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.format.MediumRef;
import org.hikae.media.format.ObjectRef;
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
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.write.Parent;
import org.hikae.media.write.Run;
import org.hikae.media.write.UnsealedGeneration;

/**
 * Generations of one disk on two media, with what each should be, and merges of them as far as they are written: what is
 * not referred to any more is deleted at once, as if nobody read it.
 */
final class MergedChain implements AutoCloseable {

    /**
     * A generation as it should be.
     *
     * @param stored the part of its set that it holds itself
     * @param image what a reader sees: zeros beyond its set
     */
    static final class Made {
        Link link;
        Made parent;
        BlockSet set;
        BlockSet stored;
        byte[] image;

        String id() {
            return link.manifest().id();
        }
    }

    final MemoryDriver[] drivers = {new MemoryDriver(), new MemoryDriver()};
    final GenerationFiles files = new GenerationFiles();
    final List<Made> made = new ArrayList<>();
    final Random random;
    final TestBackup disk;
    private final TestMedia media;
    private final ScratchFolder scratch;
    private final long objectBytes;
    private long number;

    MergedChain(Random random, TestBackup disk, Path home, long objectBytes) throws IOException {
        this.random = random;
        this.disk = disk;
        this.media = new TestMedia(new UUID(1, 1)).add("a", drivers[0], "").add("b", drivers[1], "");
        this.scratch = new ScratchFolder(home);
        this.objectBytes = objectBytes;
    }

    /** Writes, zeros and trims. */
    void change() {
        for (int i = random.nextInt(6); i > 0; i--) {
            int from = random.nextInt(disk.image.length);
            int to = from + 1 + random.nextInt(Math.min(20 * disk.blockSize, disk.image.length - from));
            int kind = random.nextInt(3);
            for (int at = from; at < to; at++) {
                disk.image[at] = (byte) (kind == 0 ? 0 : kind == 1 ? random.nextInt() : kind + i);
            }
        }
    }

    /** Makes a generation of the disk as it is, upon another one or none. */
    Made make(Made parent) throws IOException {
        BlockSet set = disk.randomSet();
        BlockSet stored = parent == null
                ? set
                : set.intersect(disk.randomSet().union(disk.all().minus(parent.set)));
        return make(parent, set, stored);
    }

    Made make(Made parent, BlockSet set, BlockSet stored) throws IOException {
        Made child = new Made();
        child.parent = parent;
        child.set = set;
        child.stored = stored;
        child.image = disk.expected(stored);
        copy(parent == null ? child.image : parent.image, set.minus(stored), child.image);
        Boolean laidOver = random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean();
        disk.layout = random.nextBoolean() ? Layout.IMAGE : Layout.PACKED;
        disk.over = random.nextBoolean() ? LogPlace.MEDIUM : LogPlace.OVERLAY;
        String logMedium = laidOver != null && !laidOver && random.nextBoolean() ? "b" : null;
        UsableMedium medium = medium();
        String parentId = parent == null ? null : parent.id();
        GenerationId id = new GenerationId("data", ++number);
        try (UnsealedGeneration writer = new UnsealedGeneration(new Run(
                id,
                disk.request(medium.name(), parentId, null),
                medium,
                1,
                objectBytes,
                scratch,
                media::open,
                parent == null ? null : new Above(parent),
                () -> {}))) {
            disk.write(writer, stored, logMedium, laidOver);
            writer.seal(new Seal(set, stored, null, Instant.EPOCH, 0));
        }
        child.link = link(medium, id, 0);
        made.add(child);
        return child;
    }

    private void copy(byte[] from, BlockSet blocks, byte[] to) {
        for (BlockRun run : blocks) {
            int at = (int) run.first() * disk.blockSize;
            System.arraycopy(from, at, to, at, (int) Math.min(run.count() * disk.blockSize, to.length - at));
        }
    }

    private final class Above implements Parent {

        private final Made parent;

        Above(Made parent) {
            this.parent = parent;
        }

        @Override
        public ParentRef ref() {
            return asParent(parent);
        }

        @Override
        public SpanSource blocks() {
            Iterator<BlockRun> runs = parent.set.iterator();
            return () -> {
                BlockRun run = runs.hasNext() ? runs.next() : null;
                return run == null ? null : new Span(run.first(), run.end(), Span.ZERO, 0);
            };
        }

        @Override
        public void hasChild(GenerationId child) {}
    }

    private static ParentRef asParent(Made parent) {
        UsableMedium medium = parent.link.medium();
        return new ParentRef(parent.id(), new MediumRef(medium.id(), medium.name()), parent.link.sha256());
    }

    UsableMedium medium() throws IOException {
        return media.open(random.nextBoolean() ? "a" : "b");
    }

    private Link link(UsableMedium medium, GenerationId id, int revision) throws IOException {
        StoredManifest stored = StoredManifest.read(medium.objects(), id, revision);
        Manifest.Log log = stored.manifest().log();
        UsableMedium logMedium = log == null || log.index() == null
                ? null
                : media.open(log.medium().name());
        return new Link(stored.manifest(), stored.sha256(), medium, logMedium);
    }

    ChainReader read(Made newest) throws IOException {
        List<Link> links = new ArrayList<>();
        for (Made at = newest; at != null; at = at.parent) {
            links.add(at.link);
        }
        return files.open(
                links, Infos.of(newest.link.manifest(), newest.link.medium().name(), 0), asParent(newest), () -> {});
    }

    void check(Made expected) throws IOException {
        try (GenerationReader reader = read(expected)) {
            assertThat(TestBackup.readAll(reader)).as(expected.id()).isEqualTo(expected.image);
            assertThat(reader.set()).as(expected.id()).isEqualTo(expected.set);
            RoundTripTest.checkHoles(reader, expected.image);
            RoundTripTest.readSmallPieces(reader, expected.image, random);
        }
    }

    VerifyReport verify(Made one) throws IOException {
        return files.verify(one.link.manifest(), one.link.medium(), one.link.log(), List.of(), Progress.NONE);
    }

    /** The range from a generation down to one that it builds upon, as far as nobody else builds upon what is between. */
    List<Made> range(Made to, int most) {
        List<Made> range = new ArrayList<>(List.of(to));
        Made at = to.parent;
        while (at != null && range.size() < most && children(at) == 1) {
            range.add(at);
            at = at.parent;
        }
        return range;
    }

    private long children(Made parent) {
        return made.stream().filter(child -> child.parent == parent).count();
    }

    /** Merges a range, the newest first, and deletes what is not needed any more. */
    Merged merge(List<Made> range, UsableMedium target) throws IOException {
        Made to = range.get(0);
        Made from = range.get(range.size() - 1);
        int revision = to.link.manifest().revision() + 1;
        MergePlan plan = new MergePlan(
                range.stream().map(one -> one.link).toList(),
                from.link.manifest().parent(),
                target,
                revision,
                1,
                objectBytes,
                scratch,
                files);
        try (MergedGeneration merge = new MergedGeneration(plan)) {
            Merged merged = merge.write(Progress.NONE);
            GenerationId id = new GenerationId("data", to.link.manifest().number());
            try (ObjectWriter writer = target.objects().create(id.manifest(revision))) {
                writer.write(ByteBuffer.wrap(ManifestCodec.encode(merged.manifest())));
                writer.commit();
            }
            merge.keep();
            take(range, link(target, id, revision));
            return merged;
        } finally {
            sweep();
        }
    }

    private void take(List<Made> range, Link result) {
        Made to = range.get(0);
        for (Made older : range.subList(1, range.size())) {
            to.stored = to.stored.union(to.set.intersect(older.stored));
        }
        to.parent = range.get(range.size() - 1).parent;
        to.link = result;
        made.removeAll(range.subList(1, range.size()));
    }

    /** Deletes what no manifest refers to. */
    void sweep() {
        for (int i = 0; i < drivers.length; i++) {
            Set<String> needed = new HashSet<>(Set.of("hikae-medium"));
            for (Made one : made) {
                Manifest manifest = one.link.manifest();
                if (one.link.medium().name().equals(i == 0 ? "a" : "b")) {
                    needed.add(manifest.name());
                    manifest.own().forEach(ref -> needed.add(ref.name()));
                }
                if (one.link.log() != null && one.link.log().name().equals(i == 0 ? "a" : "b")) {
                    manifest.log().all().forEach(ref -> needed.add(ref.name()));
                }
            }
            drivers[i].objects.keySet().removeIf(name -> !needed.contains(name));
        }
    }

    byte[] object(Made one, ObjectRef ref) {
        return drivers[one.link.medium().name().equals("a") ? 0 : 1].objects.get(ref.name());
    }

    @Override
    public void close() {
        files.close();
    }
}
