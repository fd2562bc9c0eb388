package org.hikae.media.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.Varint;

/** Runs, their merge, overlay and bytes, against arrays that say the same for each block. */
class IndexPropertyTest {

    private static final int BLOCKS = 400;
    private static final int FRAME_BLOCKS = 32;

    /** What one block is: a frame and the position in it, or one of the special frames with position 0. */
    private record Place(int frame, int position) {}

    private static final Place NONE = new Place(Runs.NONE, 0);

    private final Random random = new Random();

    @Property(tries = 300)
    void mergedWritersSayWhatEachBlockIs(@ForAll long seed) {
        random.setSeed(seed);
        List<RunList> lists = new ArrayList<>();
        int[] firstFrames = {0, 100, 200};
        List<List<Place>> candidates = new ArrayList<>();
        for (int b = 0; b < BLOCKS; b++) {
            candidates.add(new ArrayList<>());
        }
        for (int firstFrame : firstFrames) {
            lists.add(randomList(firstFrame, candidates));
        }
        Runs runs = Merge.sort(lists, firstFrames, BLOCKS);
        Place[] places = places(runs);
        for (int b = 0; b < BLOCKS; b++) {
            if (candidates.get(b).isEmpty()) {
                assertThat(places[b]).isEqualTo(NONE);
            } else {
                assertThat(candidates.get(b)).contains(places[b]);
            }
        }
    }

    /** Mostly ascending, as a worker goes, with jumps back. */
    private RunList randomList(int firstFrame, List<List<Place>> candidates) {
        RunList list = new RunList();
        int at = random.nextInt(50);
        for (int i = 0; i < random.nextInt(30); i++) {
            int first = random.nextInt(5) == 0 ? random.nextInt(BLOCKS) : Math.min(BLOCKS - 1, at);
            int count = 1 + random.nextInt(Math.min(FRAME_BLOCKS, BLOCKS - first));
            boolean zero = random.nextInt(3) == 0;
            int position = zero ? 0 : random.nextInt(FRAME_BLOCKS - count + 1);
            list.add(first, count, zero ? Runs.ZERO : i, position);
            for (int b = 0; b < count; b++) {
                candidates.get(first + b).add(zero ? new Place(Runs.ZERO, 0) : new Place(firstFrame + i, position + b));
            }
            at = first + count + random.nextInt(3) * random.nextInt(20);
        }
        return list;
    }

