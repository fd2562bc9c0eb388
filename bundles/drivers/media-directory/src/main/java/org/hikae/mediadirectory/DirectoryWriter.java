package org.hikae.mediadirectory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.io.DirectFileWriter;

/** A file that becomes an object when it is committed. */
final class DirectoryWriter implements ObjectWriter {

    private final DirectoryMedium medium;
    private final String name;
    private final Path file;
    private final DirectFileWriter writer;
    private final Failures failures;
    /** Whether the file has all its bytes, durably, and lacks only its name. */
    private boolean whole;

    private boolean failed;
    private boolean ended;

    DirectoryWriter(DirectoryMedium medium, String name, Path file, DirectFileWriter writer, Failures failures) {
        this.medium = medium;
        this.name = name;
        this.file = file;
        this.writer = writer;
        this.failures = failures;
    }

    @Override
    public void write(ByteBuffer src) throws IOException {
        checkUsable();
        try {
            writer.write(src);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    @Override
    public long length() {
        return writer.length();
    }

    @Override
    public void commit() throws IOException {
        checkUsable();
        try {
            if (!whole) {
                writer.force();
                writer.close();
                whole = true;
            }
            medium.commit(file, name);
            ended = true;
        } catch (IOException e) {
            throw failed("commit", e);
        }
    }

    /** A full medium is no failure for good: what was not written can be tried again. */
    private IOException failed(String what, IOException e) {
        IOException explained = failures.explain(what, name, e);
        failed = !(explained instanceof MediumFullException);
        return explained;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try {
            writer.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void checkUsable() throws IOException {
        if (failed || ended) {
            throw new IOException(name + " can be written no more: its writer " + (failed ? "failed" : "has ended"));
        }
    }
}
