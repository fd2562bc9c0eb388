package org.hikae.tape.mount;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.ReadRecords.End;
import org.hikae.api.tape.spi.RecordLengthException;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tape.home.NotSealedException;

/** Says what is at the beginning of the cartridge in a drive. */
final class LabelReader {

    private LabelReader() {}

    /**
     * Rewinds and reads; the head is behind what was read.
     *
     * @throws IOException if it cannot be read: nothing is said of the cartridge then
     */
    static Contents read(TapeDrive drive) throws IOException {
        drive.rewind();
        ByteBuffer record = ByteBuffer.allocate(LabelCodec.MOST);
        ReadRecords read;
        try {
            read = drive.read(List.of(record));
        } catch (RecordLengthException e) {
            return new Contents.Foreign("begins with a record that is longer than a label");
        }
        if (read.records() == 0) {
            return read.end() == End.DATA ? new Contents.Blank() : new Contents.Foreign("begins with a filemark");
        }
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        try {
            return labelled(LabelCodec.decode(bytes), drive);
        } catch (NotSealedException e) {
            return new Contents.Foreign(
                    "has no label that can be read: its first record " + e.getMessage(), LabelCodec.begins(bytes));
        }
    }

    /** A label counts with the filemark behind it; without, nothing was ever written after it. */
    private static Contents labelled(Label label, TapeDrive drive) throws IOException {
        try {
            ReadRecords read = drive.read(List.of(ByteBuffer.allocate(1)));
            if (read.records() == 0) {
                return read.end() == End.DATA ? new Contents.Blank() : new Contents.Labelled(label);
            }
        } catch (RecordLengthException e) {
            // a record is there, whatever its length
        }
        return new Contents.Foreign("has a label with no filemark behind it", true);
    }

    /** Whether nothing is behind the label. The head is behind the label's filemark or the record after it. */
    static boolean isEmptyBehind(Mounted mounted) throws IOException {
        mounted.seek(Labeller.DATA);
        try {
            ReadRecords read = mounted.drive().read(List.of(ByteBuffer.allocate(1)));
            return read.records() == 0 && read.end() == End.DATA;
        } catch (RecordLengthException e) {
            return false;
        }
    }
}
