package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.files.RunInfo;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.files.center.common.DamagedFormException;
import org.hikae.files.center.table.NewPart;
import org.hikae.files.center.table.PartRow;

/** Reads what a part says of itself. */
record PartFile(RunInfo run, PartTrailer trailer, PartTable table, long bytes) {

    /**
     * Reads it, without its frames.
     *
     * @throws DamagedPartException if it is damaged, or another one than its name says
     * @throws IOException if it cannot be read
     */
    static PartFile read(Medium medium, PartName name) throws IOException {
        try (ObjectReader object = medium.open(name.toString())) {
            return read(object, name);
        } catch (DamagedFormException e) {
            throw new DamagedPartException(e.getMessage(), e);
        }
    }

    private static PartFile read(ObjectReader object, PartName name) throws IOException {
        long length = object.length();
        if (length < PartHead.LENGTH + PartTrailer.LENGTH) {
            throw new DamagedPartException("it is too short");
        }
        PartTrailer trailer =
                PartTrailer.decode(bytes(object, length - PartTrailer.LENGTH, PartTrailer.LENGTH), length);
        ByteBuffer head = bytes(object, 0, PartHead.LENGTH);
        int text = PartHead.textLength(head);
        if (trailer.framesAt() != PartHead.LENGTH + text) {
            throw new DamagedPartException("its head and its end do not belong together");
        }
        RunInfo run = PartHead.decode(head, bytes(object, PartHead.LENGTH, text).array());
        byte[] stored = bytes(object, trailer.tableAt(), trailer.tableStored()).array();
        if (PartHead.crc(stored) != trailer.tableCrc()) {
            throw new DamagedPartException("its table is damaged");
        }
        PartTable table = PartTable.decode(PartTable.decompress(stored, trailer.tableRaw()));
        PartFile part = new PartFile(run, trailer, table, length);
        part.check(name);
        return part;
    }

    private static ByteBuffer bytes(ObjectReader object, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        object.read(bytes, position);
        return bytes.flip();
    }

    private void check(PartName name) throws DamagedPartException {
        if (!run.id().equals(name.run()) || trailer.first() != name.first()) {
            throw new DamagedPartException(
                    "it is the part from frame " + trailer.first() + " on of run " + run.id() + ", under a wrong name");
        }
        long end = trailer.framesAt();
        for (int each : table.lengths()) {
            end += each;
        }
        boolean right = table.lengths().length == trailer.frames()
                && end == trailer.tableAt()
                && table.openFrame() < table.state().frames()
                && table.state().frames() == trailer.first() + trailer.frames()
                && table.entries().stream()
                        .allMatch(entry -> entry.last() < table.state().frames());
        if (!right) {
            throw new DamagedPartException("its table is not that of its frames");
        }
    }

    /** Where each frame begins. */
    long[] positions() {
        long[] positions = new long[table.lengths().length];
        long at = trailer.framesAt();
        for (int i = 0; i < positions.length; i++) {
            positions[i] = at;
            at += table.lengths()[i];
        }
        return positions;
    }

    /** As it is entered. */
    NewPart entering(String medium) {
        long[] positions = positions();
        PartRow.Open file = null;
        if (table.openFrame() >= 0) {
            long index = table.openFrame() - trailer.first();
            file = new PartRow.Open(table.openFrame(), table.openItem(), index < 0 ? 0 : positions[(int) index]);
        }
        PartRow row = new PartRow(
                0,
                trailer.first(),
                trailer.frames(),
                medium,
                bytes,
                trailer.framesAt(),
                trailer.tableAt(),
                table.state().encode(),
                file,
                table.state().ended());
        return new NewPart(
                run.id().origin(),
                run.id().backup(),
                run.id().number(),
                run.base(),
                RunText.millis(run.taken()),
                RunText.write(run),
                row,
                positions,
                table.entries());
    }
}
