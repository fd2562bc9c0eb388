package org.hikae.media.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.hikae.api.job.Progress;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTableReader;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.read.FrameCheck;
import org.hikae.media.read.Scratch;

/**
 * Goes through a log once, and checks all of it: every frame, that each part follows the one before it, and that the end is
 * the end. Takes memory for one frame. Not thread-safe.
 */
final class LogPass {

    private final List<LogPart> parts;
    private final Scratch scratch;
    private final Progress progress;
    private final Pieces pieces;
    /** Over the checksums of all frames. */
    private final CRC32C all = new CRC32C();

    private long records;
    private long lastNumber;
    /** Checksum of the last frame; 0 before the first. */
    private int lastChecksum;
    /** Whether the last frame said that it is the log's last one. */
    private boolean ended;

    /**
     * What a log is, as far as two passes can be compared.
     *
     * @param records number of records
     * @param checksum over all of it
     */
    record Log(long records, long checksum) {}

    LogPass(List<LogPart> parts, Scratch scratch, Progress progress, Pieces pieces) {
        this.parts = parts;
        this.scratch = scratch;
        this.progress = progress;
        this.pieces = pieces;
    }

    /**
     * Hands all pieces on.
     *
     * @throws DamagedException if a part is damaged, cut off, or not of this log
     */
    Log run() throws IOException {
        for (LogPart part : parts) {
            readPart(part);
        }
        LogPart last = parts.get(parts.size() - 1);
        if (last.header().marksEnd() && !ended) {
            throw new DamagedException(
                    "the log of " + LogParts.name(last.header()) + " does not end with " + last.path()
                            + ": that is cut off, or a part that follows it is missing; give all files of the log, whole");
        }
        return new Log(records, all.getValue());
    }

    private void readPart(LogPart part) throws IOException {
        try (FrameFile file = new FrameFile(part, scratch)) {
            checkFollows(part);
            progress.advance(file.position());
            long at = file.position();
            try {
                for (ByteBuffer frame = file.next(); frame != null; frame = file.next()) {
                    progress.pass();
                    readFrame(part.header(), frame);
                    progress.advance(file.position() - at);
                    at = file.position();
                }
            } catch (DamagedException e) {
                throw part.damaged("the frame at byte " + at + ": " + e.getMessage(), e);
            }
            if (at == ObjectHeader.LENGTH) {
                throw part.damaged("it has no frame; it is cut off", null);
            }
        }
    }

    /** A part that was cut off between two frames, or is of another attempt at this generation, ends otherwise. */
    private void checkFollows(LogPart part) throws DamagedException {
        if (ended) {
            throw new DamagedException("the log of " + LogParts.name(part.header()) + " ends before " + part.path()
                    + ", which does not belong to it; give the parts of one log");
        }
        if (part.header().marksEnd() && part.header().before() != lastChecksum) {
            throw new DamagedException(
                    part.path() + " does not follow what was given as the part before it: that is cut off, or"
                            + " one of them is of another log; give the parts of one log, whole");
        }
    }

    private void readFrame(ObjectHeader object, ByteBuffer frame) throws IOException {
        FrameHeader header = FrameHeader.decode(frame);
        if (ended) {
            throw new DamagedException("it follows the last one");
        }
        ended = header.last();
        lastChecksum = header.crc();
        all.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, lastChecksum));
        FrameCheck.unpack(header, frame, scratch.raw.clear(), scratch);
        ByteBuffer blocks = scratch.raw.flip();
        FrameTableReader table = new FrameTableReader(header, FrameCheck.table(header, frame), object.blockCount());
        while (table.next()) {
            count(table.number());
            pieces.put(table.number(), table.first(), table.count(), table.zero() ? null : take(blocks, object, table));
        }
        if (blocks.hasRemaining()) {
            throw new DamagedException("it has more blocks than its table");
        }
    }

    private void count(long number) throws DamagedException {
        if (number < Math.max(1, lastNumber)) {
            throw new DamagedException("its record " + number + " follows record " + lastNumber);
        }
        records += number == lastNumber ? 0 : 1;
        lastNumber = number;
    }

    private static ByteBuffer take(ByteBuffer blocks, ObjectHeader object, FrameTableReader table)
            throws DamagedException {
        long length = table.count() * object.blockSize();
        if (table.count() > blocks.remaining() || length > blocks.remaining()) {
            throw new DamagedException("its table has more blocks than there are in it");
        }
        ByteBuffer piece = blocks.duplicate().limit(blocks.position() + (int) length);
        blocks.position(piece.limit());
        return piece;
    }
}
