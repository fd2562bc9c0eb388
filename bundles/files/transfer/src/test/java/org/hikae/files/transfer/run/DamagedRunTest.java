package org.hikae.files.transfer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hikae.files.transfer.run.RunItem.Start;
import org.junit.jupiter.api.Test;

/** A run that is not as it was is refused, whatever has happened to it. */
class DamagedRunTest {
    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final RandomRun run = new RandomRun(random, 12);
    private final List<byte[]> frames;

    DamagedRunTest() throws IOException {
        frames = Frames.of(run);
    }

    private static void assertRefused(byte[] bytes, String what) {
        try (RunReader reader = new RunReader(Frames.channel(bytes))) {
            while (reader.next() != null) {
                // up to the damage
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        fail("%s is not noticed; -Dhikae.seed=%s makes it again", what, SEED);
    }

    private byte[] all() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    @Test
    void flippedBits() {
        byte[] all = all();
        for (int bit = 0; bit < 8 * FrameHeader.LENGTH; bit++) {
            assertFlipRefused(all, bit);
        }
        for (int i = 0; i < 100; i++) {
            assertFlipRefused(all, (int) random.nextLong(8L * all.length));
        }
    }

    private static void assertFlipRefused(byte[] all, int bit) {
        all[bit / 8] ^= (byte) (1 << bit % 8);
        assertRefused(all, "bit " + bit);
        all[bit / 8] ^= (byte) (1 << bit % 8);
    }

    @Test
    void cutOffAnywhere() {
        byte[] all = all();
        for (int length = 0; length < 100; length++) {
            assertRefused(Arrays.copyOf(all, length), "length " + length);
        }
        for (int i = 0; i < 50; i++) {
            int length = random.nextInt(all.length);
            assertRefused(Arrays.copyOf(all, length), "length " + length);
        }
    }

    @Test
    void framesMissingTwiceOrExchanged() throws IOException {
        for (int i = 0; i < frames.size(); i++) {
            List<byte[]> without = new ArrayList<>(frames);
            without.remove(i);
            assertRefused(joined(without), "without frame " + i);
            List<byte[]> twice = new ArrayList<>(frames);
            twice.add(i, frames.get(i));
            assertRefused(joined(twice), "frame twice " + i);
        }
        List<byte[]> swapped = new ArrayList<>(frames);
        Collections.swap(swapped, 0, frames.size() - 1);
        assertRefused(joined(swapped), "swapped");
    }

    private static byte[] joined(List<byte[]> frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    @Test
    void framesOfAnotherRunOfTheSameNumber() throws IOException {
        Start again = new Start(
                UUID.randomUUID(), run.start.backup(), run.start.number(), run.start.base(), run.start.taken());
        List<byte[]> other = Frames.of(again, run.items());
        for (int i = 0; i < frames.size(); i++) {
            List<byte[]> mixed = new ArrayList<>(frames);
            mixed.set(i, other.get(i));
            assertRefused(joined(mixed), "frame " + i + " of another run");
        }
    }

    @Test
    void somethingBehindTheEnd() {
        List<byte[]> more = new ArrayList<>(frames);
        more.add(new byte[] {0});
        // The reader ends at the end; who reads frames notices.
        assertThatThrownBy(() -> {
                    FrameReader reader = new FrameReader(Frames.channel(joined(more)));
                    while (reader.next() != null) {
                        // up to the end
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void randomBytesAsItems() throws IOException {
        try (FrameCodec codec = new FrameCodec()) {
            for (int i = 0; i < 2000; i++) {
                byte[] raw = new byte[1 + random.nextInt(300)];
                random.nextBytes(raw);
                raw[0] = (byte) (1 + random.nextInt(7));
                if (raw.length > 5) {
                    ByteBuffer.wrap(raw).putInt(1, raw.length - 5);
                }
                StoredFrame frame = codec.encode(3, 7, ByteBuffer.wrap(raw));
                parseWithoutHarm(frame);
            }
        }
    }

    @Test
    void itemsWithFlippedBitsUnderRightChecksums() throws IOException {
        try (FrameCodec codec = new FrameCodec()) {
            ByteBuffer raw = codec.decode(FrameCodec.take(ByteBuffer.wrap(frames.get(0))));
            byte[] bytes = new byte[Math.min(raw.remaining(), 2000)];
            raw.get(bytes);
            for (int i = 0; i < 2000; i++) {
                int bit = random.nextInt(8 * bytes.length);
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                parseWithoutHarm(codec.encode(0, run.start.mark(), ByteBuffer.wrap(bytes)));
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    /** Either there are items, or a clear exception. */
    private static void parseWithoutHarm(StoredFrame frame) {
        try (RunParser parser =
                new RunParser(frame.number() == 0 ? RunState.BEGIN : RunState.unknown(frame.number()))) {
            assertThat(parser.items(frame)).isNotEmpty();
        } catch (FormatException e) {
            assertThat(e.getMessage()).startsWith("frame " + frame.number());
        }
    }
}
