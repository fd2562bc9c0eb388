package org.hikae.media.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Sorted spans in a scratch file. Not thread-safe. */
final class RunFile implements Closeable {

    /** Spans in a page: few, since many files are read at once. */
    private static final int PAGE_RUNS = 512;

    private final SpillFile file;
    private long end;

    RunFile(ScratchFolder folder) throws IOException {
        file = new SpillFile(folder);
    }

    /** The block after the last one. */
    long end() {
        return end;
    }

    /** Adds spans that all come after {@link #end}. */
    void append(Span first, SpanSource rest) throws IOException {
        List<Span> page = new ArrayList<>(PAGE_RUNS);
        ByteBuffer bytes = ByteBuffer.allocate(RunPage.maxBytes(PAGE_RUNS));
        for (Span span = first; span != null; span = rest.next()) {
            if (page.size() == PAGE_RUNS) {
                flush(page, bytes);
            }
            page.add(span);
            end = span.end();
        }
        flush(page, bytes);
    }

    private void flush(List<Span> page, ByteBuffer bytes) throws IOException {
        RunPage.encode(page, bytes.clear());
        file.append(bytes.flip());
        page.clear();
    }

    /** The spans that are in the file now. */
    SpanSource spans() {
        SpillFile.Pages pages = file.pages();
        return new SpanSource() {
            private RunPage page;
            private int at;

            @Override
            public Span next() throws IOException {
                if (page == null || at == page.count()) {
                    ByteBuffer bytes = pages.next();
                    if (bytes == null) {
                        return null;
                    }
                    page = RunPage.decode(bytes, Long.MAX_VALUE, Integer.MAX_VALUE);
                    at = 0;
                }
                return page.get(at++);
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
