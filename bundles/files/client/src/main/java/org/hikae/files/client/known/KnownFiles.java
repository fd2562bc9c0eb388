package org.hikae.files.client.known;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.store.CheckedInput;
import org.hikae.files.client.store.CheckedOutput;
import org.hikae.files.client.store.Fields;

/** Known files in a file, in the order of paths. Its loss costs a full run, and nothing else. */
public final class KnownFiles {

    private static final int MAGIC = 0x484b_4b4e;
    private static final byte ENTRY = 1;
    private static final byte END = 0;
    private static final byte RUN = 2;
    private static final FileType[] TYPES = FileType.values();

    private KnownFiles() {}

    /** @throws IOException if there is no such file, or it is damaged */
    public static Reader open(Path file) throws IOException {
        DataInputStream in = CheckedInput.open(file, MAGIC);
        try {
            return new Reader(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** @param run identity of the run that saw them */
    public static Writer create(Path file, UUID run) throws IOException {
        CheckedOutput out = CheckedOutput.create(file, MAGIC);
        try {
            return new Writer(out, run);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** No files: what there is before the first run. */
    public static Reader none() {
        return new Reader();
    }

    /** Reads them one after the other. Not thread-safe. */
    public static final class Reader implements Closeable {

        /** Null: nothing to read. */
        private final DataInputStream in;

        private byte[] last = new byte[0];
        private KnownFile next;

        private final UUID run;
        /** What comes next: an entry, or the end. */
        private int kind;

        private Reader() {
            in = null;
            run = null;
        }

        private Reader(DataInputStream in) throws IOException {
            this.in = in;
            kind = in.read();
            // What an earlier version has written does not say it.
            run = kind == RUN ? new UUID(in.readLong(), in.readLong()) : null;
            kind = run == null ? kind : in.read();
        }

        /** Identity of the run that saw them; null: it is not known. */
        public UUID run() {
            return run;
        }

        /** The next one, which stays the next; null behind the last. */
        public KnownFile peek() throws IOException {
            if (next == null && in != null) {
                next = read();
            }
            return next;
        }

        /** Goes on to the one behind it. */
        public void skip() {
            next = null;
        }

        private KnownFile read() throws IOException {
            if (kind != ENTRY) {
                return null;
            }
            byte[] path = Fields.path(in, last);
            last = path;
            int type = in.readUnsignedByte();
            if (type >= TYPES.length) {
                throw new IOException("a known file of type " + type);
            }
            boolean unsure = in.readBoolean();
            long inode = in.readLong();
            long size = in.readLong();
            var modified = Fields.time(in);
            var changed = Fields.time(in);
            long run = in.readLong();
            long attributes = in.readLong();
            byte[] sha256 = null;
            if (in.readBoolean()) {
                sha256 = in.readNBytes(32);
                if (sha256.length < 32) {
                    throw new EOFException("a known file that is cut off");
                }
            }
            kind = in.read();
            return new KnownFile(path, TYPES[type], inode, size, modified, changed, run, attributes, sha256, unsure);
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }

    /** Writes them one after the other. Not thread-safe. */
    public static final class Writer implements Closeable {

        private final CheckedOutput out;
        private byte[] last = new byte[0];

        private Writer(CheckedOutput out, UUID run) throws IOException {
            this.out = out;
            out.writeByte(RUN);
            out.writeLong(run.getMostSignificantBits());
            out.writeLong(run.getLeastSignificantBits());
        }

        /** @param file whose path comes after all before */
        public void add(KnownFile file) throws IOException {
            out.writeByte(ENTRY);
            Fields.putPath(out, last, file.path());
            last = file.path();
            out.writeByte(file.type().ordinal());
            out.writeBoolean(file.unsure());
            out.writeLong(file.inode());
            out.writeLong(file.size());
            Fields.putTime(out, file.modified());
            Fields.putTime(out, file.changed());
            out.writeLong(file.run());
            out.writeLong(file.attributes());
            out.writeBoolean(file.sha256() != null);
            if (file.sha256() != null) {
                out.write(file.sha256());
            }
        }

        /** It is durable when this returns, but not its name. */
        public void finish() throws IOException {
            out.writeByte(END);
            out.finish();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
