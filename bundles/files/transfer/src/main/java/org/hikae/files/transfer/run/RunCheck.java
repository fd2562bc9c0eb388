package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.files.transfer.run.RunItem.Data;
import org.hikae.files.transfer.run.RunItem.End;
import org.hikae.files.transfer.run.RunItem.FileEnd;
import org.hikae.files.transfer.run.RunItem.FileItem;
import org.hikae.files.transfer.run.RunItem.FileVoid;
import org.hikae.files.transfer.run.RunItem.Follows;
import org.hikae.files.transfer.run.RunItem.Gone;
import org.hikae.files.transfer.run.RunItem.Same;
import org.hikae.files.transfer.run.RunItem.Start;

/** Which items may follow each other, and whether they add up. Not thread-safe. */
final class RunCheck {
    private final RunDigest digest;
    private long frames;
    private boolean known;
    private int mark;
    private long number;
    private long base;
    private long files;
    private long gone;
    private long bytes;
    private FileItem open;

    /** Whether, when nothing is known of what came before, a file may be open. */
    private boolean maybeOpen;

    private long position;
    private boolean ended;

    RunCheck(RunState state) {
        digest = new RunDigest(state.digest());
        frames = state.frames();
        known = state.known();
        mark = state.mark();
        number = state.number();
        base = state.base();
        files = state.files();
        gone = state.gone();
        bytes = state.bytes();
        open = state.open();
        maybeOpen = !known;
        position = state.position();
        ended = state.ended();
    }

    /** Says that items of another frame follow. */
    void begin(FrameHeader header) throws FormatException {
        require(!ended, "frame %s behind the end", header.number());
        require(header.number() == frames, "frame %s instead of frame %s", header.number(), frames);
        if (number != 0 || (!known && mark != 0)) {
            require(header.mark() == mark, "frame %s is of another run", header.number());
        }
        mark = header.mark();
    }

    /**
     * @param first whether it is the first one of its frame
     * @param last whether it is the last one of its frame
     */
    void item(RunItem item, boolean first, boolean last) throws FormatException {
        require(!ended, "an item behind the end");
        require(number != 0 || !known || item instanceof Start, "a run that does not begin with its start");
        if (item instanceof Start start) {
            start(start, first);
        } else if (item instanceof FileItem file) {
            file(file);
        } else if (item instanceof Data data) {
            data(data);
        } else if (item instanceof FileEnd || item instanceof FileVoid) {
            require(open != null || maybeOpen, "an end of a file without a file");
            close(item instanceof FileEnd);
        } else if (item instanceof Gone) {
            between("a name that is gone");
            gone++;
        } else if (item instanceof End end) {
            end(end, first && last);
        }
    }

    private void start(Start start, boolean first) throws FormatException {
        require(frames == 0 && first && number == 0, "a second start");
        require(start.mark() == mark, "a start that belongs to frames of another run");
        number = start.number();
        base = start.base();
    }

    private void file(FileItem file) throws FormatException {
        between("a file");
        if (file.content() instanceof Same same && number != 0) {
            boolean there = same.run() == number || (base > 0 && same.run() < number);
            require(there, "%s with the content of run %s, in run %s upon %s", file.path(), same.run(), number, base);
        }
        if (file.content() instanceof Follows) {
            open = file;
            position = 0;
        } else {
            files++;
        }
    }

    private void data(Data data) throws FormatException {
        require(open != null || maybeOpen, "a piece of content without a file");
        long end = data.offset() + data.bytes().remaining();
        require(data.offset() >= position, "a piece at %s, before %s", data.offset(), position);
        if (open != null) {
            require(end <= open.size(), "%s of %s bytes with a piece up to %s", open.path(), open.size(), end);
        }
        position = end;
        bytes += data.bytes().remaining();
        require(bytes >= 0, "more bytes than can be counted");
    }

    private void close(boolean valid) {
        if (valid) {
            files++;
        }
        open = null;
        maybeOpen = false;
        position = 0;
    }

    /** After what nothing is known, an item that stands between files tells that none is open. */
    private void between(String what) throws FormatException {
        require(open == null, "%s within another file", what);
        require(!maybeOpen || position == 0, "%s within another file", what);
        maybeOpen = false;
    }

    private void end(End end, boolean alone) throws FormatException {
        between("the end of the run");
        require(alone, "an end that is not alone in its frame");
        if (known) {
            require(
                    end.files() == files && end.gone() == gone && end.bytes() == bytes,
                    "an end that tells of other numbers than there were");
            require(Arrays.equals(end.digest(), digest.value()), "an end that tells of other frames than there were");
        }
        ended = true;
    }

    /** Says that all items of a frame were there. */
    void finish(ByteBuffer raw) {
        digest.add(raw);
        frames++;
    }

    /** What the end of a run is to say. */
    End end() {
        return new End(files, gone, bytes, digest.value());
    }

    /** Between two frames. */
    RunState state() {
        return new RunState(
                frames, known, mark, number, base, files, gone, bytes, digest.value(), open, position, ended);
    }

    private static void require(boolean right, String otherwise, Object... about) throws FormatException {
        if (!right) {
            throw new FormatException(String.format(otherwise, about));
        }
    }
}
