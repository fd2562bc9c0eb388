package org.hikae.media.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.media.format.FrameHeader;

/** Runs, their sorting, overlay and pages, against arrays that say the same for each block. */
class IndexPropertyTest {

    private static final int BLOCKS = 400;
    private static final int FRAME_BLOCKS = 32;
    private static final int FRAMES = 60;

    /** What one block is: a frame and the position in it, or something special with position 0. */
    private record Place(int frame, int position) {}

    private static final Place NONE = new Place(Span.NONE, 0);

    private static Path folder;

    private final Random random = new Random();

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("hikae-index");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        assertThat(folder).isEmptyDirectory();
        Files.delete(folder);
    }

    /** However little memory there is, and however the runs come. */
    @Property(tries = 300)
    void sortedWritersSayWhatEachBlockIs(@ForAll long seed) throws IOException {
        random.setSeed(seed);
        List<List<Place>> candidates = new ArrayList<>();
        for (int b = 0; b < BLOCKS; b++) {
            candidates.add(new ArrayList<>());
        }
        List<SpanSource> sources = new ArrayList<>();
        List<RunSorter> sorters = new ArrayList<>();
        for (int firstFrame = 0; firstFrame < 600; firstFrame += 200) {
            RunSorter sorter = new RunSorter(new ScratchFolder(folder), 1 + random.nextInt(20), 2 + random.nextInt(3));
            addRandomRuns(sorter, firstFrame, candidates);
            sources.add(sorter.sorted().after(firstFrame));
            sorters.add(sorter);
        }
        Place[] places = places(new MergedSpans(sources));
        for (RunSorter sorter : sorters) {
            sorter.close();
        }
        for (int b = 0; b < BLOCKS; b++) {
            if (candidates.get(b).isEmpty()) {
                assertThat(places[b]).isEqualTo(NONE);
            } else {
                assertThat(candidates.get(b)).contains(places[b]);
            }
        }
    }

    /** Mostly ascending, as a worker goes, with jumps back; or in no order at all, as a log. */
    private void addRandomRuns(RunSorter sorter, int firstFrame, List<List<Place>> candidates) throws IOException {
        int jumps = random.nextBoolean() ? 5 : 1;
        int at = random.nextInt(50);
        for (int i = 0; i < random.nextInt(200); i++) {
            int first = random.nextInt(jumps) == 0 ? random.nextInt(BLOCKS) : Math.min(BLOCKS - 1, at);
            int count = 1 + random.nextInt(Math.min(FRAME_BLOCKS, BLOCKS - first));
            boolean zero = random.nextInt(3) == 0;
            int position = zero ? 0 : random.nextInt(FRAME_BLOCKS - count + 1);
            sorter.add(first, count, zero ? Span.ZERO : i, position);
            for (int b = 0; b < count; b++) {
                candidates.get(first + b).add(zero ? new Place(Span.ZERO, 0) : new Place(firstFrame + i, position + b));
            }
            at = first + count + random.nextInt(3) * random.nextInt(20);
        }
    }

    /** R1 and c.5: of what is stored the log, then the copy; the parent for the rest of the set, and nothing beyond. */
    @Property(tries = 500)
    void theLogWinsAndTheParentHasTheRest(@ForAll long seed) throws IOException {
        random.setSeed(seed);
        List<Span> copied = randomSpans(2);
        List<Span> log = randomSpans(2);
        List<Span> parent = randomSpans(4);
        BlockSet ownBlocks = blocks(copied).union(blocks(log));
        BlockSet stored = ownBlocks.intersect(randomSet());
        BlockSet set = stored.union(blocks(parent).intersect(randomSet()));
        Place[] ofCopy = places(source(copied));
        Place[] ofLog = places(source(log));
        Place[] laidOver = new Place[BLOCKS];
        Place[] apart = new Place[BLOCKS];
        Place[] cut = new Place[BLOCKS];
        for (int b = 0; b < BLOCKS; b++) {
            boolean logged = stored.contains(b) && !ofLog[b].equals(NONE);
            cut[b] = logged ? ofLog[b] : NONE;
            Place own = !set.contains(b) ? NONE : stored.contains(b) ? ofCopy[b] : new Place(Span.PARENT, 0);
            Place inLog = ofLog[b].frame() < 0 ? ofLog[b] : new Place(ofLog[b].frame() + 1000, ofLog[b].position());
            laidOver[b] = logged ? inLog : own;
            apart[b] = logged ? new Place(Span.LOG, 0) : own;
        }
        assertThat(places(overlay(set, stored, log, copied, parent, true))).isEqualTo(laidOver);
        assertThat(places(overlay(set, stored, log, copied, parent, false))).isEqualTo(apart);
        List<Span> inSet = new ArrayList<>();
        Overlay.cut(source(log), stored, inSet::add);
        assertThat(places(source(inSet))).isEqualTo(cut);
        checkMissing(set, stored, log, copied, parent);
    }

    private void checkMissing(BlockSet set, BlockSet stored, List<Span> log, List<Span> copied, List<Span> parent) {
        BlockSet all = BlockSet.range(0, BLOCKS);
        BlockSet missing = all.minus(blocks(copied).union(blocks(log)));
        if (!missing.isEmpty()) {
            assertThatThrownBy(() -> overlay(all, all, log, copied, parent, true))
                    .isInstanceOf(IOException.class)
                    .hasMessage(missing.count() + " wanted blocks, from block "
                            + missing.iterator().next().first() + " on, are neither copied nor logged");
        }
        BlockSet orphans = all.minus(stored).minus(blocks(parent));
        if (!orphans.isEmpty()) {
            assertThatThrownBy(() -> overlay(all, stored, log, copied, parent, true))
                    .isInstanceOf(IOException.class)
                    .hasMessage(orphans.count() + " wanted blocks, from block "
                            + orphans.iterator().next().first()
                            + " on, should be the parent's, which does not have them");
        }
        assertThat(set.minus(stored).minus(blocks(parent)).isEmpty()).isTrue();
    }

    private static SpanSource overlay(
            BlockSet set, BlockSet stored, List<Span> log, List<Span> copied, List<Span> parent, boolean laidOver)
            throws IOException {
        List<Span> result = new ArrayList<>();
        new Overlay(set, stored, source(log), source(copied), source(parent))
                .run(span -> laidOver ? span.after(1000) : span.as(Span.LOG), result::add);
        return source(result);
    }

    @Property(tries = 200)
    void anIndexComesBackFromItsBytes(@ForAll long seed) throws IOException {
        random.setSeed(seed);
        List<Span> runs = randomSpans(5);
        List<Frame> frames = randomFrames();
        TestIndex index = new TestIndex(BLOCKS, frames, runs);
        PagedIndex read = index.open();
        Place[] expected = places(source(runs));
        assertThat(places(read.spans())).isEqualTo(expected);
        for (int b = 0; b < BLOCKS; b++) {
            Span span = read.at(b);
            assertThat(b >= span.first() && b < span.end()).isTrue();
            assertThat(place(span, b)).isEqualTo(expected[b]);
        }
        assertThat(read.frameCount()).isEqualTo(frames.size());
        for (int f = 0; f < frames.size(); f++) {
            assertThat(read.frame(f)).isEqualTo(frames.get(f));
        }
    }

    /** Whatever the bytes are, reading them ends, with what was written or with an exception (I9). */
    @Property(tries = 500)
    void brokenBytesAreRefused(@ForAll long seed) throws IOException {
        random.setSeed(seed);
        List<Span> runs = randomSpans(5);
        TestIndex index = new TestIndex(BLOCKS, randomFrames(), runs);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            index.bytes[random.nextInt(index.bytes.length)] = (byte) random.nextInt();
        }
        if (random.nextInt(3) == 0) {
            index.bytes = Arrays.copyOf(index.bytes, random.nextInt(index.bytes.length + 1));
        }
        try {
            assertThat(places(index.open().spans())).isEqualTo(places(source(runs)));
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private List<Frame> randomFrames() {
        List<Frame> frames = new ArrayList<>();
        int object = 0;
        long offset = 64;
        while (frames.size() < FRAMES) {
            if (random.nextInt(20) == 0) {
                object++;
                offset = random.nextInt(100);
            }
            int length = FrameHeader.LENGTH + random.nextInt(FrameHeader.MAX_RAW);
            frames.add(new Frame(object, offset, length, random.nextInt(), FRAME_BLOCKS));
            offset += length + (random.nextInt(10) == 0 ? random.nextInt(1000) : 0);
        }
        return frames;
    }

    /** @param kinds frames are one, and zeros, frames again, parent and log the next */
    private List<Span> randomSpans(int kinds) {
        List<Span> spans = new ArrayList<>();
        long end = 0;
        while (true) {
            long first = end + random.nextInt(3) * random.nextInt(20);
            end = first + 1 + random.nextInt(FRAME_BLOCKS);
            if (end > BLOCKS) {
                return spans;
            }
            int kind = random.nextInt(kinds);
            int frame = kind == 1 ? Span.ZERO : kind == 3 ? Span.PARENT : kind == 4 ? Span.LOG : random.nextInt(FRAMES);
            spans.add(new Span(
                    first, end, frame, frame < 0 ? 0 : random.nextInt(FRAME_BLOCKS - (int) (end - first) + 1)));
        }
    }

    private static SpanSource source(List<Span> spans) {
        var rest = spans.iterator();
        return () -> rest.hasNext() ? rest.next() : null;
    }

    private static BlockSet blocks(List<Span> spans) {
        BlockSet.Builder set = new BlockSet.Builder();
        spans.forEach(span -> set.add(new BlockRun(span.first(), span.blocks())));
        return set.build();
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

    private static Place[] places(SpanSource source) throws IOException {
        Place[] places = new Place[BLOCKS];
        Arrays.fill(places, NONE);
        long end = 0;
        for (Span span = source.next(); span != null; span = source.next()) {
            assertThat(span.first()).isGreaterThanOrEqualTo(end);
            for (long b = span.first(); b < span.end(); b++) {
                places[(int) b] = place(span, b);
            }
            end = span.end();
        }
        return places;
    }

    private static Place place(Span span, long block) {
        return new Place(span.frame(), span.inFrame() ? span.position() + (int) (block - span.first()) : 0);
    }
}
