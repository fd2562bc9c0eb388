package org.hikae.media.index;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.media.format.IndexRef;

/** An index in memory, whose bytes can be damaged. */
final class TestIndex {

    byte[] bytes;
    private final IndexRef ref;
    private final long blockCount;

    TestIndex(long blockCount, List<Frame> frames, List<Span> runs) throws IOException {
        this.blockCount = blockCount;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (IndexWriter writer = new IndexWriter(out, blockCount)) {
            for (Frame frame : frames) {
                writer.addFrame(frame);
            }
            for (Span run : runs) {
                writer.addRun(run);
            }
            IndexWriter.Written written = writer.end();
            bytes = out.toByteArray();
            ref = new IndexRef("index", bytes.length, "", written.directoryLength(), written.directorySha256());
        }
    }

    int directoryLength() {
        return ref.directoryLength();
    }

    PagedIndex open() throws IOException {
        return PagedIndex.open(ref, blockCount, 1000, this::read, new PagedIndex.Cache(1 << 20));
    }

    private void read(ByteBuffer dst, long position) throws IOException {
        if (position + dst.remaining() > bytes.length) {
            throw new EOFException("the index is cut off");
        }
        dst.put(bytes, (int) position, dst.remaining());
    }
}
