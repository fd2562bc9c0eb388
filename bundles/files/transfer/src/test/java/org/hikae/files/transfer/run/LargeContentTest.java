package org.hikae.files.transfer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Start;
import org.hikae.files.transfer.run.RunItem.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal large content is in equal frames, whatever comes before it and behind it (R22). */
class LargeContentTest {

    private static final int FULL = 10_000;

    /** Raw frames of a run with a file of such content, between small ones. */
    private static final class Run {

        final List<byte[]> frames = new ArrayList<>();
        final RunWriter writer;

        Run(Random random) throws IOException {
            Start start = new Start(new UUID(random.nextLong(), 1), "docs", 1, 0, Instant.EPOCH);
            writer = new RunWriter(
                    start,
                    (number, raw) -> {
                        byte[] bytes = new byte[raw.remaining()];
                        raw.duplicate().get(bytes);
                        frames.add(bytes);
                    },
                    FULL);
        }

        void file(String path, byte[] content, int cut) throws IOException {
            begin(path, content, cut);
            ContentHash hash = new ContentHash();
            hash.add(0, ByteBuffer.wrap(content));
            writer.write(new FileEnd(hash.finish(content.length), null));
        }

        void begin(String path, byte[] content, int cut) throws IOException {
            Times times = new Times(Instant.EPOCH, Instant.EPOCH, null, null);
            writer.write(new FileItem(
                    FileName.parse(path),
                    FileType.REGULAR,
                    0644,
                    1,
                    2,
                    null,
                    null,
                    times,
                    content.length,
                    null,
                    0,
                    List.of(),
                    0,
                    new Follows()));
            for (int at = 0; at < content.length; at += cut) {
                int length = Math.min(cut, content.length - at);
                writer.write(new Data(at, ByteBuffer.wrap(content, at, length).slice()));
            }
        }

        /** Those that have nothing but content of the file that begins with these bytes. */
        List<String> pieces(byte[] content) {
            List<String> pieces = new ArrayList<>();
            for (byte[] frame : frames) {
                ByteBuffer raw = ByteBuffer.wrap(frame);
                boolean data = raw.get() == ItemCodec.DATA && raw.getInt() == frame.length - ItemCodec.HEAD;
                long offset = data ? raw.getLong() : -1;
                if (data
                        && offset < content.length
                        && raw.equals(ByteBuffer.wrap(content, (int) offset, raw.remaining()))) {
                    pieces.add(offset + "+" + raw.remaining());
                }
            }
            return pieces;
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {FULL, FULL + 1, 2 * FULL, 37_123})
    void equalContentIsInEqualFrames(int length) throws IOException {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] content = bytes(random, length);
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Run run = new Run(random);
            for (int n = random.nextInt(5); n > 0; n--) {
                run.file("/before" + n, bytes(random, random.nextInt(FULL - 1)), 999);
            }
            run.file("/large", content, 1 + random.nextInt(20_000));
            run.file("/behind", bytes(random, random.nextInt(FULL - 1)), 999);
            run.writer.finish();
            all.add(run.pieces(content));
        }
        assertThat(all).as("-Dhikae.seed=" + seed).allMatch(all.get(0)::equals);
        int covered = all.get(0).stream()
                .mapToInt(each -> Integer.parseInt(each.substring(each.indexOf('+') + 1)))
                .sum();
        assertThat(covered).isEqualTo(length);
    }

    @Test
    void smallContentGoesOnInTheFrame() throws IOException {
        Run run = new Run(new Random(1));
        run.file("/a", bytes(new Random(2), 3000), 1000);
        run.file("/b", bytes(new Random(3), 3000), 1000);
        run.writer.finish();
        assertThat(run.frames).hasSize(2);
    }

    @Test
    void largeFilesWithoutContentAndThoseThatAreTakenBackLeaveNoEmptyFrames() throws IOException {
        Random random = new Random(4);
        Run run = new Run(random);
        run.begin("/large", bytes(random, 3 * FULL), FULL);
        run.writer.write(new FileVoid());
        run.file("/small", bytes(random, 10), 10);
        run.writer.finish();
        assertThat(run.frames).allMatch(frame -> frame.length > 0);
        int begun = run.frames.size();
        assertThat(begun).isBetween(6, 7);
    }
}
