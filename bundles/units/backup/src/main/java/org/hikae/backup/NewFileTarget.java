package org.hikae.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.io.DurableFiles;
import org.hikae.io.FileDevice;

/** A sparse regular file that bears another name until it is whole: a part is never passed off as the whole. */
final class NewFileTarget implements RestoreTarget.Opened {

    private final Path path;
    private final Path partial;
    private final boolean overwrite;
    private final FileDevice device;
    private boolean finished;

    NewFileTarget(Path path, GenerationInfo generation, boolean overwrite) throws IOException {
        this.path = path.toAbsolutePath();
        this.overwrite = overwrite;
        PartialFiles partials = new PartialFiles(this.path);
        partials.deleteOfDead();
        this.partial = partials.create();
        this.device = openPartial(generation);
    }

    private FileDevice openPartial(GenerationInfo generation) throws IOException {
        try {
            setLength(generation.size());
            return FileDevice.open(partial, generation.blockSize(), FileDevice.Mode.WRITE_DIRECT);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
    }

    private void setLength(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(partial.toFile(), "rw")) {
            file.setLength(bytes);
        } catch (IOException e) {
            throw new IOException(
                    path + " cannot be made with its " + bytes + " bytes: " + Reason.of(e)
                            + "; choose a place on another file system",
                    e);
        }
    }

    @Override
    public BlockDevice device() {
        return device;
    }

    @Override
    public boolean isZero() {
        return true;
    }

    @Override
    public void finish() throws IOException {
        device.force();
        if (overwrite) {
            Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
        } else {
            finished = PartialFiles.takeName(partial, path);
        }
        DurableFiles.forceFolder(path.getParent());
    }

    @Override
    public void close() throws IOException {
        device.close();
        if (!finished) {
            Files.deleteIfExists(partial);
        }
    }
}
