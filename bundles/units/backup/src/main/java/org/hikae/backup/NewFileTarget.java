package org.hikae.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.hikae.api.block.BlockDevice;
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
        this.partial = this.path.resolveSibling("." + path.getFileName() + ".hikae-partial");
        this.overwrite = overwrite;
        Files.deleteIfExists(partial);
        try (RandomAccessFile file = new RandomAccessFile(partial.toFile(), "rw")) {
            file.setLength(generation.size());
        }
        device = FileDevice.open(partial, generation.blockSize(), FileDevice.Mode.WRITE_DIRECT);
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
        if (Files.exists(path) && !overwrite) {
            throw new IOException(path + " was created by somebody else meanwhile; choose another path");
        }
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceFolder(path.getParent());
        finished = true;
    }

    @Override
    public void close() throws IOException {
        device.close();
        if (!finished) {
            Files.deleteIfExists(partial);
        }
    }
}
