package org.hikae.files.transfer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.End;
import org.junit.jupiter.api.Test;

/** Runs that are made up come back as they were. {@code -Dhikae.seed} makes one again. */
class RunHistoryTest {
    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());
    private static final int RUNS = Integer.getInteger("hikae.histories", Boolean.getBoolean("hikae.long") ? 500 : 8);

    /** Something to be tried with random runs. */
    private interface Trial {
        void with(RandomRun run, Random random) throws IOException;
    }

    private static void tryAll(Trial trial) {
        for (int i = 0; i < RUNS; i++) {
            long seed = SEED + i;
            Random random = new Random(seed);
            try {
                trial.with(new RandomRun(random, random.nextInt(16)), random);
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("-Dhikae.seed=" + seed + " -Dhikae.histories=1 makes it again", e);
            }
        }
    }

    private static List<RunItem> expected(RandomRun run) {
        List<RunItem> expected = new ArrayList<>(List.of(run.start));
        expected.addAll(Frames.joined(run.items()));
        return expected;
    }

    @Test
    void comesBack() {
        tryAll((run, random) -> {
            List<RunItem> read = Frames.read(Frames.of(run), RunState.BEGIN);
            assertThat(read.remove(read.size() - 1)).isInstanceOf(End.class);
            assertThat(read.equals(expected(run))).isTrue();
        });
    }

    @Test
    void comesBackFromAnyFrameOn() {
        tryAll((run, random) -> {
            List<byte[]> frames = Frames.of(run);
            List<RunState> states = new ArrayList<>(List.of(RunState.BEGIN));
            List<RunItem> before = new ArrayList<>();
            try (RunParser parser = new RunParser(RunState.BEGIN)) {
                for (int at = 0; at < frames.size(); at++) {
                    List<byte[]> rest = frames.subList(at, frames.size());
                    RunState known = RunState.decode(states.get(at).encode());
                    List<RunItem> all = new ArrayList<>(before);
                    all.addAll(Frames.read(rest, known));
                    all.remove(all.size() - 1);
                    assertThat(Frames.joined(all).equals(expected(run))).isTrue();
                    assertThat(Frames.read(rest, RunState.unknown(at)).equals(Frames.read(rest, known)))
                            .isTrue();
                    before.addAll(parser.items(FrameCodec.take(ByteBuffer.wrap(frames.get(at)))));
                    states.add(parser.state());
                }
                assertThat(parser.state().ended()).isTrue();
            }
        });
    }

    @Test
    void framesFollowFromTheItemsAlone() {
        tryAll((run, random) -> {
            List<RunItem> cut = new ArrayList<>();
            for (RunItem item : run.items()) {
                if (item instanceof Data data) {
                    cut(data, random, cut);
                } else {
                    cut.add(item);
                }
            }
            assertSame(Frames.of(run.start, cut), Frames.of(run));
        });
    }

    private static void assertSame(List<byte[]> some, List<byte[]> others) {
        assertThat(some).hasSameSizeAs(others);
        for (int i = 0; i < some.size(); i++) {
            assertThat(Arrays.equals(some.get(i), others.get(i)))
                    .as("frame " + i)
                    .isTrue();
        }
    }

    private static void cut(Data data, Random random, List<RunItem> to) {
        ByteBuffer bytes = data.bytes().duplicate();
        long offset = data.offset();
        while (bytes.hasRemaining()) {
            int count = 1 + random.nextInt(bytes.remaining());
            to.add(new Data(offset, bytes.slice(bytes.position(), count)));
            bytes.position(bytes.position() + count);
            offset += count;
        }
    }

    @Test
    void framesAreFullButNotTooLarge() {
        tryAll((run, random) -> {
            List<byte[]> frames = Frames.of(run);
            for (byte[] bytes : frames) {
                FrameHeader header = FrameHeader.take(ByteBuffer.wrap(bytes));
                assertThat(bytes).hasSize(header.frameLength());
                assertThat(header.mark()).isEqualTo(run.start.mark());
            }
            assertThat(frames).hasSizeGreaterThanOrEqualTo(2);
        });
    }
}
