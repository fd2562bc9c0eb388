package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.VerifyReport;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.merge.Merged;
import org.hikae.media.read.ChainReader;
import org.hikae.media.read.Link;
import org.hikae.media.testing.FilesCheck;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.hikae.media.testing.RandomFiles;
import org.hikae.media.testing.TestFiles;

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
        GenerationGroup group;
        /** The files of the group, if it has meta information of its own. */
        TestFiles files;

        String id() {
            return link.manifest().id();
        }
    }

    final MemoryDriver[] drivers = {new MemoryDriver(), new MemoryDriver()};
    final List<Made> made = new ArrayList<>();
    final Random random;
    final TestBackup disk;
    private final TestLinks links;
    private long number;

    /** Whether some chains are of groups of files. */
    boolean groups;

    /** @param media no media yet */
    MergedChain(Random random, TestBackup disk, Path home, TestMedia media, long objectBytes) throws IOException {
        this.random = random;
        this.disk = disk;
        this.links = new TestLinks(media.add("a", drivers[0], "").add("b", drivers[1], ""), home, objectBytes);
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

    private Made make(Made parent, BlockSet set, BlockSet stored) throws IOException {
        Boolean laidOver = random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean();
        disk.layout = random.nextBoolean() ? Layout.IMAGE : Layout.PACKED;
        disk.over = random.nextBoolean() ? LogPlace.MEDIUM : LogPlace.OVERLAY;
        String logMedium = laidOver != null && !laidOver && random.nextBoolean() ? "b" : null;
        return make(parent, set, stored, medium(), laidOver, logMedium);
    }

    /** Makes a generation on medium a, without a log. */
    Made makePacked(Made parent, BlockSet set, BlockSet stored) throws IOException {
        disk.layout = Layout.PACKED;
        return make(parent, set, stored, "a", null, null);
    }

    private Made make(Made parent, BlockSet set, BlockSet stored, String medium, Boolean laidOver, String logMedium)
            throws IOException {
        Made child = new Made();
        child.parent = parent;
        child.set = set;
        child.stored = stored;
        child.image = disk.expected(stored);
        copy(parent == null ? child.image : parent.image, set.minus(stored), child.image);
        choose(child);
        child.link = links.make(
                disk.request(medium, parent == null ? null : parent.id(), null),
                ++number,
                parent == null ? null : parent.link,
                parent == null ? null : parent.set,
                TestLinks.seal(set, stored),
                writer -> disk.write(writer, stored, logMedium, laidOver));
        made.add(child);
        return child;
    }

    /** Of which group it is: that of its parent. */
    private void choose(Made child) {
        String name = child.parent == null
                ? List.of("", "", "夜 1", "g").get(random.nextInt(4))
                : child.parent.group == null ? "" : child.parent.group.name();
        Meta meta = random.nextBoolean() ? Meta.ALL : Meta.GROUP;
        child.group = !groups || name.isEmpty() || disk.layout == Layout.IMAGE && child.parent == null
                ? null
                : new GenerationGroup(name, meta, List.of("dir_A/*", "X b" + number));
        child.files = child.group == null || meta == Meta.ALL
                ? null
                : RandomFiles.make(random, disk.blockSize, child.image, child.set);
        disk.group = child.group;
        disk.files = child.files;
    }

    private void copy(byte[] from, BlockSet blocks, byte[] to) {
        for (BlockRun run : blocks) {
            int at = (int) run.first() * disk.blockSize;
            System.arraycopy(from, at, to, at, (int) Math.min(run.count() * disk.blockSize, to.length - at));
        }
    }

    /** The name of a medium. */
    String medium() {
        return random.nextBoolean() ? "a" : "b";
    }

    ChainReader read(Made newest) throws IOException {
        List<Link> chain = new ArrayList<>();
        for (Made at = newest; at != null; at = at.parent) {
            chain.add(at.link);
        }
        return links.read(chain);
    }

    void check(Made expected) throws IOException {
        try (GenerationReader reader = read(expected)) {
            assertThat(reader.set()).as(expected.id()).isEqualTo(expected.set);
            assertThat(reader.info().group()).isEqualTo(expected.group);
            if (expected.group != null) {
                checkGroup(reader, expected);
                return;
            }
            assertThat(TestBackup.readAll(reader)).as(expected.id()).isEqualTo(expected.image);
            RoundTripTest.checkHoles(reader, expected.image);
            RoundTripTest.readSmallPieces(reader, expected.image, random);
        }
    }

    private void checkGroup(GenerationReader reader, Made expected) throws IOException {
        TestBackup.checkGroup(reader, expected.image, expected.set);
        Optional<FileSystem> files = reader.openMeta();
        assertThat(files.isPresent()).isEqualTo(expected.files != null);
        if (expected.files != null) {
            FilesCheck.check(expected.files, files.get(), random);
        }
    }

    VerifyReport verify(Made one) throws IOException {
        return links.files.verify(one.link.manifest(), one.link.medium(), one.link.log(), List.of(), Progress.NONE);
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
    Merged merge(List<Made> range, String target) throws IOException {
        return merge(range, target, Progress.NONE);
    }

    Merged merge(List<Made> range, String target, Progress progress) throws IOException {
        TestLinks.Result result =
                links.merge(range.stream().map(one -> one.link).toList(), target, progress);
        take(range, result.link());
        sweep();
        return result.merged();
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
            Set<String> needed = new HashSet<>(Set.of("hikae-medium", "hikae-medium.tier"));
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
        byte[] near = drivers[one.link.medium().name().equals("a") ? 0 : 1].objects.get(ref.name());
        return near != null || !(links.media.tier instanceof MemoryTier tier)
                ? near
                : tier.get(one.link.medium().id(), ref.name()).bytes();
    }

    @Override
    public void close() {
        links.close();
    }
}
