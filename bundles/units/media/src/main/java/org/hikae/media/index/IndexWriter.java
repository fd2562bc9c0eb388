package org.hikae.media.index;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.media.format.Sha256;

/** Writes an index, page after page: all frames, then all runs, then the directory. Not thread-safe. */
public final class IndexWriter implements Closeable {

    static final byte[] MAGIC = "HIKAEIDX".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;

    private static final int LEVEL = 3;

    /** A directory as it was written. */
    public record Written(int directoryLength, String directorySha256) {}

    private final OutputStream out;
    private final long blockCount;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final ByteBuffer raw = ByteBuffer.allocate(Directory.MAX_PAGE);
    private final List<Directory.Entry> framePages = new ArrayList<>();
    private final List<Directory.Entry> runPages = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<Span> runs = new ArrayList<>();
    private int frameCount;
    private Span last;
    private long blocks;
    private long inFrames;

    /** @param out stays open */
    public IndexWriter(OutputStream out, long blockCount) throws IOException {
        this.out = out;
        this.blockCount = blockCount;
        zstd.setLevel(LEVEL);
        zstd.setContentSize(true);
        zstd.setChecksum(false);
        byte[] header = Arrays.copyOf(MAGIC, Directory.HEADER);
        header[MAGIC.length] = VERSION;
        out.write(header);
    }

    /** Adds the next frame; before the first run. */
    public void addFrame(Frame frame) throws IOException {
        if (frames.size() == FramePage.MAX_FRAMES) {
            flushFrames();
        }
        frames.add(frame);
        frameCount = Math.addExact(frameCount, 1);
    }

    private void endFrames() throws IOException {
        if (!frames.isEmpty()) {
            flushFrames();
        }
    }

    private void flushFrames() throws IOException {
        FramePage.encode(frames, raw.clear());
        frames.clear();
        framePages.add(write(0));
    }

    /** Adds the next span, which comes after all others; one that goes on with the last becomes a part of it. */
    public void addRun(Span span) throws IOException {
        endFrames();
        count(span);
        if (last != null && last.goesOn(span)) {
            last = new Span(last.first(), span.end(), last.frame(), last.position());
        } else {
            endRun();
            last = span;
        }
    }

    private void count(Span span) {
        blocks += span.blocks();
        inFrames += span.inFrame() ? span.blocks() : 0;
    }

    private void endRun() throws IOException {
        if (last != null) {
            runs.add(last);
        }
        if (runs.size() == RunPage.MAX_RUNS) {
            flushRuns();
        }
    }

    private void flushRuns() throws IOException {
        RunPage.encode(runs, raw.clear());
        long first = runs.get(0).first();
        runs.clear();
        runPages.add(write(first));
    }

    private Directory.Entry write(long first) throws IOException {
        byte[] page = zstd.compress(Arrays.copyOf(raw.array(), raw.position()));
        out.write(page);
        return new Directory.Entry(first, page.length, Directory.hash(page));
    }

    /** Writes what is left and the directory; nothing is added any more. */
    public Written end() throws IOException {
        endFrames();
        endRun();
        if (!runs.isEmpty()) {
            flushRuns();
        }
        ByteBuffer directory = Directory.encode(blockCount, frameCount, framePages, runPages);
        byte[] bytes = Arrays.copyOf(directory.array(), directory.limit());
        out.write(bytes);
        var digest = Sha256.begin();
        digest.update(bytes);
        return new Written(bytes.length, Sha256.end(digest));
    }

    /** Number of blocks in all spans. */
    public long blocks() {
        return blocks;
    }

    /** Number of blocks in frames. */
    public long blocksInFrames() {
        return inFrames;
    }

    @Override
    public void close() {
        zstd.close();
    }
}
