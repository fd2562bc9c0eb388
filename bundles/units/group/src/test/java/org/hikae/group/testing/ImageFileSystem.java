package org.hikae.group.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hikae.api.block.BlockSet;
import org.hikae.api.block.ReadOnlyBlockDevice;
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
import org.hikae.fsext.ExtFormat;

/** The file system of an image, as its driver reads it. */
public final class ImageFileSystem implements FileSystem {

    private final FileChannel channel;
    private final FileSystemReader reader;

    public ImageFileSystem(Path image) throws IOException {
        channel = FileChannel.open(image);
        reader = new ExtFormat().open(new Device(channel, channel.size()));
    }

    private record Device(FileChannel channel, long size) implements ReadOnlyBlockDevice {

        @Override
        public int blockSize() {
            return 512;
        }

        @Override
        public void read(ByteBuffer dst, long offset) throws IOException {
            long at = offset;
            while (dst.hasRemaining()) {
                at += channel.read(dst, at);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Override
    public Optional<FileEntry> find(String path) throws IOException {
        return Optional.of(new FileEntry("/", attributes(reader.root())));
    }

    @Override
    public void walk(FileEntry from, Visitor visitor) throws IOException {
        visitor.visit(from);
        if (from.attributes().type() != FileType.DIRECTORY || !visitor.enters(from)) {
            return;
        }
        String prefix = from.path().equals("/") ? "/" : from.path() + "/";
        for (long next = 0; next >= 0; ) {
            DirectoryPart part = reader.list(from.attributes().inode(), next);
            for (DirectoryEntry entry : part.entries()) {
                walk(new FileEntry(prefix + entry.name(), attributes(entry.inode())), visitor);
            }
            next = part.next();
        }
    }

    @Override
    public FileSystemInfo info() throws IOException {
        return reader.info();
    }

    @Override
    public BlockSet used() throws IOException {
        return reader.used();
    }

    @Override
    public BlockSet metadata() throws IOException {
        return reader.metadata();
    }

    @Override
    public BlockOwner owner(long block) throws IOException {
        return reader.owner(block);
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        return reader.attributes(inode);
    }

    @Override
    public List<FileExtent> extents(long inode, long from) throws IOException {
        return reader.extents(inode, from);
    }

    @Override
    public FileName symlinkTarget(long inode) throws IOException {
        return reader.symlinkTarget(inode);
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) throws IOException {
        return reader.extendedAttributes(inode);
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) throws IOException {
        reader.read(inode, dst, offset);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
