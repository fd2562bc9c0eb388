package org.hikae.media.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.media.MetaWriter;

/** Files as a group's backup shows them to media control, by a model: everything in maps, in no particular order. */
public final class TestFiles implements MetaSource {

    /** What there is of a file. */
    static final class Node {
        FileAttributes attributes;
        final List<ExtendedAttribute> xattrs = new ArrayList<>();
        final List<FileExtent> extents = new ArrayList<>();
        FileName target;
        /** Content that lies in no block; null if there is none. */
        byte[] inline;
    }

    final int blockSize;
    final byte[] disk;
    final Map<Long, Node> nodes = new LinkedHashMap<>();
    /** Names from the root on, a directory before what is in it. */
    final Map<List<FileName>, Long> paths = new LinkedHashMap<>();

    public TestFiles(int blockSize, byte[] disk) {
        this.blockSize = blockSize;
        this.disk = disk.clone();
    }

    /** The numbers of files by their names from the root on. */
    public Map<List<FileName>, Long> paths() {
        return paths;
    }

    long blockCount() {
        return disk.length / blockSize;
    }

    static String text(List<FileName> path) {
        StringBuilder text = new StringBuilder();
        path.forEach(name -> text.append('/').append(name));
        return path.isEmpty() ? "/" : text.toString();
    }

    /** Adds all of them to a generation. */
    public void writeTo(MetaWriter writer) throws IOException {
        for (Map.Entry<List<FileName>, Long> path : paths.entrySet()) {
            Node node = nodes.get(path.getValue());
            writer.add(new FileEntry(text(path.getKey()), node.attributes), this);
        }
    }

    /** What a reader of a file should see. */
    byte[] content(Node node) {
        byte[] content = new byte[(int) node.attributes.size()];
        if (node.inline != null) {
            System.arraycopy(node.inline, 0, content, 0, content.length);
        }
        for (FileExtent extent : node.extents) {
            for (int i = 0; !extent.unwritten() && i < extent.count() * blockSize; i++) {
                long at = extent.logical() * blockSize + i;
                if (at < content.length) {
                    content[(int) at] = disk[(int) extent.physical() * blockSize + i];
                }
            }
        }
        return content;
    }

    @Override
    public FileSystemInfo info() {
        return new FileSystemInfo(
                "ext4", "控え", "1-2-3", blockSize, blockCount(), 99, List.of("extents"), "5", List.of("old"), null);
    }

    @Override
    public FileAttributes attributes(long inode) {
        return nodes.get(inode).attributes;
    }

    /** A few at a time, the first of which begins before. */
    @Override
    public List<FileExtent> extents(long inode, long from) {
        return nodes.get(inode).extents.stream()
                .filter(extent -> extent.end() > from)
                .limit(3)
                .toList();
    }

    @Override
    public FileName symlinkTarget(long inode) {
        return nodes.get(inode).target;
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) {
        return nodes.get(inode).xattrs;
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) {
        dst.put(content(nodes.get(inode)), (int) offset, dst.remaining());
    }
}
