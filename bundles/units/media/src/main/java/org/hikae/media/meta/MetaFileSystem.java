package org.hikae.media.meta;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
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
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.media.format.DamagedException;

/**
 * The files of a group as a file system (b.6): names and attributes from their meta information, content from the blocks of the
 * generation. A file's number is one more than the ordinal of its first name, in the order of a walk.
 */
final class MetaFileSystem implements FileSystem {

    private final String group;
    private final MetaFiles files;
    private final MetaContent content;
    private final SourceInfo source;
    private boolean closed;

    /** @param device the generation, which stays open as long as this is used */
    MetaFileSystem(String group, MetaPages pages, BlockDevice device) {
        this.group = group;
        this.files = new MetaFiles(pages);
        this.source = pages.directory().source();
        this.content = new MetaContent(files, source, device);
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public FileSystemInfo info() throws IOException {
        checkOpen();
        return source.view("these are the files of group " + group + " alone, under "
                + files.pages().directory().files() + " names, with the directories that they are in");
    }

    /** What the files' content lies in; reserved blocks are not in the generation, and so not here either. */
    @Override
    public BlockSet used() throws IOException {
        checkOpen();
        BlockSet.Builder used = new BlockSet.Builder();
        content.forEachExtent((file, extent) -> {
            BlockRun run = ExtentsCodec.content(extent, file.size(), source.blockSize());
            if (run != null) {
                used.add(run);
            }
            return true;
        });
        return used.build();
    }

    /** None: the meta information lies beside the blocks. */
    @Override
    public BlockSet metadata() throws IOException {
        checkOpen();
        return BlockSet.empty();
    }

    @Override
    public BlockOwner owner(long block) throws IOException {
        checkOpen();
        Objects.checkIndex(block, source.blockCount());
        BlockOwner[] owner = {new BlockOwner.Nobody()};
        content.forEachExtent((file, extent) -> {
            long into = block - extent.physical();
            boolean found = into >= 0 && into < extent.count();
            if (found) {
                owner[0] = new BlockOwner.Content(file.inode(), extent.logical() + into);
            }
            return !found;
        });
        return owner[0];
    }

    @Override
    public Optional<FileEntry> find(String path) throws IOException {
        checkOpen();
        Optional<byte[]> key = PathKey.parse(path);
        Optional<ItemCursor> found = key.isPresent() ? files.find(key.get()) : Optional.empty();
        return found.isPresent()
                ? Optional.of(new FileEntry(PathKey.text(key.get()), found.get().attributes()))
                : Optional.empty();
    }

    @Override
    public void walk(FileEntry from, Visitor visitor) throws IOException {
        checkOpen();
        ItemCursor at = files.get(from.attributes().inode());
        if (!visitor.visit(from) || from.attributes().type() != FileType.DIRECTORY) {
            return;
        }
        byte[] directory = at.key();
        String prefix = from.path().equals("/") ? "" : from.path();
        while (at.nextFile() && PathKey.isBelow(at.key(), directory)) {
            files.metAt(at);
            String path = prefix + PathKey.below(at.key(), directory.length);
            if (!visitor.visit(new FileEntry(path, at.attributes()))) {
                return;
            }
            checkOpen();
        }
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        checkOpen();
        return files.get(inode).attributes();
    }

    @Override
    public List<FileExtent> extents(long inode, long from) throws IOException {
        checkOpen();
        return content.extents(inode, from);
    }

    @Override
    public FileName symlinkTarget(long inode) throws IOException {
        checkOpen();
        ItemCursor at = files.get(inode);
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        while (at.nextOfFile()) {
            if (at.kind() == ItemKind.TARGET) {
                append(target, at.body());
            }
        }
        if (target.size() == 0) {
            throw new FileSystemRefusedException("symlink of file " + inode, -1, "it is no symlink");
        }
        return FileName.of(target.toByteArray());
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) throws IOException {
        checkOpen();
        ItemCursor at = files.get(inode);
        List<FileName> names = new ArrayList<>();
        List<ByteArrayOutputStream> values = new ArrayList<>();
        while (at.nextOfFile()) {
            ByteBuffer body = at.body();
            if (at.kind() == ItemKind.ATTRIBUTE) {
                names.add(name(at, body));
                values.add(new ByteArrayOutputStream());
            }
            if (at.kind() == ItemKind.ATTRIBUTE || at.kind() == ItemKind.MORE && !values.isEmpty()) {
                append(values.get(values.size() - 1), body);
            }
        }
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            attributes.add(new ExtendedAttribute(names.get(i), values.get(i).toByteArray()));
        }
        return attributes;
    }

    private static FileName name(ItemCursor at, ByteBuffer body) throws IOException {
        try {
            return FileName.of(Bytes.get(body));
        } catch (DamagedException e) {
            throw at.damaged(e);
        }
    }

    private static void append(ByteArrayOutputStream to, ByteBuffer bytes) {
        byte[] part = new byte[bytes.remaining()];
        bytes.get(part);
        to.writeBytes(part);
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) throws IOException {
        checkOpen();
        content.read(inode, dst, offset);
    }

    @Override
    public void close() {
        closed = true;
    }
}
