package org.hikae.files.transfer.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.files.transfer.run.RunItem.FileItem;

/**
 * How far a run was read: what is needed to check the frames that follow. A value.
 *
 * @param frames number of the next frame
 * @param known whether everything before was read; else nothing below is known but {@code frames}
 * @param mark of the frames, 0 before the first
 * @param number of the run, 0 before the first frame
 * @param base of the run
 * @param files see {@link RunItem.End}, up to here, without the file that is open
 * @param gone see {@link RunItem.End}
 * @param bytes see {@link RunItem.End}
 * @param digest of the frames before, see {@link RunDigest}
 * @param open the file whose content goes on in the next frame; null: none
 * @param position in it: end of its last piece
 * @param ended whether the last item was there
 */
public record RunState(
        long frames,
        boolean known,
        int mark,
        long number,
        long base,
        long files,
        long gone,
        long bytes,
        byte[] digest,
        FileItem open,
        long position,
        boolean ended) {

    /** Before the first frame. */
    public static final RunState BEGIN = unknown(0);

    /** Before a frame, without knowing what came before: counts and digest are not checked then; of frame 0, {@link #BEGIN}. */
    public static RunState unknown(long frames) {
        return new RunState(frames, frames == 0, 0, 0, 0, 0, 0, 0, new byte[RunDigest.LENGTH], null, 0, false);
    }

    /** As bytes, at most 1.2 MiB, for {@link #decode}. */
    public byte[] encode() {
        PackedOutput out = new PackedOutput();
        out.number(1)
                .number(frames)
                .number(known ? 1 : 0)
                .number(mark)
                .number(number)
                .number(base);
        out.number(files)
                .number(gone)
                .number(bytes)
                .raw(digest)
                .number(position)
                .number(ended ? 1 : 0);
        if (open != null) {
            ItemCodec.put(open, out);
        }
        return out.bytes();
    }

    /** @throws IOException if these are no such bytes */
    public static RunState decode(byte[] encoded) throws IOException {
        PackedInput in = new PackedInput(ByteBuffer.wrap(encoded));
        if (in.number() != 1) {
            throw new FormatException("a state of a run in an unknown form");
        }
        long frames = in.number();
        boolean known = in.number() != 0;
        int mark = (int) in.number();
        long number = in.number();
        long base = in.number();
        long files = in.number();
        long gone = in.number();
        long bytes = in.number();
        byte[] digest = in.raw(RunDigest.LENGTH);
        long position = in.number();
        boolean ended = in.number() != 0;
        FileItem open = null;
        if (in.hasRemaining()) {
            RunItem item = ItemCodec.take(in.rest());
            if (!(item instanceof FileItem file)) {
                throw new FormatException("a state of a run with another item than a file");
            }
            open = file;
        }
        return new RunState(frames, known, mark, number, base, files, gone, bytes, digest, open, position, ended);
    }
}
