package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.testing.FirstFit;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.Test;

/** With the metadata blocks alone a file system has all names and attributes, and can be used (b.6). */
class MetadataTest {

    private static final long ROOT = 1;
    private static final long NODE = 3;
    private static final int FILES = 300;

    private final SharedDiskFormat format = new SharedDiskFormat();
    private final MemoryDevice device = new MemoryDevice(16 << 20, Rig.BLOCK);

    /** One directory of files, with what is open though deleted, and what is only in the journal. */
    private void fill(SharedFileSystem fileSystem) throws IOException {
        long directory = fileSystem
                .create(ROOT, name("directory"), NewFile.directory(0755, 1, 2))
                .inode();
        fileSystem.commit();
        fileSystem.create(ROOT, name("link"), NewFile.symlink(name("x".repeat(3000)), 3, 4));
        for (int i = 0; i < FILES; i++) {
            long file = fileSystem
                    .create(directory, name("file " + i), NewFile.regular(0644, i, i))
                    .inode();
            fileSystem.setExtendedAttribute(file, name("user.long"), new byte[500]);
            List<FileExtent> extents = fileSystem.reserve(file, i, 1, NODE);
            device.write(ByteBuffer.wrap(new byte[] {1}), extents.get(0).physical() * Rig.BLOCK);
            fileSystem.map(file, extents, (i + 1L) * Rig.BLOCK, Rig.NOW, NODE);
        }
        long open = fileSystem
                .create(ROOT, name("deleted"), NewFile.regular(0600, 5, 6))
                .inode();
        fileSystem.open(open, NODE);
        fileSystem.unlink(ROOT, name("deleted"));
        fileSystem.commit();
    }

    @Test
    void isAllThatNamesAndAttributesNeed() throws IOException {
        format.format(device, Rig.OPTIONS);
        MemoryDevice disk;
        try (SharedFileSystem fileSystem = format.mount(device, FirstFit::new)) {
            fill(fileSystem);
            // As it is while it is in use.
            disk = device.copy();
        }
        MemoryDevice copy = new MemoryDevice(disk.size(), Rig.BLOCK);
        FileSystemReader reader = format.open(disk);
        for (BlockRun run : reader.metadata()) {
            ByteBuffer part = ByteBuffer.allocate((int) run.count() * Rig.BLOCK);
            disk.read(part, run.first() * Rig.BLOCK);
            copy.write(part.flip(), run.first() * Rig.BLOCK);
        }
        List<Object> all = all(reader, ROOT);
        assertThat(all).hasSizeGreaterThan(5 * FILES);
        assertThat(all(format.open(copy), ROOT)).isEqualTo(all);
        assertThat(format.check(copy).findings()).isEqualTo(format.check(disk).findings());
        try (SharedFileSystem mounted = format.mount(copy, FirstFit::new)) {
            assertThat(mounted.check().clean()).isTrue();
        }
    }

    private static List<Object> all(FileSystemReader reader, long inode) throws IOException {
        FileAttributes file = reader.attributes(inode);
        List<Object> all = new ArrayList<>(List.of(file));
        for (ExtendedAttribute each : reader.extendedAttributes(inode)) {
            all.add(each.name());
            all.add(ByteBuffer.wrap(each.value()));
        }
        all.addAll(reader.extents(inode, 0));
        if (file.type() == FileType.SYMLINK) {
            all.add(reader.symlinkTarget(inode));
        }
        for (long next = 0; file.type() == FileType.DIRECTORY && next >= 0; ) {
            DirectoryPart part = reader.list(inode, next);
            for (DirectoryEntry entry : part.entries()) {
                all.add(entry.name());
                all.addAll(all(reader, entry.inode()));
            }
            next = part.next();
        }
        return all;
    }
}
