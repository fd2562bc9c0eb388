package org.hikae.fs.shared;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.fs.spi.DetectedFileSystem;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.FormatOptions;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.api.shared.spi.FreeSpace;
import org.hikae.api.shared.spi.SharedFormat;
import org.hikae.fs.shared.check.Check;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.MetadataStores;
import org.hikae.fs.shared.store.Superblock;
import org.osgi.service.component.annotations.Component;

/** The platform's own format, of file systems that several nodes write at once (22). */
@Component(
        service = {FileSystemFormat.class, SharedFormat.class},
        property = FileSystemFormat.NAME + "=" + Layout.NAME)
public final class SharedDiskFormat implements SharedFormat {

    private final Clock clock = Clock.systemUTC();

    @Override
    public Optional<DetectedFileSystem> detect(BlockDevice device) throws IOException {
        if (!Superblock.isOn(device)) {
            return Optional.empty();
        }
        Superblock superblock = Superblock.read(device);
        return Optional.of(
                new DetectedFileSystem(Layout.NAME, superblock.blockSize(), MetadataStores.stamp(device, superblock)));
    }

    @Override
    public void format(BlockDevice device, FormatOptions options) throws IOException {
        Superblock superblock = Superblock.plan(device, options);
        Superblock.erase(device);
        MetadataStores.format(device, superblock);
        try (MetadataStore store = MetadataStores.open(device, superblock)) {
            store.change(tables -> {
                Layout.begin(tables, superblock.data(), options, clock.instant());
                return null;
            });
        }
        superblock.write(device);
    }

    @Override
    public SharedFileSystem mount(BlockDevice device, FreeSpace.Factory freeSpace) throws IOException {
        Superblock superblock = Superblock.read(device);
        MetadataStore store = MetadataStores.open(device, superblock);
        FileSystemInfo info = Layout.info(superblock, MetadataStores.stamp(device, superblock));
        boolean mounted = false;
        try {
            SharedFileSystem fileSystem = MountedFileSystem.of(superblock, info, store, freeSpace, clock);
            mounted = true;
            return fileSystem;
        } finally {
            if (!mounted) {
                store.close();
            }
        }
    }

    @Override
    public CheckReport check(BlockDevice device) throws IOException {
        Superblock superblock = Superblock.read(device);
        try (MetadataStore store = MetadataStores.openReadOnly(device, superblock)) {
            return store.read(view -> new Check(superblock, view).run(superblock.damages(device)));
        }
    }

    @Override
    public FileSystemReader open(BlockDevice device) throws IOException {
        Superblock superblock = Superblock.read(device);
        MetadataStore store = MetadataStores.openReadOnly(device, superblock);
        FileSystemInfo info = Layout.info(superblock, MetadataStores.stamp(device, superblock));
        return new MetadataReader(device, superblock, store, info);
    }
}
