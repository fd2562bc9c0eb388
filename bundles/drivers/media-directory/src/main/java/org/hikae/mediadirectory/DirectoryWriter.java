package org.hikae.mediadirectory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.io.DirectFileWriter;

/** A file that becomes an object when it is committed. */
final class DirectoryWriter implements ObjectWriter {

    private final DirectoryMedium medium;
    private final String name;
    private final Path file;
    private final DirectFileWriter writer;
    private final Failures failures;
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
            failed = true;
            throw failures.explain("write", name, e);
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
            writer.force();
            writer.close();
            medium.commit(file, name);
            ended = true;
        } catch (IOException e) {
            failed = true;
            throw failures.explain("commit", name, e);
        }
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
