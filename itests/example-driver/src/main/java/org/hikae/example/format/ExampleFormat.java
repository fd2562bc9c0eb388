package org.hikae.example.format;

import java.io.IOException;
import java.nio.*;
import java.time.Instant;
import java.util.*;
import org.hikae.api.block.*;
import org.hikae.api.fs.*;
import org.hikae.api.fs.spi.*;

/** BFS, a flat file system: a superblock, inodes of 64 bytes, and one directory; each file lies in consecutive blocks. */
@org.osgi.service.component.annotations.Component(property = FileSystemFormat.NAME + "=bfs")
public final class ExampleFormat implements FileSystemFormat {
    private static final int BLOCK = 512;
    private static final int INODE = 64;
    private static final int ROOT = 2;

    @Override
    public Optional<DetectedFileSystem> detect(BlockDevice device) throws IOException {
        boolean found = device.size() >= BLOCK && Reader.bytes(device, 0, 4).getInt(0) == 0x1BADFACE;
        return found ? Optional.of(new DetectedFileSystem("bfs", BLOCK, "")) : Optional.empty();
    }

    @Override
    public FileSystemReader open(BlockDevice device) throws IOException {
        if (detect(device).isEmpty()) {
            throw new FileSystemRefusedException("superblock", 0, "there is none of BFS");
        }
        ByteBuffer superblock = Reader.bytes(device, 0, BLOCK);
        long start = superblock.getInt(4);
        long end = superblock.getInt(8) + 1L;
        if (start <= BLOCK || start > BLOCK + 512 * INODE || start > end || end > device.size()) {
            throw new FileSystemRefusedException("superblock", 0, "its data lies from " + start + " to " + end);
        }
        return new Reader(device, (start + BLOCK - 1) / BLOCK, (start - BLOCK) / INODE, end / BLOCK);
    }

    private record Reader(BlockDevice device, long start, long inodes, long end) implements FileSystemReader {
        static ByteBuffer bytes(BlockDevice device, long offset, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            device.read(bytes, offset);
            return bytes.flip();
        }

        /** The inode of a number, checked; its number is 0 if it is free. */
        private ByteBuffer inode(long number) throws IOException {
            long at = BLOCK + (number - ROOT) * INODE;
            if (number < ROOT || number >= ROOT + inodes) {
                throw new FileSystemRefusedException("inode " + number, -1, "there is no such number");
            }
            ByteBuffer inode = bytes(device, at, INODE);
            boolean empty = inode.getShort(0) == 0 || first(inode) == 0;
            long size = empty ? 0 : size(inode);
            boolean inside = first(inode) >= start && first(inode) + count(inode) <= end && count(inode) > 0;
            if (!empty && (!inside || size < 0 || size > count(inode) * BLOCK)) {
                throw new FileSystemRefusedException("inode " + number, at / BLOCK, "its blocks are impossible");
            }
            return inode;
        }

        private static long first(ByteBuffer inode) {
            return inode.getInt(4);
        }

        private static long count(ByteBuffer inode) {
            return first(inode) == 0 ? 0 : inode.getInt(8) - first(inode) + 1;
        }

        private static long size(ByteBuffer inode) {
            return first(inode) == 0 ? 0 : inode.getInt(12) + 1L - first(inode) * BLOCK;
        }

        private BlockSet used(boolean content) throws IOException {
            BlockSet.Builder used = new BlockSet.Builder().add(new BlockRun(0, start));
            for (long number = ROOT; number < ROOT + inodes; number++) {
                ByteBuffer inode = inode(number);
                if (inode.getShort(0) != 0 && count(inode) > 0 && (content || number == ROOT)) {
                    used.add(new BlockRun(first(inode), count(inode)));
                }
            }
            return used.build();
        }

        @Override
        public FileSystemInfo info() {
            return new FileSystemInfo("bfs", "", "", BLOCK, end, inodes, List.of(), "", List.of(), null);
        }

        @Override
        public BlockSet used() throws IOException {
            return used(true);
        }

        @Override
        public BlockSet metadata() throws IOException {
            return used(false);
        }

        @Override
        public BlockOwner owner(long block) throws IOException {
            for (long number = ROOT; number < ROOT + inodes; number++) {
                ByteBuffer inode = inode(number);
                if (inode.getShort(0) != 0 && block >= first(inode) && block < first(inode) + count(inode)) {
                    return new BlockOwner.Content(number, block - first(inode));
                }
            }
            return block < start ? new BlockOwner.Structure("inodes") : new BlockOwner.Nobody();
        }

        @Override
        public long root() {
            return ROOT;
        }

        @Override
        public FileAttributes attributes(long number) throws IOException {
            ByteBuffer inode = inode(number);
            if (inode.getShort(0) != number) {
                throw new FileSystemRefusedException("inode " + number, -1, "it is free");
            }
            return new FileAttributes(
                    number,
                    number == ROOT ? FileType.DIRECTORY : FileType.REGULAR,
                    inode.getInt(20) & 07777,
                    inode.getInt(24) & 0xFFFF_FFFFL,
                    inode.getInt(28) & 0xFFFF_FFFFL,
                    size(inode),
                    inode.getInt(32) & 0xFFFF_FFFFL,
                    Instant.ofEpochSecond(inode.getInt(36) & 0xFFFF_FFFFL),
                    Instant.ofEpochSecond(inode.getInt(40) & 0xFFFF_FFFFL),
                    Instant.ofEpochSecond(inode.getInt(44) & 0xFFFF_FFFFL),
                    null,
                    0,
                    0,
                    0);
        }

        @Override
        public List<FileExtent> extents(long number, long from) throws IOException {
            ByteBuffer inode = inode(number);
            boolean none = from >= count(inode);
            return none ? List.of() : List.of(new FileExtent(0, first(inode), count(inode), false));
        }

        /** A block at a time: 32 entries of a number and a name of up to 14 bytes. */
        @Override
        public DirectoryPart list(long directory, long from) throws IOException {
            long size = size(inode(directory));
            if (directory != ROOT || from * BLOCK >= size) {
                throw new FileSystemRefusedException("directory of inode " + directory, -1, "it has no block " + from);
            }
            ByteBuffer part = ByteBuffer.allocate((int) Math.min(BLOCK, size - from * BLOCK));
            read(directory, part.order(ByteOrder.LITTLE_ENDIAN), from * BLOCK);
            List<DirectoryEntry> entries = new ArrayList<>();
            for (int at = 0; at + 16 <= part.limit(); at += 16) {
                String name = new String(part.array(), at + 2, 14, java.nio.charset.StandardCharsets.ISO_8859_1);
                name = name.substring(0, (name + '\0').indexOf('\0'));
                if (part.getShort(at) != 0 && !name.equals(".") && !name.equals("..")) {
                    if (name.isEmpty() || name.contains("/")) {
                        throw new FileSystemRefusedException("directory", -1, "the name '" + name + "' is impossible");
                    }
                    byte[] bytes = name.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                    entries.add(new DirectoryEntry(FileName.of(bytes), part.getShort(at) & 0xFFFF));
                }
            }
            return new DirectoryPart(entries, (from + 1) * BLOCK < size ? from + 1 : -1);
        }

        @Override
        public FileName symlinkTarget(long number) throws IOException {
            throw new FileSystemRefusedException("inode " + number, -1, "BFS has no symlinks");
        }

        @Override
        public List<ExtendedAttribute> extendedAttributes(long number) {
            return List.of();
        }

        @Override
        public void read(long number, ByteBuffer dst, long offset) throws IOException {
            device.read(dst, first(inode(number)) * BLOCK + offset);
        }
    }
}
