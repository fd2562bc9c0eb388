package org.hikae.tape.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A table in consecutive records. */
public final class TableParts {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final UUID session;
    private final long number;

    /** Gathers the records of a table, whose first one has that header. */
    public TableParts(RecordHeader first) {
        this.session = first.session();
        this.number = first.object();
    }

    /**
     * Records for a table, ready to be written.
     *
     * @param position of the first one on the tape
     */
    public static List<ByteBuffer> split(Table table, RecordSizes sizes, long position) {
        byte[] all = TableCodec.encode(table);
        List<ByteBuffer> records = new ArrayList<>();
        for (int offset = 0; offset < all.length; offset += sizes.payload()) {
            int length = Math.min(sizes.payload(), all.length - offset);
            ByteBuffer record = ByteBuffer.allocate(sizes.record(length));
            record.put(RecordHeader.BYTES, all, offset, length);
            new RecordHeader(
                            RecordHeader.Kind.TABLE,
                            length,
                            position + records.size(),
                            table.session(),
                            table.number(),
                            offset)
                    .seal(record);
            records.add(record);
        }
        return records;
    }

    /**
     * Adds the next record.
     *
     * @param payload is taken from its position to its limit
     * @throws DamagedRecordException if it is not the next one of this table
     */
    public void add(RecordHeader header, ByteBuffer payload) throws DamagedRecordException {
        boolean next = header.kind() == RecordHeader.Kind.TABLE
                && header.session().equals(session)
                && header.object() == number
                && header.offset() == bytes.size();
        if (!next) {
            throw new DamagedRecordException("the records of a table do not belong together");
        }
        if (bytes.size() + payload.remaining() > TableCodec.MOST) {
            throw new DamagedRecordException("a table is too long");
        }
        byte[] part = new byte[payload.remaining()];
        payload.get(part);
        bytes.write(part, 0, part.length);
    }

    /** @throws DamagedRecordException if the records that were added are not one whole table */
    public Table join() throws DamagedRecordException {
        Table table = TableCodec.decode(bytes.toByteArray());
        if (!table.session().equals(session) || table.number() != number) {
            throw new DamagedRecordException("a table is another one than its records say");
        }
        return table;
    }
}
