package org.hikae.media.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/** Sorted records in a scratch file. Not thread-safe. */
final class KeyedFile implements Closeable {

    /** Bytes of records in a page: few, since many files are read at once. */
    private static final int PAGE = 1 << 15;

    private final SpillFile file;
    private Keyed last;

    KeyedFile(ScratchFolder folder) throws IOException {
        file = new SpillFile(folder);
    }

    /** The record with the highest key; null if there is none. */
    Keyed last() {
        return last;
    }

    /** Adds records, none of which comes before {@link #last}. */
    void append(KeyedSource records) throws IOException {
        List<Keyed> page = new ArrayList<>();
        int bytes = 0;
        for (Keyed record = records.next(); record != null; record = records.next()) {
            page.add(record);
            bytes += record.key().length + record.value().length + 2 * Varint.MAX_BYTES;
            last = record;
            if (bytes >= PAGE) {
                flush(page, bytes);
                bytes = 0;
            }
        }
        flush(page, bytes);
    }

    private void flush(List<Keyed> page, int room) throws IOException {
        if (page.isEmpty()) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(room);
        for (Keyed record : page) {
            put(bytes, record.key());
            put(bytes, record.value());
        }
        file.append(bytes.flip());
        page.clear();
    }

    private static void put(ByteBuffer dst, byte[] bytes) {
        Varint.put(dst, bytes.length);
        dst.put(bytes);
    }

    private static byte[] get(ByteBuffer src) throws DamagedException {
        byte[] bytes = new byte[(int) Varint.get(src)];
        src.get(bytes);
        return bytes;
    }

    /** The records that are in the file now. */
    KeyedSource records() {
        SpillFile.Pages pages = file.pages();
        return new KeyedSource() {
            private ByteBuffer page = ByteBuffer.allocate(0);

            @Override
            public Keyed next() throws IOException {
                if (!page.hasRemaining()) {
                    page = pages.next();
                    if (page == null) {
                        page = ByteBuffer.allocate(0);
                        return null;
                    }
                }
                return new Keyed(get(page), get(page));
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
