package org.hikae.mediadirectory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.hikae.api.media.spi.PlacedWriter;
import org.hikae.io.Buffers;
import org.hikae.io.FileDevice;
import org.hikae.io.PrivateFiles;

/**
 * A sparse file that is written in any order and becomes an object when it is committed. Long writes go past the page
 * cache where that is possible. Short ones go through it: somebody may be waiting for each of them, and what lies scattered
 * is written out together later. Local file systems keep the two ways coherent.
 */
final class DirectoryPlacedWriter implements PlacedWriter {

    /** Bytes from which on it pays to wait for the disk. */
    private static final int LONG = 1 << 18;

    private final DirectoryMedium medium;
    private final String name;
    private final Path file;
    private final FileDevice through;
    private final FileDevice past;
    private final Failures failures;
    private volatile boolean failed;
    /** Set under the lock of this, once. */
    private volatile boolean ended;

    private DirectoryPlacedWriter(
            DirectoryMedium medium, String name, Path file, FileDevice through, FileDevice past, Failures failures) {
        this.medium = medium;
        this.name = name;
        this.file = file;
        this.through = through;
        this.past = past;
        this.failures = failures;
    }

    /** @param file is made, with a length in bytes and no content */
    static DirectoryPlacedWriter create(DirectoryMedium medium, String name, Path file, long length, Failures failures)
            throws IOException {
        if (length < 0) {
            throw new IllegalArgumentException("an object of " + length + " bytes");
        }
        PrivateFiles.create(file).close();
        FileDevice through = null;
        try {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(length);
            }
            through = FileDevice.open(file, Buffers.ALIGNMENT, FileDevice.Mode.READ_WRITE);
            FileDevice past = FileDevice.open(file, Buffers.ALIGNMENT, FileDevice.Mode.WRITE_DIRECT);
            return new DirectoryPlacedWriter(medium, name, file, through, past, failures);
        } catch (IOException | RuntimeException e) {
            if (through != null) {
                through.close();
            }
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public long length() {
        return through.size();
    }

    @Override
    public void write(ByteBuffer src, long position) throws IOException {
        checkUsable();
        Objects.checkFromIndexSize(position, src.remaining(), length());
        int limit = src.limit();
        try {
            (src.remaining() >= LONG ? past : through).write(src, position);
        } catch (IOException e) {
            throw failures.explain("write", name, e);
        } finally {
            src.limit(limit);
        }
    }

    @Override
    public void zero(long position, long length) throws IOException {
        checkUsable();
        Objects.checkFromIndexSize(position, length, length());
        try {
            through.zero(position, length);
        } catch (IOException e) {
            throw failures.explain("write", name, e);
        }
    }

    @Override
    public void read(ByteBuffer dst, long position) throws IOException {
        checkUsable();
        Objects.checkFromIndexSize(position, dst.remaining(), length());
        try {
            through.read(dst, position);
        } catch (IOException e) {
            throw failures.explain("read", name, e);
        }
    }

    @Override
    public synchronized void commit() throws IOException {
        checkUsable();
        try {
            through.force();
            closeDevices();
            medium.commit(file, name);
            ended = true;
        } catch (IOException e) {
            failed = true;
            throw failures.explain("commit", name, e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try {
            closeDevices();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void closeDevices() throws IOException {
        try {
            past.close();
        } finally {
            through.close();
        }
    }

    private void checkUsable() throws IOException {
        if (failed || ended) {
            throw new IOException(name + " can be written no more: its writer " + (failed ? "failed" : "has ended"));
        }
    }
}
