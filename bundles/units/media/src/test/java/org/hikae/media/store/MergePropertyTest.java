package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.hikae.api.block.BlockSet;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.VerifyReport;
import org.hikae.api.media.spi.Medium;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.merge.Merged;
import org.hikae.media.store.MergedChain.Made;

/**
 * Generated chains, of which any range is merged onto any medium, again and again, with backups in between (a.10, R20): every
 * generation that is left reads as its image, and answers for its set.
 */
class MergePropertyTest {

    private static final int[] BLOCKS = {512, 4096, 65536};
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 30 : 1;

    private Path home;
    private Random random;
    private MergedChain chain;

    @BeforeTry
    void makeHome() throws IOException {
        home = Files.createTempDirectory("hikae-merge");
    }

    @AfterTry
    void removeHome() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The media of the home; none yet. */
    TestMedia media() {
        return new TestMedia(new UUID(1, 1));
    }

    private void begin(long seed) throws IOException {
        random = new Random(seed);
        int block = BLOCKS[random.nextInt(random.nextInt(4) == 0 ? 3 : 2)];
        int blocks = block == 65536 ? 40 : 200;
        TestBackup disk = new TestBackup(seed, block, 1 + random.nextInt(blocks * block));
        chain = new MergedChain(random, disk, home, media(), 20_000 + random.nextInt(80_000));
        chain.groups = true;
    }

    @Property(tries = 40)
    void whatIsMergedReadsAsItDid(@ForAll long seed) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            begin(seed + round);
            for (int step = 0; step < 3; step++) {
                makeSome(2 + random.nextInt(4));
                mergeSome();
            }
            chain.close();
        }
    }

    private void makeSome(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            chain.change();
            List<Made> made = chain.made;
            boolean full = made.isEmpty() || random.nextInt(8) == 0;
            int back = random.nextInt(4) == 0 ? random.nextInt(Math.max(1, made.size())) : 0;
            chain.make(full ? null : made.get(made.size() - 1 - back));
        }
    }

    private void mergeSome() throws IOException {
        Made to = chain.made.get(random.nextInt(chain.made.size()));
        Manifest before = to.link.manifest();
        List<Made> range = chain.range(to, 1 + random.nextInt(5));
        Merged merged = chain.merge(range, chain.medium());
        for (Made one : chain.made) {
            chain.check(one);
            checkStoredSince(one);
            VerifyReport report = chain.verify(one);
            assertThat(report.damages()).as(one.id()).isEmpty();
        }
        checkManifest(before, merged.manifest(), to, range);
        checkHalfAlive(to);
    }

    /** What was stored after each generation that one builds upon. */
    private void checkStoredSince(Made one) throws IOException {
        BlockSet stored = one.stored;
        try (GenerationReader reader = chain.read(one)) {
            for (Made ancestor = one.parent; ancestor != null; ancestor = ancestor.parent) {
                assertThat(reader.storedSince(ancestor.id())).isEqualTo(stored);
                stored = stored.union(one.set.intersect(ancestor.stored));
            }
            assertThatThrownBy(() -> reader.storedSince(one.id()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("builds upon no generation " + one.id());
        }
    }

    private static void checkManifest(Manifest before, Manifest after, Made to, List<Made> range) {
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.point()).isEqualTo(before.point());
        assertThat(after.instant()).isEqualTo(before.instant());
        assertThat(after.blocks()).isEqualTo(to.set.count());
        assertThat(after.ownBlocks()).isEqualTo(to.stored.count());
        assertThat(after.parent()).isEqualTo(to.parent == null ? null : after.parent());
        assertThat(after.kind()).isEqualTo(to.parent == null ? Manifest.FULL : Manifest.DIFFERENTIAL);
        assertThat(after.merge().revision()).isEqualTo(before.revision() + 1);
        assertThat(after.merge().replaces()).hasSize(before.revision() + 1);
        assertThat(after.merge().merged()).hasSizeGreaterThanOrEqualTo(range.size() - 1);
    }

    /** Dead frames are carried along only where most of an object is alive. */
    private void checkHalfAlive(Made one) throws IOException {
        Map<Integer, Long> alive = new HashMap<>();
        Medium medium = one.link.medium().objects();
        TestIndexOf index = TestIndexOf.open(medium, one.link.manifest());
        index.liveFrames().forEach(frame -> alive.merge(frame.object(), (long) frame.length(), Long::sum));
        List<ObjectRef> objects = one.link.manifest().objects();
        for (int i = 0; i < objects.size(); i++) {
            assertThat(2 * alive.getOrDefault(i, 0L) + 64)
                    .as(objects.get(i).name())
                    .isGreaterThanOrEqualTo(objects.get(i).length());
        }
    }

    /** A bit that flips in any object of a merged generation is found, whosever folder it lies in. */
    @Property(tries = 10)
    void damageIsFound(@ForAll long seed) throws IOException {
        begin(seed);
        makeSome(5);
        Made to = chain.made.get(chain.made.size() - 1);
        chain.merge(chain.range(to, 5), chain.medium());
        for (ObjectRef ref : to.link.manifest().own()) {
            byte[] bytes = chain.object(to, ref);
            int bit = random.nextInt(8 * bytes.length);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(chain.verify(to).intact())
                    .as("bit %s of %s", bit, ref.name())
                    .isFalse();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(chain.verify(to).damages()).isEmpty();
        chain.close();
    }
}
