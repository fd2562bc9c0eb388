package org.hikae.media.meta;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.media.testing.MetaSource;

/** A file system whose files all have the same extents, and nothing else. */
final class FakeSource implements MetaSource {

    final List<FileExtent> extents = new ArrayList<>();
    private final FileSystemInfo info;

    FakeSource(int blockSize, long blockCount) {
        info = new FileSystemInfo("ext2", "", "", blockSize, blockCount, -1, List.of(), "", List.of(), null);
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    /** A thousand at a time. */
    @Override
    public List<FileExtent> extents(long inode, long from) {
        int begin = 0;
        int end = extents.size();
        while (begin < end) {
            int middle = (begin + end) >>> 1;
            if (extents.get(middle).end() <= from) {
                begin = middle + 1;
            } else {
                end = middle;
            }
        }
        return extents.subList(begin, Math.min(extents.size(), begin + 1000));
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) {
        return List.of();
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) {
        dst.put(new byte[dst.remaining()]);
    }

    @Override
    public FileAttributes attributes(long inode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileName symlinkTarget(long inode) {
        throw new UnsupportedOperationException();
    }
}
