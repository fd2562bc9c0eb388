package org.hikae.logpernode;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a log management file (32) from its beginning to its end, piece by piece, and checks every entry. */
final class EntryReader {

    private static final int PIECE = 1820 * ListEntry.BYTES;

    private final InputFile file;
    private final int blockSize;
    private final long listEnd;
    private final long dataEnd;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).flip();
    private long at = FileHeader.BYTES;
    private long number;
    private long position = FileHeader.BYTES;
    private long messages;

    /**
     * @param listEnd bytes of the list
     * @param dataEnd bytes of the data file
     */
    EntryReader(InputFile file, int blockSize, long listEnd, long dataEnd) {
        this.file = file;
        this.blockSize = blockSize;
        this.listEnd = listEnd;
        this.dataEnd = dataEnd;
    }

    /** The next entry; null after the last one. */
    ListEntry next() throws IOException {
        if (!piece.hasRemaining() && at == listEnd) {
            if (position != dataEnd) {
                throw file.damaged("its entries end before the data do");
            }
            return null;
        }
        if (!piece.hasRemaining()) {
            fill();
        }
        try {
            return checked(ListEntry.takeFrom(piece, blockSize));
        } catch (IOException e) {
            throw file.damaged(e.getMessage());
        }
    }

    private void fill() throws IOException {
        piece.clear().limit((int) Math.min(PIECE, listEnd - at));
        file.read(piece, at);
        piece.flip();
        at += piece.limit();
        messages++;
    }

    private ListEntry checked(ListEntry entry) throws IOException {
        if (entry.number() <= number) {
            throw new IOException("record " + entry.number() + " comes after record " + number);
        }
        if (entry.position() != position || entry.length(blockSize) > dataEnd - position) {
            throw new IOException("record " + entry.number() + " is not where the one before it ends");
        }
        number = entry.number();
        position += entry.length(blockSize);
        return entry;
    }

    /** How many pieces were read so far: each is a message of the node. */
    long messages() {
        return messages;
    }

    /** Bytes read so far. */
    long bytes() {
        return at - FileHeader.BYTES;
    }
}
