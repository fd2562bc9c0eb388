package org.hikae.shell.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.fs.FileType;

/** A directory with a file of two names, and a symlink whose name is not UTF-8. */
final class FakeFileSystem implements FileSystem {

    /** As {@link FileSystemInfo#outdated}. */
    String outdated;

    private static final List<FileEntry> FILES = List.of(
            new FileEntry("/", file(2, FileType.DIRECTORY, 0755, 1024, 3)),
            new FileEntry("/a", file(12, FileType.REGULAR, 04644, 3000, 2)),
            new FileEntry("/b\u001b[1m", file(12, FileType.REGULAR, 04644, 3000, 2)),
            new FileEntry("/caf\\xe9", file(13, FileType.SYMLINK, 0777, 2, 1)));

    private static FileAttributes file(long inode, FileType type, int mode, long size, long links) {
        var noon = Platform.NOON;
        return new FileAttributes(inode, type, mode, 1000, 100, size, links, noon, noon, noon, null, 0, 0, 0);
    }

    @Override
    public FileSystemInfo info() {
        return new FileSystemInfo(
                "ext4",
                "home",
                "11111111-1111-4111-8111-111111111111",
                1024,
                2048,
                256,
                List.of("extent", "64bit"),
                "1",
                List.of("its journal is not replayed"),
                outdated);
    }

    @Override
    public BlockSet used() {
        return BlockSet.of(new BlockRun(0, 100), new BlockRun(200, 1));
    }

    @Override
    public BlockSet metadata() {
        return BlockSet.range(0, 10);
    }

    @Override
    public BlockOwner owner(long block) {
        return switch ((int) block) {
            case 0 -> new BlockOwner.Structure("inode table of group 3");
            case 50 -> new BlockOwner.Content(12, 1);
            case 60 -> new BlockOwner.Unknown();
            default -> new BlockOwner.Nobody();
        };
    }

    @Override
    public Optional<FileEntry> find(String path) {
        return FILES.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    @Override
    public void walk(FileEntry from, Visitor visitor) throws IOException {
        for (FileEntry file : FILES) {
            if (file.path().startsWith(from.path()) && !visitor.visit(file)) {
                return;
            }
        }
    }

    @Override
    public FileAttributes attributes(long inode) {
        return FILES.stream()
                .map(FileEntry::attributes)
                .filter(file -> file.inode() == inode)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<FileExtent> extents(long inode, long from) {
        List<FileExtent> extents = new ArrayList<>();
        if (inode == 12 && from < 3) {
            extents.add(from < 1 ? new FileExtent(0, 40, 1, false) : new FileExtent(1, 50, 2, false));
        }
        return extents;
    }

    @Override
    public FileName symlinkTarget(long inode) {
        return FileName.parse("/a");
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) {
        return List.of();
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) {
        throw new UnsupportedOperationException("no command reads files yet");
    }

    @Override
    public void close() {}
}
