package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.io.Buffers;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.ParentRef;
import org.hikae.media.index.Span;
import org.hikae.media.index.SpanSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sealed generation, in whatever layout, and what it builds upon. Thread-safe. */
public final class ChainReader implements GenerationReader {

    /** Spans, of up to 1 MiB, among which a hole is looked for: full disks have millions of them. */
    private static final int STRETCH = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ChainReader.class);

    /** Blocks after which an average says something. */
    private static final int ENOUGH_BLOCKS = 1000;

    /** Generations asked for a block that are too many. */
    private static final int MANY = 16;

    private final GenerationInfo info;
    private final ParentRef self;
    private final Chain chain;
    private final FrameStore store;
    private final Runnable ended;
    private volatile BlockSet set;
    private volatile boolean closed;
    private volatile boolean warned;
    /** Found last; null: none. */
    private volatile Stretch dataStretch;

    /**
     * @param self what those remember that build upon it
     * @param ended told once, when the reader is closed
     */
    ChainReader(GenerationInfo info, ParentRef self, Chain chain, FrameStore store, Runnable ended) {
        this.info = info;
        this.self = self;
        this.chain = chain;
        this.store = store;
        this.ended = ended;
    }

    @Override
    public GenerationInfo info() {
        return info;
    }

    @Override
    public Optional<FileSystem> openMeta() throws IOException {
        checkOpen();
        return chain.newest().own().openMeta(this);
    }

    @Override
    public BlockSet set() throws IOException {
        if (set == null) {
            BlockSet.Builder blocks = new BlockSet.Builder();
            SpanSource spans = spans();
            for (Span span = spans.next(); span != null; span = spans.next()) {
                blocks.add(new BlockRun(span.first(), span.blocks()));
            }
            set = blocks.build();
        }
        return set;
    }

    @Override
    public BlockSet storedSince(String ancestor) throws IOException {
        checkOpen();
        List<Layer> above = chain.above(ancestor);
        if (above.isEmpty()) {
            throw new IOException("generation " + info.id() + " builds upon no generation " + ancestor
                    + "; see what it builds upon with 'generation info " + info.id() + "'");
        }
        BlockSet.Builder stored = new BlockSet.Builder();
        ChainPieces pieces = new ChainPieces(above);
        for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
            Span span = piece.span();
            if (span.frame() != Span.PARENT) {
                stored.add(new BlockRun(span.first(), span.blocks()));
            }
        }
        return stored.build();
    }

    @Override
    public double generationsAsked() {
        return chain.asked();
    }

    /** Said once, to whom reading takes longer than it need. */
    private void warnOfLength() {
        if (!warned && chain.blocks() >= ENOUGH_BLOCKS && chain.asked() > MANY) {
            warned = true;
            LOG.warn(
                    "reading {} takes long: {} generations are asked for a block on average; make one of them:"
                            + " generation merge {}..{}",
                    info.id(),
                    Math.round(chain.asked()),
                    chain.oldest(),
                    info.id());
        }
    }

    /** What those remember that build upon the generation. */
    public ParentRef asParent() {
        return self;
    }

    /** The blocks that the generation answers for, as spans; what they are is of no interest. */
    public SpanSource spans() throws IOException {
        checkOpen();
        return chain.newest().own().index().spans();
    }

    @Override
    public long size() {
        return info.size();
    }

    @Override
    public int blockSize() {
        return info.blockSize();
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        checkOpen();
        Objects.checkFromIndexSize(offset, dst.remaining(), size());
        long at = offset;
        while (dst.hasRemaining()) {
            long first = at / blockSize();
            long last = (at + dst.remaining() - 1) / blockSize();
            for (Piece piece : piecesAt(first, Math.min(last + 1, first + BlockWriter.FRAME_BYTES / blockSize()))) {
                at += put(dst, piece, at);
            }
        }
        warnOfLength();
    }

    /** Puts what a piece has from a position on, as far as it is wanted. */
    private int put(ByteBuffer dst, Piece piece, long at) throws IOException {
        Span span = piece.span();
        int length = (int) Math.min(dst.remaining(), offsetOf(span.end()) - at);
        if (span.inFrame()) {
            putBlocks(dst, piece, at - span.first() * blockSize(), length);
        } else if (isOutside(span)) {
            throw outside(span);
        } else {
            putZeros(dst, length);
        }
        return length;
    }

    /** Whether nothing can be said of the blocks of a span: of a group, a generation knows nothing but what is in it (R2). */
    private boolean isOutside(Span span) {
        return span.frame() == Span.NONE && info.group() != null;
    }

    private IOException outside(Span span) {
        boolean one = span.blocks() == 1;
        return new IOException(
                (one ? "block " + span.first() + " is" : "blocks " + span.first() + "-" + (span.end() - 1) + " are")
                        + " no part of group " + info.groupName() + " in generation " + info.id()
                        + ": its content is that of the group's files alone; read the others from a generation of the whole disk");
    }

    private List<Piece> piecesAt(long first, long end) throws IOException {
        try {
            return chain.at(first, end);
        } catch (DamagedException e) {
            String what = end == first + 1 ? "block " + first : "one of the blocks " + first + "-" + (end - 1);
            throw new DamagedException(what + " of " + info.id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Piece pieceAt(long offset) throws IOException {
        long block = offset / blockSize();
        try {
            return chain.at(block);
        } catch (DamagedException e) {
            throw new DamagedException("block " + block + " of " + info.id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void putBlocks(ByteBuffer dst, Piece piece, long intoSpan, int length) throws IOException {
        Span span = piece.span();
        Part part = piece.part();
        int limit = dst.limit();
        try {
            long from = span.position() * (long) blockSize() + intoSpan;
            int rawLength = FrameStore.rawLength(part, span.frame());
            if (from > rawLength - length) {
                throw new DamagedException("their frame does not have them");
            } else if (!part.isAtItsPlace(span)) {
                throw new DamagedException("they are not at their place in the image");
            }
            boolean whole = length == rawLength && dst.isDirect();
            byte[] cached = whole ? store.find(part, span.frame()) : store.get(part, span.frame());
            if (cached != null) {
                dst.put(cached, (int) from, length);
                return;
            }
            dst.limit(dst.position() + length);
            store.readInto(part, span.frame(), dst);
        } catch (DamagedException e) {
            throw new DamagedException(
                    "blocks " + span.first() + "-" + (span.end() - 1) + " of " + info.id() + " cannot be read: "
                            + e.getMessage(),
                    e);
        } finally {
            dst.limit(limit);
        }
    }

    private static void putZeros(ByteBuffer dst, int length) {
        ByteBuffer zeros = Buffers.zeros();
        int left = length;
        while (left > 0) {
            zeros.position(0).limit(Math.min(left, zeros.capacity()));
            left -= zeros.remaining();
            dst.put(zeros);
        }
    }

    @Override
    public long nextData(long offset) throws IOException {
        return next(offset, true, Integer.MAX_VALUE);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        checkOpen();
        Stretch known = dataStretch;
        if (known == null || offset < known.from || offset >= known.to) {
            known = new Stretch(offset, next(offset, false, STRETCH));
            dataStretch = known;
        }
        return known.to;
    }

    /** Data without a hole, in bytes: who asks part by part would go through all of it for each part. */
    private record Stretch(long from, long to) {}

    /** @param most spans that are looked at; where it ends then, there may be a hole for all that is known */
    private long next(long offset, boolean data, int most) throws IOException {
        checkOpen();
        Objects.checkIndex(offset, size() == Long.MAX_VALUE ? size() : size() + 1);
        if (offset == size()) {
            return offset;
        }
        long at = offset;
        for (int looked = 0; at < size() && looked < most; looked++) {
            Span span = pieceAt(at).span();
            if ((span.inFrame() || isOutside(span)) == data) {
                return at;
            }
            at = offsetOf(span.end());
        }
        return at;
    }

    /** Where a block begins; the end of the disk for the one after the last. */
    private long offsetOf(long block) {
        return block == blockCount() ? size() : block * blockSize();
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        checkOpen();
        throw new NonWritableChannelException();
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        checkOpen();
        throw new NonWritableChannelException();
    }

    @Override
    public void force() throws IOException {
        checkOpen();
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        chain.close();
        ended.run();
    }
}
