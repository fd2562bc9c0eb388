package org.hikae.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.io.FileDevice;

/** A sparse file that holds a copy of a generation, or a part of it, for as long as it is checked. */
final class Scratch implements AutoCloseable {

    private final Path path;
    private final ScratchFolder folder;
    private final FileDevice device;
    /** Why it could not be written; null: it could. */
    private volatile IOException failure;

    /** @param path of an empty file, which is the folder's to delete */
    Scratch(Path path, ScratchFolder folder, GenerationInfo generation) throws IOException {
        this.path = path;
        this.folder = folder;
        setLength(generation.size());
        device = FileDevice.open(path, generation.blockSize(), FileDevice.Mode.WRITE_DIRECT);
    }

    private void setLength(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes);
        } catch (IOException e) {
            throw new IOException(
                    path + " cannot be made with its " + bytes + " bytes: " + Reason.of(e)
                            + "; choose a folder on another file system with --scratch",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** What to write to; holds zeros. */
    BlockDevice device() {
        return new Target();
    }

    /** @throws IOException if it could not be written, which says nothing of what was to be written */
    void checkWritten() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether there is room for more, which programs that write to it may have needed. */
    boolean hasRoom() throws IOException {
        return Files.getFileStore(path).getUsableSpace() > ScratchFolder.SPARE_BYTES / 2;
    }

    @Override
    public void close() throws IOException {
        try {
            device.close();
        } finally {
            folder.delete(path);
        }
    }

    /** The device, which remembers that it failed: whoever copies to it cannot tell whose failure it was. */
    private final class Target implements BlockDevice {

        @Override
        public long size() {
            return device.size();
        }

        @Override
        public int blockSize() {
            return device.blockSize();
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            device.read(dst, offset);
        }

        @Override
        public void write(ByteBuffer src, long offset) throws IOException {
            try {
                device.write(src, offset);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void zero(long offset, long length) throws IOException {
            device.zero(offset, length);
        }

        @Override
        public void force() throws IOException {
            device.force();
        }

        @Override
        public boolean readOnly() {
            return false;
        }

        /** The scratch closes it. */
        @Override
        public void close() {}
    }
}
