package org.hikae.files.transfer.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.End;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Start;

/**
 * Packs the items of a run into frames. It needs the memory of one frame. Where a frame ends follows from the items
 * alone: how content is cut into {@link Data}, and how frames are compressed, makes no difference. So frames that were not
 * kept can be made again. Large content has frames to itself, so that equal content is cut into equal pieces wherever it comes, which a
 * center stores once (R22). After an exception it is of no use any more. Not thread-safe.
 */
public final class RunWriter {
    /** With less room than this left, content begins in the next frame. */
    private static final int LEAST_PIECE = 4096;

    private final RawFrames frames;
    private final int full;
    private final int mark;
    private final RunCheck check = new RunCheck(RunState.BEGIN);
    private final ByteBuffer raw = ByteBuffer.allocate(FrameHeader.MAX_RAW);
    private long number;

    /** Whether the file that is open is so large that its content has frames to itself. */
    private boolean large;

    /** Whether nothing but content of that file is in {@code raw}. */
    private boolean alone;

    /** Where in {@code raw} the piece begins that goes on; -1: none does. */
    private int piece = -1;

    /** Offset in the file where that piece ends. */
    private long pieceEnd;

    /**
     * Begins a run.
     *
     * @throws IOException if something in {@code start} is not allowed
     */
    public RunWriter(Start start, RawFrames frames) throws IOException {
        this(start, frames, FrameHeader.FULL_RAW);
    }

    /** @param full bytes of items after which a frame is left, more than 8192: with fewer there are many frames of little */
    RunWriter(Start start, RawFrames frames, int full) throws IOException {
        this.frames = frames;
        this.full = full;
        mark = start.mark();
        begin();
        byte[] packed = ItemCodec.pack(start);
        check.item(start, true, false);
        raw.put(packed);
    }

    /**
     * Adds an item.
     *
     * @throws FormatException if it is not allowed, or not here
     * @throws IOException if a frame cannot be left
     */
    public void write(RunItem item) throws IOException {
        if (item instanceof Data data) {
            write(data);
            return;
        }
        if (item instanceof End) {
            throw new FormatException("the end is made by finish");
        }
        byte[] packed = ItemCodec.pack(item);
        check.item(item, false, false);
        piece = -1;
        if (raw.position() > 0 && (alone || raw.position() + packed.length > full)) {
            flush();
        }
        alone = false;
        large = item instanceof FileItem file && file.content() instanceof Follows && file.size() >= full;
        raw.put(packed);
    }

    private void write(Data data) throws IOException {
        if (!data.bytes().hasRemaining()) {
            return;
        }
        ItemRules.check(data);
        check.item(data, false, false);
        if (large && !alone) {
            flush();
            alone = true;
        }
        ByteBuffer bytes = data.bytes().duplicate();
        long offset = data.offset();
        while (bytes.hasRemaining()) {
            if (piece < 0 || pieceEnd != offset || raw.position() >= full) {
                beginPiece(offset);
            }
            int count = Math.min(bytes.remaining(), full - raw.position());
            raw.put(bytes.slice().limit(count));
            bytes.position(bytes.position() + count);
            offset += count;
            pieceEnd = offset;
            raw.putInt(piece + 1, raw.position() - piece - ItemCodec.HEAD);
        }
    }

    private void beginPiece(long offset) throws IOException {
        if (raw.position() + ItemCodec.DATA_HEAD + LEAST_PIECE > full) {
            flush();
        }
        piece = raw.position();
        raw.put((byte) ItemCodec.DATA).putInt(0).putLong(offset);
    }

    /**
     * Ends the run: the last frame is left before this returns.
     *
     * @return the last item
     * @throws FormatException if a file is open
     * @throws IOException if a frame cannot be left
     */
    public End finish() throws IOException {
        if (raw.position() > 0) {
            flush();
        }
        End end = check.end();
        check.item(end, true, true);
        raw.put(ItemCodec.pack(end));
        flush();
        return end;
    }

    /** Number of frames that were left, at the end of all. */
    public long frames() {
        return number;
    }

    /** Of all content so far, see {@link End}. */
    public long bytes() {
        return check.end().bytes();
    }

    private void begin() throws FormatException {
        check.begin(new FrameHeader(FrameHeader.Codec.PLAIN, number, mark, 1, 1, 0));
    }

    private void flush() throws IOException {
        raw.flip();
        check.finish(raw);
        if (number > FrameHeader.MAX_NUMBER) {
            throw new FormatException("a run of more than " + FrameHeader.MAX_NUMBER + " frames");
        }
        frames.frame(number, raw.asReadOnlyBuffer());
        raw.clear();
        piece = -1;
        number++;
    }
}
