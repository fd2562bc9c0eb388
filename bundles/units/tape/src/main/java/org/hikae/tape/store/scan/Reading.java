package org.hikae.tape.store.scan;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.hikae.io.Buffers;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.store.Copy;
import org.hikae.tape.store.Extent;

/** A copy that is being read, from its beginning to its end. Used by one thread. */
final class Reading {

    final Copy copy;
    private final MessageDigest digest;
    /** Bytes that were read, holes too. */
    private long at;
    /** The extent that is read next. */
    private int next;

    private String failure;

    Reading(Copy copy) {
        this.copy = copy;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }

    List<Extent> extents() {
        return copy.extents();
    }

    /** Why it is not as it was written; null if that is not known. */
    String failure() {
        return failure;
    }

    void fail(String why) {
        if (failure == null) {
            failure = why;
        }
    }

    /** Whether there is nothing more to be read. */
    boolean isOver() {
        return failure != null || next == copy.extents().size();
    }

    /** Whether an extent is the one to be read next. */
    boolean isNext(int extent) {
        return failure == null && next == extent;
    }

    /**
     * Takes the next record of the extent that is next.
     *
     * @param record with its header
     * @param block its position
     * @throws DamagedRecordException if it is not the one that was written there
     */
    void take(ByteBuffer record, long block) throws DamagedRecordException {
        Extent extent = copy.extents().get(next);
        long offset = extent.offset() + (block - extent.block()) * extent.payload();
        long length = Math.min(extent.payload(), extent.end() - offset);
        RecordHeader header = RecordHeader.open(record);
        boolean right = header.kind() == RecordHeader.Kind.DATA
                && header.position() == block
                && header.offset() == offset
                && header.length() == length;
        if (!right) {
            throw new DamagedRecordException("there is another record than the one that was written");
        }
        zeros(offset);
        digest.update(record);
        at = offset + length;
        if (at == extent.end()) {
            next++;
        }
    }

    private void zeros(long to) {
        while (at < to) {
            ByteBuffer some = Buffers.zeros();
            some.limit((int) Math.min(some.limit(), to - at));
            at += some.remaining();
            digest.update(some);
        }
    }

    /** Compares what was read; once all of it was, and once. */
    void finish() {
        if (failure == null) {
            zeros(copy.length());
            if (!MessageDigest.isEqual(digest.digest(), copy.sha256())) {
                fail("what is read is not what was written");
            }
        }
    }
}
