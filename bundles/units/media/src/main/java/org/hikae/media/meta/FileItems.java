package org.hikae.media.meta;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.media.format.Varint;

/** Asks a file system for all that there is of a file beside its attributes, and makes items of it. */
final class FileItems {

    /** Takes items in their order. */
    interface Sink {
        void put(ItemKind kind, byte[] body) throws IOException;

        /** Blocks of the file system with content of the file. */
        void content(BlockRun run);
    }

    /** Bytes of a value or content in an item. */
    private static final int PIECE = 1 << 14;

    /** Bytes of content that lies in no block at most; more without a block is a hole. */
    private static final int MAX_INLINE = 1 << 16;

    private final FileAttributes file;
    private final FileSystem source;
    private final SourceInfo info;
    private final Sink sink;
    private boolean inBlocks;

    FileItems(FileAttributes file, FileSystem source, SourceInfo info, Sink sink) {
        this.file = file;
        this.source = source;
        this.info = info;
        this.sink = sink;
    }

    void write() throws IOException {
        for (ExtendedAttribute attribute : source.extendedAttributes(file.inode())) {
            putAttribute(attribute);
        }
        if (file.type() == FileType.SYMLINK) {
            putPieces(ItemKind.TARGET, source.symlinkTarget(file.inode()).bytes(), 0);
        } else if (file.type() == FileType.REGULAR) {
            putExtents();
            putInline();
        }
    }

    private void putAttribute(ExtendedAttribute attribute) throws IOException {
        byte[] value = attribute.value();
        int first = Math.min(PIECE, value.length);
        ByteBuffer body =
                ByteBuffer.allocate(Varint.MAX_BYTES + attribute.name().length() + first);
        Bytes.put(body, attribute.name().bytes());
        body.put(value, 0, first);
        sink.put(ItemKind.ATTRIBUTE, Arrays.copyOf(body.array(), body.position()));
        putPieces(ItemKind.MORE, value, first);
    }

    private void putPieces(ItemKind kind, byte[] bytes, int from) throws IOException {
        for (int at = from; at < bytes.length; at += PIECE) {
            sink.put(kind, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE)));
        }
    }

    private void putExtents() throws IOException {
        List<FileExtent> pending = new ArrayList<>();
        long end = 0;
        for (List<FileExtent> next = next(0); !next.isEmpty(); next = next(end)) {
            for (FileExtent extent : next) {
                check(extent, end);
                end = extent.end();
                putExtent(extent, pending);
            }
        }
        if (!pending.isEmpty()) {
            sink.put(ItemKind.EXTENTS, ExtentsCodec.encode(pending));
        }
    }

    private void check(FileExtent extent, long end) throws FileSystemRefusedException {
        boolean ordered = extent.logical() >= end;
        if (!ordered || extent.physical() > info.blockCount() - extent.count()) {
            throw new FileSystemRefusedException(
                    "extents of file " + file.inode(),
                    -1,
                    ordered
                            ? "there are no " + extent.count() + " blocks from " + extent.physical() + " on"
                            : "they are out of order at block " + end);
        }
    }

    private List<FileExtent> next(long from) throws IOException {
        return source.extents(file.inode(), from);
    }

    private void putExtent(FileExtent extent, List<FileExtent> pending) throws IOException {
        inBlocks = true;
        if (pending.size() == ExtentsCodec.MOST) {
            sink.put(ItemKind.EXTENTS, ExtentsCodec.encode(pending));
            pending.clear();
        }
        pending.add(extent);
        BlockRun run = ExtentsCodec.content(extent, file.size(), info.blockSize());
        if (run != null) {
            sink.content(run);
        }
    }

    /** What is in no block is in the inode, or not there at all. */
    private void putInline() throws IOException {
        if (inBlocks || file.size() == 0 || file.size() > MAX_INLINE) {
            return;
        }
        byte[] content = new byte[(int) file.size()];
        source.read(file.inode(), ByteBuffer.wrap(content), 0);
        if (Arrays.mismatch(content, new byte[content.length]) >= 0) {
            putPieces(ItemKind.DATA, content, 0);
        }
    }
}
