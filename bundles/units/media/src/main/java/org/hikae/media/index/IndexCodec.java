package org.hikae.media.index;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/** An index as bytes: magic, version, and a compressed body of varints. Its checksum is in the manifest. */
public final class IndexCodec {

    private static final byte[] MAGIC = "HIKAEIDX".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int LEVEL = 3;
    private static final int BUFFER = 1 << 16;
    private static final int MAX_NAME = 400;

    /** More objects than a manifest has room for. */
    private static final int MAX_OBJECTS = 1 << 20;

    /** Bytes of memory that a frame and a run take while they are read. */
    private static final int FRAME_BYTES = 50;

    private static final int RUN_BYTES = 35;

    private static final int KINDS = 4;
    private static final int NONE = 0;
    private static final int ZERO = 1;
    private static final int LOG = 2;
    private static final int FRAME = 3;

    private IndexCodec() {}

    /** Writes an index; the stream stays open. */
    public static void write(Index index, OutputStream out) throws IOException {
        out.write(MAGIC);
        Varint.write(out, VERSION);
        try (OutputStream body =
                new BufferedOutputStream(new ZstdOutputStreamNoFinalizer(new Unclosing(out), LEVEL), BUFFER)) {
            writeFrames(index.frames(), body);
            writeRuns(index.runs(), body);
        }
    }

    private static void writeFrames(Frames frames, OutputStream out) throws IOException {
        Varint.write(out, frames.objects().size());
        for (FrameObject object : frames.objects()) {
            byte[] name = object.name().getBytes(StandardCharsets.UTF_8);
            Varint.write(out, name.length);
            out.write(name);
            Varint.write(out, object.count());
            for (int i = 0; i < object.count(); i++) {
                Varint.write(out, object.length(i));
                Varint.write(out, object.blocks(i));
                int checksum = object.checksum(i);
                for (int shift = 0; shift < 32; shift += 8) {
                    out.write(checksum >>> shift & 0xff);
                }
            }
        }
    }

    private static void writeRuns(Runs runs, OutputStream out) throws IOException {
        Varint.write(out, runs.blockCount());
        Varint.write(out, runs.count());
        int lastFrame = 0;
        for (int i = 0; i < runs.count(); i++) {
            int frame = runs.frame(i);
            Varint.write(out, (runs.end(i) - runs.first(i)) * KINDS + kind(frame));
            if (frame >= 0) {
                Varint.write(out, Varint.zigzag((long) frame - lastFrame));
                Varint.write(out, runs.position(i));
                lastFrame = frame;
            }
        }
    }

    private static int kind(int frame) {
        return frame == Runs.NONE ? NONE : frame == Runs.ZERO ? ZERO : frame == Runs.LOG ? LOG : FRAME;
    }

    /**
     * Reads an index, whose bytes may be anything; the stream stays open.
     *
     * @throws DamagedException if it is none, of a newer version, or makes no sense
     * @throws EOFException if it is cut off
     */
    public static Index read(InputStream in, long blockCount) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new DamagedException("it does not begin as an index");
        }
        long version = Varint.read(in);
        if (version != VERSION) {
            throw new DamagedException("it has the unknown format version " + version);
        }
        InputStream body = new BufferedInputStream(new ZstdInputStreamNoFinalizer(new UnclosingIn(in)), BUFFER);
        try (body) {
            Frames frames = readFrames(body);
            return new Index(frames, readRuns(body, frames, blockCount));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DamagedException("it makes no sense: " + e.getMessage(), e);
        }
    }

    private static Frames readFrames(InputStream in) throws IOException {
        List<FrameObject> objects = new ArrayList<>();
        long left = Varint.read(in);
        if (left > MAX_OBJECTS) {
            throw new DamagedException("it has too many objects");
        }
        for (long frames = 0; left > 0; left--) {
            int nameLength = (int) Math.min(Varint.read(in), MAX_NAME + 1L);
            if (nameLength > MAX_NAME) {
                throw new DamagedException("an object has too long a name");
            }
            String name = new String(in.readNBytes(nameLength), StandardCharsets.UTF_8);
            FrameObject.Builder object = new FrameObject.Builder(name);
            long count = Varint.read(in);
            frames = Math.addExact(frames, count);
            checkRoom(frames, FRAME_BYTES);
            for (long i = 0; i < count; i++) {
                int length = small(Varint.read(in));
                int blocks = small(Varint.read(in));
                object.add(length, checksum(in), blocks);
            }
            objects.add(object.build());
        }
        return Frames.of(objects);
    }

    private static int small(long value) throws DamagedException {
        if (value > Integer.MAX_VALUE) {
            throw new DamagedException("a number is too large");
        }
        return (int) value;
    }

    private static int checksum(InputStream in) throws IOException {
        int checksum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("a checksum is cut off");
            }
            checksum |= next << shift;
        }
        return checksum;
    }

    private static Runs readRuns(InputStream in, Frames frames, long blockCount) throws IOException {
        if (Varint.read(in) != blockCount) {
            throw new DamagedException("it is that of a disk of another size");
        }
        Runs.Builder runs = new Runs.Builder();
        long frame = 0;
        long left = Varint.read(in);
        checkRoom(left, RUN_BYTES);
        for (; left > 0; left--) {
            long next = Varint.read(in);
            long count = next / KINDS;
            if (count < 1 || count > blockCount - runs.end()) {
                throw new DamagedException("a run has blocks that the disk does not have");
            }
            int kind = (int) (next % KINDS);
            if (kind != FRAME) {
                runs.add(runs.end(), count, kind == NONE ? Runs.NONE : kind == ZERO ? Runs.ZERO : Runs.LOG, 0);
                continue;
            }
            frame += Varint.unzigzag(Varint.read(in));
            long position = Varint.read(in);
            if (frame < 0 || frame >= frames.count() || !fits(position, count, frames.blocks((int) frame))) {
                throw new DamagedException("a run lies in a frame that does not have it");
            }
            runs.add(runs.end(), count, (int) frame, (int) position);
        }
        if (runs.end() != blockCount || in.read() >= 0) {
            throw new DamagedException("it does not end where it should");
        }
        return runs.build(blockCount);
    }

    /** A few bytes on a medium, hostile or not, must not take all the memory there is. */
    private static void checkRoom(long count, int bytesEach) throws IOException {
        long room = Runtime.getRuntime().maxMemory() / 2;
        if (count > room / bytesEach) {
            throw new IOException("its index has " + count + " entries, which is more than fits into memory: give Java"
                    + " more with -Xmx");
        }
    }

    private static boolean fits(long position, long count, int blocks) {
        return position <= blocks && count <= blocks - position;
    }

    /** The compressor closes what it writes to; that is the caller's. */
    private static final class Unclosing extends FilterOutputStream {

        Unclosing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** As {@link Unclosing}, for the decompressor. */
    private static final class UnclosingIn extends FilterInputStream {

        UnclosingIn(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The caller closes it.
        }
    }
}
