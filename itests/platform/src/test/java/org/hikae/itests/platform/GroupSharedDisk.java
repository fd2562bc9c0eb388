package org.hikae.itests.platform;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.SplittableRandom;
import java.util.UUID;
import org.hikae.api.disk.Disk;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;

/** A disk whose files nodes share. */
record GroupSharedDisk(Lab lab, Disk disk, SplittableRandom random) implements GroupDisk {
    private static final long SIZE = 48L << 20;

    static GroupSharedDisk make(Lab lab, long seed) throws IOException {
        Disk disk = lab.disk(SIZE, 4096, seed);
        FormatOptions options = new FormatOptions(new UUID(seed, 7), "", 16 << 20, 0, 0);
        lab.services.get(FileSystems.class).format(disk.name(), "shared", options, true);
        return new GroupSharedDisk(lab, lab.disks().get(disk.name()), new SplittableRandom(seed));
    }

    @Override
    public <T> T use(Use<T> use) throws IOException {
        try (FileSystem fileSystem = lab.node("n" + (1 + random.nextInt(4))).fileSystem(disk.name())) {
            return use.with(fileSystem.getPath("/"));
        }
    }
}
