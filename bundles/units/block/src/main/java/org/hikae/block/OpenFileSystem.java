package org.hikae.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.fs.spi.FileSystemReader;

/** A file system that a driver reads, with paths and trees, which are the same for all formats. */
final class OpenFileSystem implements FileSystem {

    private final String driver;
    private final FileSystemReader reader;
    private final BlockDevice owned;
    private boolean closed;

    /** @param owned the device to close with it; null if it is somebody else's */
    OpenFileSystem(String driver, FileSystemReader reader, BlockDevice owned) {
        this.driver = driver;
        this.reader = reader;
        this.owned = owned;
    }

    private <T> T call(Guard.Call<T> call) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        return Guard.call(driver, call);
    }

    @Override
    public FileSystemInfo info() throws IOException {
        return call(reader::info);
    }

    @Override
    public BlockSet used() throws IOException {
        return call(reader::used);
    }

    @Override
    public BlockSet metadata() throws IOException {
        return call(reader::metadata);
    }

    @Override
    public BlockOwner owner(long block) throws IOException {
        Objects.checkIndex(block, info().blockCount());
        return call(() -> reader.owner(block));
    }

    @Override
    public Optional<FileEntry> find(String path) throws IOException {
        FileEntry file = new FileEntry("/", attributes(call(reader::root)));
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                FileEntry found = child(file, FileName.parse(part));
                if (found == null) {
                    return Optional.empty();
                }
                file = found;
            }
        }
        return Optional.of(file);
    }

    /** Null if there is none. */
    private FileEntry child(FileEntry directory, FileName name) throws IOException {
        if (directory.attributes().type() != FileType.DIRECTORY) {
            return null;
        }
        for (long next = 0; next >= 0; ) {
            DirectoryPart part = list(directory.attributes().inode(), next);
            for (DirectoryEntry entry : part.entries()) {
                if (entry.name().equals(name)) {
                    return child(directory, entry);
                }
            }
            next = part.next();
        }
        return null;
    }

    /** The file that an entry of a directory names. */
    private FileEntry child(FileEntry directory, DirectoryEntry entry) throws IOException {
        String prefix = directory.path().equals("/") ? "/" : directory.path() + "/";
        return new FileEntry(prefix + entry.name(), attributes(entry.inode()));
    }

    DirectoryPart list(long directory, long from) throws IOException {
        DirectoryPart part = call(() -> reader.list(directory, from));
        if (part.next() >= 0 && part.next() <= from) {
            throw new IOException("the driver of format '" + driver + "' failed: it lists a directory again and again");
        }
        return part;
    }

    @Override
    public void walk(FileEntry from, Visitor visitor) throws IOException {
        new TreeWalk(this, visitor).walk(from);
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        return call(() -> reader.attributes(inode));
    }

    @Override
    public List<FileExtent> extents(long inode, long from) throws IOException {
        return call(() -> reader.extents(inode, from));
    }

    @Override
    public FileName symlinkTarget(long inode) throws IOException {
        return call(() -> reader.symlinkTarget(inode));
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) throws IOException {
        return call(() -> reader.extendedAttributes(inode));
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) throws IOException {
        Objects.checkFromIndexSize(offset, dst.remaining(), attributes(inode).size());
        call(() -> {
            reader.read(inode, dst, offset);
            return null;
        });
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            Guard.call(driver, () -> {
                reader.close();
                return null;
            });
        } finally {
            if (owned != null) {
                owned.close();
            }
        }
    }
}
