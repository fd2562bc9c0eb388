package org.hikae.node;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.DiskNotBlankException;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.hikae.api.shared.SharedFileSystem;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is done to shared file systems as a whole, through the manager. */
@Component
public final class FileSystemsUnit implements FileSystems {

    private final Disks disks;
    private final Mounts mounts;

    @Activate
    public FileSystemsUnit(@Reference Disks disks, @Reference NodeRegistry nodes) {
        this(disks, nodes.mounts());
    }

    FileSystemsUnit(Disks disks, Mounts mounts) {
        this.disks = disks;
        this.mounts = mounts;
    }

    @Override
    public void format(String disk, String format, FormatOptions options, boolean force) throws IOException {
        Disk known = disks.get(disk);
        if (!disks.sharedFormats().contains(format)) {
            throw new IOException("there is no format '" + format + "' that nodes can write; known are "
                    + String.join(", ", disks.sharedFormats()));
        }
        mounts.alone(disk, "formatted", door -> {
            if (!force) {
                checkBlank(known, door);
            }
            disks.format(disk, format, options, door);
        });
    }

    private static void checkBlank(Disk disk, BlockDevice door) throws IOException {
        if (!Blank.is(door)) {
            String what = disk.hasFileSystem() ? "a file system of format " + disk.format() : "data";
            throw new DiskNotBlankException("disk '" + disk.name() + "' holds " + what);
        }
    }

    @Override
    public CheckReport check(String disk) throws IOException {
        Disk known = disks.get(disk);
        try (Mounts.Mount mount = mounts.joinOpen(disk)) {
            if (mount != null) {
                return mount.files().check();
            }
        }
        try (BlockDevice view = known.openForCopy()) {
            return known.check(view);
        }
    }

    @Override
    public SharedFileSystem.Space space(String disk) throws IOException {
        try (Mounts.Mount mount = mounts.join(disk)) {
            return mount.files().space();
        }
    }

    @Override
    public Map<Long, String> paths(String disk, Set<Long> inodes, int most) throws IOException {
        try (Mounts.Mount mount = mounts.joinOpen(disk)) {
            return mount == null ? Map.of() : new PathSearch(mount.files(), inodes, most).run();
        }
    }

    @Override
    public void unmount(String disk) throws IOException {
        disks.get(disk);
        mounts.unmount(disk);
    }
}
