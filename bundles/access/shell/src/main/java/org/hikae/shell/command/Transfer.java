package org.hikae.shell.command;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.node.Node;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;

/** Moves bytes between a disk, as a node sees it, and a file or a standard stream, a piece at a time. */
final class Transfer {

    private static final int PIECE = 1 << 20;
    private static final String STANDARD = "-";

    private final Call call;
    private final Node node;
    private final String disk;

    Transfer(Call call, Node node, String disk) {
        this.call = call;
        this.node = node;
        this.disk = disk;
    }

    /** Reads a range of the disk into the file. A file that exists is replaced when all is read, or not at all. */
    void read(long at, long length, String file) throws IOException {
        try (BlockDevice device = node.open(disk)) {
            checkRange(device, at, length);
            if (file.equals(STANDARD)) {
                copy(device, at, length, new Checked(call.caller().out()));
                return;
            }
            Path path = call.path(file);
            ForeignFiles.check(call.services(), path);
            try (WholeFile target = new WholeFile(path)) {
                copy(device, at, length, target.stream());
                target.complete();
            }
        }
        call.say(ByteCount.show(length) + " read from " + where(at) + " into " + file);
    }

    private void copy(BlockDevice device, long at, long length, OutputStream target) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, length));
        for (long done = 0; done < length; done += piece.limit()) {
            call.cancellation().check();
            piece.clear().limit((int) Math.min(PIECE, length - done));
            device.read(piece, at + done);
            target.write(piece.array(), 0, piece.limit());
        }
        target.flush();
    }

    /** Writes all of the file onto the disk. */
    void write(long at, String file) throws IOException {
        boolean standard = file.equals(STANDARD);
        Path path = standard ? null : call.path(file);
        if (!standard && Files.isDirectory(path)) {
            throw new IOException(path + " is a folder");
        }
        try (BlockDevice device = node.open(disk);
                InputStream source = standard ? new Unclosed(call.caller().in()) : Files.newInputStream(path)) {
            // Told beforehand where that can be: half a write is worse than none.
            checkRange(device, at, !standard && Files.isRegularFile(path) ? Files.size(path) : 0);
            long written = copy(source, device, at);
            call.say(ByteCount.show(written) + " written to " + where(at));
        }
    }

    private long copy(InputStream source, BlockDevice device, long at) throws IOException {
        byte[] piece = new byte[PIECE];
        long done = 0;
        int read;
        while ((read = source.readNBytes(piece, 0, piece.length)) > 0) {
            call.cancellation().check();
            if (read > device.size() - at - done) {
                throw new EOFException("the input does not fit: disk " + disk + " ends at " + device.size() + ", and "
                        + done + " bytes are written already from " + at + " on");
            }
            device.write(ByteBuffer.wrap(piece, 0, read), at + done);
            done += read;
        }
        return done;
    }

    private void checkRange(BlockDevice device, long at, long length) throws IOException {
        if (at > device.size() || length > device.size() - at) {
            throw new IOException(length + " bytes from " + at + " on do not lie within disk " + disk + ", which has "
                    + device.size() + " bytes");
        }
    }

    private String where(long at) {
        return "disk " + disk + " at " + at;
    }

    /** Standard output that tells when nobody reads it any more. */
    private static final class Checked extends OutputStream {

        private final PrintStream out;

        Checked(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            check();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            check();
        }

        @Override
        public void flush() throws IOException {
            check();
        }

        private void check() throws IOException {
            if (out.checkError()) {
                throw new IOException("standard output was closed before all was written");
            }
        }
    }

    /** Standard input, which is the caller's to close. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
