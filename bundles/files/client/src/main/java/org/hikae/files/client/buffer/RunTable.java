package org.hikae.files.client.buffer;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.store.CheckedInput;
import org.hikae.files.client.store.CheckedOutput;
import org.hikae.files.client.store.Fields;

/** What is in a run: the file {@code table} of its folder, so that nobody has to read the frames to know. In the order of the run. */
public final class RunTable {

    static final String NAME = "table";

    private static final int MAGIC = 0x484b_4254;
    private static final FileType[] TYPES = FileType.values();

    private RunTable() {}

    /**
     * A file of a run.
     *
     * @param frame in which its item is; -1: the name is gone, and nothing below is known
     * @param sha256 of the content; null of what has none
     * @param sameRun number of the run in which the content was sent; 0: it follows, or there is none
     * @param samePath under which it was sent; null as before
     * @param doubt as the run has it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Entry(
            FileName path,
            long frame,
            FileType type,
            long size,
            Instant modified,
            byte[] sha256,
            long sameRun,
            FileName samePath,
            String doubt) {

        static Entry gone(FileName path) {
            return new Entry(path, -1, FileType.REGULAR, 0, Instant.EPOCH, null, 0, null, null);
        }

        /** The same, when its content has come. */
        Entry ended(byte[] hash, String why) {
            return new Entry(path, frame, type, size, modified, hash, 0, null, why);
        }

        public boolean isGone() {
            return frame < 0;
        }
    }

    static final class Writer implements Closeable {

        private final CheckedOutput out;
        private byte[] last = new byte[0];

        /** @param file a new one */
        Writer(Path file) throws IOException {
            out = CheckedOutput.create(file, MAGIC);
        }

        void add(Entry entry) throws IOException {
            out.writeBoolean(true);
            byte[] path = entry.path.bytes();
            Fields.putPath(out, last, path);
            last = path;
            out.writeLong(entry.frame);
            out.writeByte(entry.type.ordinal());
            out.writeLong(entry.size);
            Fields.putTime(out, entry.modified);
            Fields.putBytes(out, entry.sha256);
            out.writeLong(entry.sameRun);
            Fields.putBytes(out, entry.samePath == null ? null : entry.samePath.bytes());
            Fields.putText(out, entry.doubt);
        }

        /** @return bytes of the file */
        long finish() throws IOException {
            out.writeBoolean(false);
            out.finish();
            return out.size();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Reads entries one after the other. Not thread-safe. */
    public static final class Reader implements Closeable {

        private final DataInputStream in;
        private byte[] last = new byte[0];

        Reader(Path folder) throws IOException {
            in = CheckedInput.open(folder.resolve(NAME), MAGIC);
        }

        /** Null behind the last. */
        public Entry next() throws IOException {
            if (!in.readBoolean()) {
                return null;
            }
            last = Fields.path(in, last);
            long frame = in.readLong();
            int type = in.readUnsignedByte();
            if (type >= TYPES.length) {
                throw new IOException("a file of type " + type + " in the buffer");
            }
            long size = in.readLong();
            Instant modified = Fields.time(in);
            byte[] sha256 = Fields.bytes(in);
            long sameRun = in.readLong();
            byte[] samePath = Fields.bytes(in);
            return new Entry(
                    FileName.of(last),
                    frame,
                    TYPES[type],
                    size,
                    modified,
                    sha256,
                    sameRun,
                    samePath == null ? null : FileName.of(samePath),
                    Fields.text(in));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
