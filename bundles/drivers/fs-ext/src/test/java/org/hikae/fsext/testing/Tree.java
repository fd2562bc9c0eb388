package org.hikae.fsext.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.checksum.Crc32c;

/** All files of a file system, by path. */
public final class Tree {

    private static final int PART_BYTES = 1 << 16;

    private Tree() {}

    /** Reads the tree; the path of the root is empty, and paths are as {@link org.hikae.api.fs.FileName} has them. */
    public static Map<String, FileAttributes> of(FileSystemReader reader) throws IOException {
        Map<String, FileAttributes> files = new TreeMap<>();
        add(reader, "", reader.root(), files);
        return files;
    }

    private static void add(FileSystemReader reader, String path, long inode, Map<String, FileAttributes> files)
            throws IOException {
        FileAttributes attributes = reader.attributes(inode);
        files.put(path, attributes);
        if (attributes.type() != FileType.DIRECTORY) {
            return;
        }
        for (long next = 0; next >= 0; ) {
            DirectoryPart part = reader.list(inode, next);
            for (DirectoryEntry entry : part.entries()) {
                add(reader, path + "/" + entry.name(), entry.inode(), files);
            }
            next = part.next();
        }
    }

    /** A checksum over what a file holds. */
    public static int content(FileSystemReader reader, FileAttributes file) throws IOException {
        int sum = -1;
        for (long at = 0; at < file.size(); at += PART_BYTES) {
            ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART_BYTES, file.size() - at));
            reader.read(file.inode(), part, at);
            sum = Crc32c.update(sum, part.flip());
        }
        return sum;
    }
}
