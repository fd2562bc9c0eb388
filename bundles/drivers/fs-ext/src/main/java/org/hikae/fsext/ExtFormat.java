package org.hikae.fsext;

import java.io.IOException;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.spi.DetectedFileSystem;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.volume.Superblock;
import org.osgi.service.component.annotations.Component;

/** The formats ext2, ext3 and ext4. */
@Component(property = FileSystemFormat.NAME + "=ext")
public final class ExtFormat implements FileSystemFormat {

    @Override
    public Optional<DetectedFileSystem> detect(BlockDevice device) throws IOException {
        if (!Superblock.isOn(device)) {
            return Optional.empty();
        }
        Superblock superblock = Superblock.read(device);
        return Optional.of(
                new DetectedFileSystem(superblock.features().format(), superblock.blockSize(), superblock.stamp()));
    }

    @Override
    public FileSystemReader open(BlockDevice device) throws IOException {
        return ExtReader.open(device);
    }
}
