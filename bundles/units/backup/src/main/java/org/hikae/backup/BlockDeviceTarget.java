package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.media.GenerationInfo;
import org.hikae.io.FileDevice;

/** A block device that is no shared disk, or a file, written in place. */
final class BlockDeviceTarget implements RestoreTarget.Opened {

    private final FileDevice device;

    BlockDeviceTarget(Path path, GenerationInfo generation) throws IOException {
        device = FileDevice.open(path, generation.blockSize(), FileDevice.Mode.WRITE_DIRECT);
        if (device.size() < generation.size()) {
            device.close();
            throw new IOException(path + " has only " + device.size() + " bytes; generation " + generation.id()
                    + " has " + generation.size());
        }
    }

    @Override
    public BlockDevice device() {
        return device;
    }

    @Override
    public boolean isZero() {
        return false;
    }

    @Override
    public void finish() throws IOException {
        device.force();
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
