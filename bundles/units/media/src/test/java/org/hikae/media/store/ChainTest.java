package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.api.media.VerifyReport;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.MemoryDriver;

/**
 * Generated chains against images in memory (c.2, R1, R2, R13): disks that are written to and trimmed, sets that grow and
 * shrink, logs laid over and kept apart, on several media. Every generation reads as its image, before and after others
 * are removed.
 */
class ChainTest {

    private static final int BLOCK = 512;
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 30 : 1;

    /** A generation as it should be: zeros beyond its set, the disk's data where it stores it, else its parent's. */
    private record Made(GenerationInfo info, Made parent, BlockSet set, BlockSet stored, byte[] image) {}

    private final MemoryDriver[] drivers = {new MemoryDriver(), new MemoryDriver()};
    private Path home;
    private GenerationStore store;
    private Random random;
    private TestBackup disk;
    private final List<Made> made = new ArrayList<>();

    @BeforeTry
    void makeHome() throws IOException {
        home = Files.createTempDirectory("hikae-chain");
        TestMedia media = media().add("a", drivers[0], "").add("b", drivers[1], "");
        store = new GenerationStore(media, home, 1, 60_000, RollCall.PATIENCE);
    }

    /** The media of the home; none yet. */
    TestMedia media() {
        return new TestMedia(new UUID(1, 1));
    }

    @AfterTry
    void removeHome() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 30)
    void everyGenerationReadsAsTheDiskDid(@ForAll long seed) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            history(seed + round);
        }
    }

    private void history(long seed) throws IOException {
        random = new Random(seed);
        disk = new TestBackup(seed, BLOCK, 1 + random.nextInt(200 * BLOCK));
        for (int i = 3 + random.nextInt(6); i > 0; i--) {
            change();
            make();
        }
        made.forEach(this::checkContent);
        while (!made.isEmpty()) {
            removeOne();
        }
        assertThat(drivers[0].names()).isEmpty();
        assertThat(drivers[1].names()).isEmpty();
    }

    /** Writes, zeros and trims. */
    private void change() {
        for (int i = random.nextInt(6); i > 0; i--) {
            int from = random.nextInt(disk.image.length);
            int to = from + 1 + random.nextInt(Math.min(20 * BLOCK, disk.image.length - from));
            int kind = random.nextInt(3);
            for (int at = from; at < to; at++) {
                disk.image[at] = (byte) (kind == 0 ? 0 : kind == 1 ? random.nextInt() : kind + i);
            }
        }
    }

    private void make() throws IOException {
        Made parent = made.isEmpty() || random.nextInt(6) == 0 ? null : made.get(random.nextInt(made.size()));
        BlockSet set = disk.randomSet();
        BlockSet stored = parent == null
                ? set
                : set.intersect(disk.randomSet().union(disk.all().minus(parent.set())));
        byte[] image = disk.expected(stored);
        for (BlockRun run : set.minus(stored)) {
            int from = (int) run.first() * BLOCK;
            int length = (int) Math.min(run.count() * BLOCK, image.length - from);
            System.arraycopy(parent.image(), from, image, from, length);
        }
        String id = parent == null ? null : parent.info().id();
        Boolean laidOver = random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean();
        disk.layout = random.nextBoolean() ? Layout.IMAGE : Layout.PACKED;
        disk.over = random.nextBoolean() ? LogPlace.MEDIUM : LogPlace.OVERLAY;
        String medium = random.nextBoolean() ? "a" : "b";
        String logMedium = laidOver != null && !laidOver && random.nextBoolean() ? "b" : null;
        try (GenerationWriter writer = store.create(disk.request(medium, id, null))) {
            disk.write(writer, stored, logMedium, laidOver);
            writeTooMuch(writer, disk.all().minus(stored));
            GenerationInfo info = writer.seal(new Seal(set, stored, null, Instant.EPOCH, 0));
            assertThat(info.parent()).isEqualTo(id);
            assertThat(info.kind()).isEqualTo(parent == null ? "full" : "differential");
            assertThat(info.ownBlocks()).isEqualTo(stored.count());
            made.add(new Made(info, parent, set, stored, image));
        }
    }

    /** What is copied beyond what is to be stored, and may be anything. */
    private void writeTooMuch(GenerationWriter writer, BlockSet beyond) throws IOException {
        try (BlockWriter blocks = writer.openBlocks()) {
            for (BlockRun run : beyond) {
                ByteBuffer junk = ByteBuffer.allocate((int) run.count() * BLOCK);
                junk.put(0, (byte) 0xaa).put(junk.capacity() / 2, (byte) 0xaa);
                blocks.write(run, junk);
            }
            blocks.complete();
        }
    }

    private void checkContent(Made expected) {
        try (GenerationReader reader = store.open(expected.info().id())) {
            assertThat(TestBackup.readAll(reader)).isEqualTo(expected.image());
            assertThat(reader.set()).isEqualTo(expected.set());
            RoundTripTest.checkHoles(reader, expected.image());
            RoundTripTest.readSmallPieces(reader, expected.image(), random);
        } catch (IOException e) {
            throw new UncheckedIOException(expected.toString(), e);
        }
    }

    /** One that others need stays; one that nobody needs goes, and the others read as before. */
    private void removeOne() throws IOException {
        Made chosen = made.get(random.nextInt(made.size()));
        String id = chosen.info().id();
        VerifyReport report = store.verify(id, Progress.NONE);
        assertThat(report.damages()).isEmpty();
        assertThat(report.bytesRead()).isEqualTo(chosen.info().storedBytes());
        assertThat(report.parents()).isEqualTo(ancestors(chosen));
        assertThat(store.chain(id))
                .extracting(GenerationInfo::id)
                .startsWith(id)
                .endsWith(last(chosen));
        List<Made> children =
                made.stream().filter(other -> other.parent() == chosen).toList();
        if (!children.isEmpty()) {
            assertThatThrownBy(() -> store.remove(id))
                    .hasMessageContaining("needed")
                    .hasMessageContaining(children.get(0).info().id());
            return;
        }
        store.remove(id);
        made.remove(chosen);
        made.forEach(this::checkContent);
    }

    private static List<String> ancestors(Made newest) {
        List<String> ids = new ArrayList<>();
        for (Made at = newest.parent(); at != null; at = at.parent()) {
            ids.add(at.info().id());
        }
        return ids;
    }

    private static String last(Made newest) {
        List<String> ancestors = ancestors(newest);
        return ancestors.isEmpty() ? newest.info().id() : ancestors.get(ancestors.size() - 1);
    }
}
