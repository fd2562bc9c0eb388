package org.hikae.tapevirtual;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.hikae.io.BufferedIo;

/** Reads the objects of a tape file, whatever is in it. Not thread-safe. */
final class TapReader {

    private final FileChannel channel;
    private final Cancellation cancellation;
    private final Resync resync = new Resync(this);
    /** A word and the one after it. */
    private final ByteBuffer tail = ByteBuffer.allocateDirect(2 * TapWords.WORD).order(ByteOrder.LITTLE_ENDIAN);

    /** Bytes of the file; -1: to be looked up. */
    private long size = -1;
    /** Where {@link #known} stands; -1: nowhere. */
    private long knownAt = -1;
    /** A word that was read together with the one before. */
    private int known;

    TapReader(FileChannel channel, Cancellation cancellation) {
        this.channel = channel;
        this.cancellation = cancellation;
    }

    /** The file has another length now, or another content. */
    void changed() {
        size = -1;
        knownAt = -1;
    }

    /** Bytes of the file. */
    long size() throws IOException {
        if (size < 0) {
            size = channel.size();
        }
        return size;
    }

    /** What stands at a place where an object ends. */
    TapObject at(long offset) throws IOException {
        long at = offset;
        while (size() - at >= TapWords.WORD) {
            int word = word(at);
            if (word == TapWords.GAP || word == TapWords.HALF_GAP) {
                at += word == TapWords.GAP ? TapWords.WORD : TapWords.WORD / 2;
                cancellation.check();
            } else if (word == TapWords.FILEMARK) {
                return resync.filemark(at);
            } else if (word == TapWords.END_OF_MEDIUM) {
                break;
            } else {
                TapObject whole = record(at, word);
                return whole != null ? whole : resync.broken(at, word);
            }
        }
        return new TapObject(TapObject.Kind.END, at, 0, at);
    }

    /** The record that begins with this word; null if it does not end as it begins. */
    TapObject record(long at, int word) throws IOException {
        if (!TapWords.isRecord(word)) {
            return null;
        }
        int length = TapWords.length(word);
        long next = at + TapWords.span(length);
        if (next > size() || word(next - TapWords.WORD) != word) {
            return null;
        }
        TapObject.Kind kind = TapWords.isBad(word) ? TapObject.Kind.BAD : TapObject.Kind.RECORD;
        return new TapObject(kind, at, length, next);
    }

    /**
     * Reads a record's data.
     *
     * @throws IOException if they cannot be read; the buffer is as it was then
     */
    void read(TapObject record, ByteBuffer into) throws IOException {
        int start = into.position();
        int limit = into.limit();
        into.limit(start + record.length());
        boolean whole = false;
        try {
            whole = BufferedIo.read(channel, into, record.start() + TapWords.WORD);
            if (!whole) {
                throw cutOff();
            }
        } finally {
            if (!whole) {
                into.limit(limit).position(start);
            }
        }
    }

    /** The word at a place; there must be room for one. The next word is read with it. */
    int word(long at) throws IOException {
        if (at == knownAt) {
            return known;
        }
        tail.clear().limit((int) Math.min(2L * TapWords.WORD, size() - at));
        if (!BufferedIo.read(channel, tail, at)) {
            throw cutOff();
        }
        if (tail.position() == 2 * TapWords.WORD) {
            knownAt = at + TapWords.WORD;
            known = tail.getInt(TapWords.WORD);
        }
        return tail.getInt(0);
    }

    /** Fills a buffer as far as the file goes. */
    void bytes(long at, ByteBuffer into) throws IOException {
        into.limit((int) Math.min(into.limit(), into.position() + Math.max(0, size() - at)));
        if (!BufferedIo.read(channel, into, at)) {
            throw cutOff();
        }
    }

    private static IOException cutOff() {
        return new IOException("the file was cut off while it was read");
    }

    Cancellation cancellation() {
        return cancellation;
    }
}
