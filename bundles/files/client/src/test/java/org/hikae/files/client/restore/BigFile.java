package org.hikae.files.client.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.ModelCenter;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunWriter;
import org.hikae.files.transfer.uplink.Uplink;

/**
 * A center with one large file, /w/big, made from a seed: noise, and a hole from a third to the half. What it sends can be cut off, or be of
 * another seed.
 */
class BigFile extends Through {

    static final FileName PATH = FileName.parse("/w/big");
    private static final int PIECE = 1 << 20;
    /** Pieces begin at different places of it: to make noise anew for each takes far longer than all that is tested. */
    private static final byte[] NOISE = noise(2 * PIECE);
    /** By seed and number of pieces: one is told with each answer, and takes longer than all else of it. */
    private static final Map<List<Long>, byte[]> HASHES = new ConcurrentHashMap<>();

    final int pieces;
    final long size;
    /** Where what was asked for begins, for each time. */
    final List<Long> begun = new ArrayList<>();

    /** Seed of what is sent. */
    long seed;

    /** Whether it knows of contents that have begun. */
    boolean skips = true;

    private final long listed;

    BigFile(int pieces, long seed) {
        super(new ModelCenter());
        this.pieces = pieces;
        this.size = (long) pieces * PIECE + 7;
        this.seed = seed;
        this.listed = seed;
    }

    private boolean isHole(int piece) {
        return piece >= pieces / 3 && piece < pieces / 2;
    }

    private static byte[] piece(long seed, int piece) {
        int from = (int) Math.floorMod(seed * 500_009 + piece * 4099L, (long) PIECE);
        byte[] bytes = Arrays.copyOfRange(NOISE, from, from + PIECE);
        ByteBuffer.wrap(bytes).putLong(8, seed).putInt(16, piece);
        // Who damages the file puts a zero here.
        bytes[0] |= 1;
        return bytes;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private byte[] sha256(long of) {
        return HASHES.computeIfAbsent(List.of(of, (long) pieces), key -> hash(of))
                .clone();
    }

    private byte[] hash(long of) {
        ContentHash hash = new ContentHash();
        for (int i = 0; i < pieces; i++) {
            if (!isHole(i)) {
                hash.add((long) i * PIECE, ByteBuffer.wrap(piece(of, i)));
            }
        }
        return hash.finish(size);
    }

    /** Whether a file has just what it should have. */
    boolean isIn(Path file) throws IOException {
        if (Files.size(file) != size) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            for (int i = 0; i < pieces; i++) {
                byte[] expected = isHole(i) ? new byte[PIECE] : piece(listed, i);
                if (!Arrays.equals(in.readNBytes(PIECE), expected)) {
                    return false;
                }
            }
            return in.readAllBytes().length == 7;
        }
    }

    @Override
    public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
        to.version(new StoredVersion(
                new RunId("me", "docs", 1),
                PATH,
                0,
                Instant.EPOCH,
                FileType.REGULAR,
                size,
                Instant.EPOCH,
                HexFormat.of().formatHex(sha256(listed)),
                "m",
                null));
    }

    @Override
    public ReadableByteChannel content(ContentRequest request) throws IOException {
        long from = request.begun() == null ? 0 : request.begun().bytes();
        begun.add(from);
        return Channels.newChannel(new Sent(skips ? from : 0));
    }

    /** Called when so many bytes of the answer were read. @throws IOException to cut it off */
    void sent(int answer, long bytes) throws IOException {}

    private final class Sent extends InputStream {

        private final Deque<ByteBuffer> made = new ArrayDeque<>();
        private final FrameCodec codec = new FrameCodec();
        private final RunWriter writer;
        private final long from;
        private final int answer = begun.size();
        private int next = -1;
        private long sent;

        Sent(long from) throws IOException {
            this.from = from;
            RunItem.Start start = new RunItem.Start(new UUID(1, 2), "x", 1, 0, Instant.EPOCH);
            writer = new RunWriter(start, (number, raw) -> {
                ByteBuffer heap = ByteBuffer.allocate(raw.remaining()).put(raw.duplicate());
                made.add(codec.encode(number, start.mark(), heap.flip()).bytes());
            });
        }

        private void make() throws IOException {
            if (next < 0) {
                writer.write(new RunItem.FileItem(
                        PATH,
                        FileType.REGULAR,
                        0640,
                        0,
                        0,
                        null,
                        null,
                        new RunItem.Times(Instant.EPOCH, Instant.EPOCH, null, null),
                        size,
                        null,
                        0,
                        List.of(),
                        0,
                        new RunItem.Follows()));
            } else if (next < pieces) {
                if (!isHole(next) && (next + 1L) * PIECE > from) {
                    writer.write(new RunItem.Data((long) next * PIECE, ByteBuffer.wrap(piece(seed, next))));
                }
            } else {
                writer.write(new RunItem.FileEnd(sha256(seed), null));
                writer.finish();
            }
            next++;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            while (made.isEmpty() && next <= pieces) {
                make();
            }
            ByteBuffer frame = made.peek();
            if (frame == null) {
                return -1;
            }
            int count = Math.min(length, frame.remaining());
            frame.get(to, offset, count);
            if (!frame.hasRemaining()) {
                made.remove();
            }
            sent += count;
            sent(answer, sent);
            return count;
        }

        @Override
        public void close() {
            codec.close();
        }
    }
}
