package org.hikae.media.index;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Pages, written and read again one after the other. Written by one thread at a time. */
final class SpillFile implements Closeable {

    /** Reads a page. */
    interface Pages {

        /** The next page; null if there is none. */
        ByteBuffer next() throws IOException;
    }

    private final ScratchFolder folder;
    private final FileChannel channel;
    private long length;

    SpillFile(ScratchFolder folder) throws IOException {
        this.folder = folder;
        try {
            this.channel = folder.create();
        } catch (IOException e) {
            throw folder.failed(e);
        }
    }

    /** Adds the page from the buffer's position to its limit. */
    void append(ByteBuffer page) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES).putInt(0, page.remaining());
        try {
            write(head);
            write(page);
        } catch (IOException e) {
            throw folder.failed(e);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            length += channel.write(bytes, length);
        }
    }

    /** The pages that were added so far. */
    Pages pages() {
        return new Pages() {
            private final long end = length;
            private long at;

            @Override
            public ByteBuffer next() throws IOException {
                if (at == end) {
                    return null;
                }
                ByteBuffer page = read(at, Integer.BYTES);
                int size = page.getInt();
                page = read(at + Integer.BYTES, size);
                at += Integer.BYTES + size;
                return page;
            }
        };
    }

    private ByteBuffer read(long from, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw folder.failed(new EOFException("a file there was cut off"));
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
