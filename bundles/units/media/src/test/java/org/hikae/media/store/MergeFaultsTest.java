package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.merge.Merged;
import org.hikae.media.store.MergedChain.Made;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full generation and two upon it, packed and on medium a: merges that come to nothing, and what is shared. */
class MergeFaultsTest {

    private static final int BLOCK = 4096;

    @TempDir
    Path home;

    private MergedChain chain;
    private List<Made> range;

    @BeforeEach
    void make() throws IOException {
        TestBackup disk = new TestBackup(1, BLOCK, 300 * BLOCK - 100);
        chain = new MergedChain(new Random(1), disk, home, new TestMedia(new UUID(1, 1)), 1 << 30);
        BlockSet all = chain.disk.all();
        Made full = chain.makePacked(null, all, all);
        chain.change();
        Made second = chain.makePacked(full, all, BlockSet.range(10, 40));
        chain.change();
        Made third = chain.makePacked(second, all, BlockSet.range(30, 40));
        range = List.of(third, second, full);
    }

    @AfterEach
    void close() {
        chain.close();
    }

    /** Nothing but an index is written where the frames lie already. */
    @Test
    void whatIsOnTheMediumIsShared() throws IOException {
        List<ObjectRef> before = range.stream()
                .flatMap(one -> one.link.manifest().objects().stream())
                .toList();
        Merged merged = chain.merge(range, "a");
        assertThat(merged.movedBytes()).isZero();
        assertThat(merged.recodedBytes()).isZero();
        assertThat(merged.manifest().objects()).isSubsetOf(before).contains(before.get(before.size() - 1));
        chain.check(range.get(0));
    }

    /** The frames arrive as they were, in objects of the newest one's folder. */
    @Test
    void whatIsElsewhereIsMoved() throws IOException {
        Merged merged = chain.merge(range, "b");
        assertThat(merged.movedBytes()).isPositive();
        assertThat(merged.recodedBytes()).isZero();
        assertThat(merged.manifest().objects()).extracting(ObjectRef::name).containsExactly("data@3/data-1.00.0000");
        assertThat(chain.drivers[0].objects).containsOnlyKeys("hikae-medium");
        chain.check(range.get(0));
        assertThat(chain.verify(range.get(0)).damages()).isEmpty();
    }

    /** A second move to and fro finds names that are free, though the first left its own. */
    @Test
    void aMoveIsAMergeOfOne() throws IOException {
        List<Made> one = List.of(range.get(0));
        for (String name : List.of("b", "a", "b", "a")) {
            Merged merged = chain.merge(one, name);
            assertThat(merged.manifest().merge().merged()).isEmpty();
            chain.check(range.get(0));
        }
        assertThat(range.get(0).link.manifest().revision()).isEqualTo(4);
        assertThat(range.get(0).link.manifest().merge().replaces()).hasSize(4);
    }

    @Test
    void aCancelledMergeLeavesNothing() throws IOException {
        for (String phase : List.of("moving", "writing the index")) {
            AtPhase cancelled = new AtPhase(phase, () -> {
                throw new CancellationException();
            });
            checkUndone(cancelled, CancellationException.class);
        }
    }

    @Test
    void aFullMediumLeavesNothing() throws IOException {
        for (long room : new long[] {10, 1000, 100_000}) {
            chain.drivers[1].room.set(room);
            checkUndone(Progress.NONE, MediumFullException.class);
        }
    }

    @Test
    void whatIsDamagedIsNotMoved() throws IOException {
        ObjectRef object = range.get(2).link.manifest().objects().get(0);
        chain.object(range.get(2), object)[(int) object.length() / 2] ^= 1;
        checkUndone(Progress.NONE, DamagedException.class);
    }

    private void checkUndone(Progress progress, Class<? extends Exception> failure) {
        Map<String, byte[]> before = Map.copyOf(chain.drivers[0].objects);
        SortedMap<String, byte[]> other = chain.drivers[1].copy();
        assertThatThrownBy(() -> chain.merge(range, "b", progress)).isInstanceOf(failure);
        assertThat(chain.drivers[0].objects).isEqualTo(before);
        assertThat(chain.drivers[1].objects).containsOnlyKeys(other.keySet());
    }

    /** Most of the second one's object is overwritten by the third: the rest is moved, and nothing dragged along. */
    @Test
    void whatIsDeadForTheMostPartIsMoved() throws IOException {
        BlockSet all = chain.disk.all();
        Made last = range.get(0);
        chain.disk.alone = true;
        for (int i = 0; i < 3; i++) {
            new Random(i).nextBytes(chain.disk.image);
            last = chain.makePacked(last, all, i == 2 ? BlockSet.range(0, 280) : all);
        }
        Merged merged = chain.merge(List.of(last, last.parent), "a");
        assertThat(merged.manifest().objects().get(0).name()).startsWith("data@6/data.");
        assertThat(merged.movedBytes()).isPositive();
        assertThat(merged.manifest().objects())
                .extracting(ObjectRef::name)
                .contains("data@6/data-1.00.0000")
                .noneMatch(name -> name.startsWith("data@5/"));
        chain.check(last);
    }

    /** Newest, second, oldest: blocks 30-69 need one, 10-29 two, the rest three. */
    @Test
    void readersSayHowManyTheyAsk() throws IOException {
        try (GenerationReader reader = chain.read(range.get(0))) {
            assertThat(reader.generationsAsked()).isZero();
            reader.read(ByteBuffer.allocate(BLOCK), 30L * BLOCK);
            assertThat(reader.generationsAsked()).isEqualTo(1);
            reader.read(ByteBuffer.allocate(2 * BLOCK), 9L * BLOCK);
            assertThat(reader.generationsAsked()).isEqualTo(2);
            assertThat(reader.storedSince("data@1")).isEqualTo(BlockSet.of(new BlockRun(10, 60)));
        }
        chain.merge(range, "a");
        try (GenerationReader reader = chain.read(range.get(0))) {
            reader.read(ByteBuffer.allocate(BLOCK), 0);
            assertThat(reader.generationsAsked()).isEqualTo(1);
        }
    }
}
