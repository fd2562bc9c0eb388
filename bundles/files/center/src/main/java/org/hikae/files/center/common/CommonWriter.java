package org.hikae.files.center.common;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.files.center.table.CommonRow;

/** Writes bytes that several objects have into one of their own. Used by one thread at a time. Closed without being published: it was never there. */
public final class CommonWriter implements Closeable {

    private final String medium;
    private final UUID id;
    private final ObjectWriter object;

    CommonWriter(String medium, Medium area, UUID id) throws IOException {
        this.medium = medium;
        this.id = id;
        object = area.create(CommonName.common(id));
        try {
            object.write(CommonFile.head(id));
        } catch (IOException | RuntimeException e) {
            object.close();
            throw e;
        }
    }

    /**
     * Adds bytes that lie in an object.
     *
     * @param position of the first one in that object
     * @return that these lie here
     */
    public Cut add(long position, ByteBuffer bytes) throws IOException {
        long offset = object.length() - CommonFile.HEAD;
        int length = bytes.remaining();
        object.write(bytes);
        return new Cut(position, length, id, offset);
    }

    CommonRow row() {
        return new CommonRow(medium, id.toString(), object.length());
    }

    void commit() throws IOException {
        object.commit();
    }

    @Override
    public void close() throws IOException {
        object.close();
    }
}