    @Property(tries = 300)
    void theLogWins(@ForAll long seed) throws IOException {
        random.setSeed(seed);
        Runs copied = randomRuns(false);
        Runs log = randomRuns(false);
        BlockSet available = copied.set(frame -> frame != Runs.NONE).union(log.set(frame -> frame != Runs.NONE));
        BlockSet set = available.intersect(randomSet());
        Place[] ofCopy = places(copied);
        Place[] ofLog = places(log);
        Place[] expected = new Place[BLOCKS];
        Place[] apart = new Place[BLOCKS];
        for (int b = 0; b < BLOCKS; b++) {
            boolean logged = !ofLog[b].equals(NONE);
            Place shifted = ofLog[b].frame() < 0 ? ofLog[b] : new Place(ofLog[b].frame() + 1000, ofLog[b].position());
            expected[b] = !set.contains(b) ? NONE : logged ? shifted : ofCopy[b];
            apart[b] = set.contains(b) && logged ? new Place(Runs.LOG, 0) : expected[b];
        }
        assertThat(places(Overlay.laidOver(set, copied, log, 1000))).isEqualTo(expected);
        Runs own = Overlay.apart(set, copied, log);
        assertThat(places(own)).isEqualTo(apart);
        assertThat(places(Overlay.joined(own, Overlay.cut(log, set), 1000))).isEqualTo(expected);
        assertThat(own.set(frame -> frame != Runs.NONE)).isEqualTo(set);
        BlockSet missing = BlockSet.range(0, BLOCKS).minus(available);
        if (!missing.isEmpty()) {
            assertThatThrownBy(() -> Overlay.laidOver(BlockSet.range(0, BLOCKS), copied, log, 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(missing.count() + " wanted blocks, from block "
                            + missing.iterator().next().first());
        }
    }

    @Property(tries = 300)
    void anIndexComesBackFromItsBytes(@ForAll long seed) throws IOException {
        random.setSeed(seed);
        Runs runs = randomRuns(true);
        Frames frames = randomFrames();
        byte[] bytes = bytes(new Index(frames, runs));
        Index read = IndexCodec.read(new ByteArrayInputStream(bytes), BLOCKS);
        assertThat(places(read.runs())).isEqualTo(places(runs));
        assertThat(read.runs().count()).isEqualTo(runs.count());
        assertThat(read.frames().count()).isEqualTo(frames.count());
        for (int f = 0; f < frames.count(); f++) {
            FrameObject expected = frames.objects().get(frames.objectOf(f));
            FrameObject object = read.frames().objects().get(read.frames().objectOf(f));
            int within = f - frames.firstFrame(frames.objectOf(f));
            assertThat(object.name()).isEqualTo(expected.name());
            assertThat(object.offset(within)).isEqualTo(expected.offset(within));
            assertThat(object.length(within)).isEqualTo(expected.length(within));
            assertThat(object.checksum(within)).isEqualTo(expected.checksum(within));
            assertThat(read.frames().blocks(f)).isEqualTo(frames.blocks(f));
        }
    }

    /** Whatever the bytes are, reading them ends, with an index that makes sense or with an exception (I9). */
    @Property(tries = 500)
    void brokenBytesAreRefused(@ForAll long seed) throws IOException {
        random.setSeed(seed);
        byte[] bytes = bytes(new Index(randomFrames(), randomRuns(true)));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        byte[] broken = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        try {
            Index index = IndexCodec.read(new ByteArrayInputStream(broken), BLOCKS);
            assertThat(index.runs().blockCount()).isEqualTo(BLOCKS);
            for (int i = 0; i < index.runs().count(); i++) {
                int frame = index.runs().frame(i);
                long end = index.runs().position(i)
                        + index.runs().end(i)
                        - index.runs().first(i);
                assertThat(frame < 0 || end <= index.frames().blocks(frame)).isTrue();
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Example
    void twentyTebibytesOfHoleAreOneRun() throws IOException {
        long blocks = 20L << 30;
        RunList list = new RunList();
        list.add(0, blocks / 2, Runs.ZERO, 0);
        list.add(blocks / 2, blocks - blocks / 2, Runs.ZERO, 0);
        Runs runs = Merge.sort(List.of(list), new int[1], blocks);
        assertThat(runs.count()).isOne();
        byte[] bytes = bytes(new Index(Frames.of(List.of()), runs));
        assertThat(bytes).hasSizeLessThan(60);
        Index read = IndexCodec.read(new ByteArrayInputStream(bytes), blocks);
        assertThat(read.runs().set(frame -> frame == Runs.ZERO)).isEqualTo(BlockSet.range(0, blocks));
    }

    @Example
    void millionsOfRunsAreCompact() throws IOException {
        int runs = 2_000_000;
        RunList list = new RunList();
        for (int i = 0; i < runs; i++) {
            list.add(i * 3L, 1, i / 85, i % 85);
        }
        FrameObject.Builder object = new FrameObject.Builder("d@1/data.00.0000");
        for (int i = 0; i <= runs / 85; i++) {
            object.add(FrameHeader.LENGTH + 200_000 + i % 1000, random.nextInt(), 85);
        }
        Runs merged = Merge.sort(List.of(list), new int[1], runs * 3L);
        byte[] bytes = bytes(new Index(Frames.of(List.of(object.build())), merged));
        assertThat(bytes.length).isLessThan(runs);
        assertThat(IndexCodec.read(new ByteArrayInputStream(bytes), runs * 3L)
                        .runs()
                        .count())
                .isEqualTo(merged.count());
    }

    /** Thirty bytes that claim to be more than there is memory. */
    @Example
    void hugeNumbersAreRefused() throws IOException {
        for (long[] numbers : new long[][] {{1L << 40}, {1, 0, 1L << 60}, {0, BLOCKS, 1L << 50}, {1, 1L << 50}}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes("HIKAEIDX".getBytes(StandardCharsets.US_ASCII));
            Varint.write(out, 1);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (long number : numbers) {
                Varint.write(body, number);
            }
            out.writeBytes(Zstd.compress(body.toByteArray()));
            assertThatThrownBy(() -> IndexCodec.read(new ByteArrayInputStream(out.toByteArray()), BLOCKS))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(".*(too many|too long|fits into memory).*");
        }
    }

    private static byte[] bytes(Index index) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IndexCodec.write(index, out);
        return out.toByteArray();
    }

    private Frames randomFrames() {
        List<FrameObject> objects = new ArrayList<>();
        int frames = 0;
        while (frames < 60) {
            FrameObject.Builder object = new FrameObject.Builder("d@1/data.00." + objects.size());
            for (int i = random.nextInt(30); i > 0; i--, frames++) {
                object.add(FrameHeader.LENGTH + random.nextInt(FrameHeader.MAX_RAW), random.nextInt(), FRAME_BLOCKS);
            }
            objects.add(object.build());
        }
        return Frames.of(objects);
    }

    private Runs randomRuns(boolean withLog) {
        Runs.Builder runs = new Runs.Builder();
        while (true) {
            long first = runs.end() + random.nextInt(3) * random.nextInt(20);
            long count = 1 + random.nextInt(FRAME_BLOCKS);
            if (first + count > BLOCKS) {
                return runs.build(BLOCKS);
            }
            int kind = random.nextInt(withLog ? 5 : 4);
            int frame = kind == 4 ? Runs.LOG : kind == 3 ? Runs.ZERO : random.nextInt(60);
            runs.add(first, count, frame, frame < 0 ? 0 : random.nextInt(FRAME_BLOCKS - (int) count + 1));
        }
    }

    private BlockSet randomSet() {
        BlockSet.Builder set = new BlockSet.Builder();
        for (int i = 0; i < 15; i++) {
            int first = random.nextInt(BLOCKS);
            set.add(new BlockRun(first, 1 + random.nextInt(BLOCKS - first)));
            if (random.nextInt(4) == 0) {
                break;
            }
        }
        return set.build();
    }

    private static Place[] places(Runs runs) {
        Place[] places = new Place[(int) runs.blockCount()];
        for (int b = 0; b < places.length; b++) {
            int run = runs.find(b);
            int frame = runs.frame(run);
            places[b] = new Place(frame, frame < 0 ? 0 : runs.position(run) + (int) (b - runs.first(run)));
        }
        return places;
    }
}
