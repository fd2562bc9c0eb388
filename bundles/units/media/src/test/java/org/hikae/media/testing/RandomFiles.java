package org.hikae.media.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/** Makes trees of files of every kind, whose content lies in given blocks. */
public final class RandomFiles {

    private static final int LONGEST = 12;

    private final Random random;
    private final TestFiles files;
    /** Blocks that no file has yet, in runs. */
    private final Iterator<BlockRun> blocks;

    /** Whether there are long values and targets, of which few are enough. */
    private final boolean large;

    private long inodes = 100;

    private RandomFiles(Random random, TestFiles files, BlockSet set, boolean large) {
        this.random = random;
        this.large = large;
        this.files = files;
        this.blocks = set.iterator();
    }

    /**
     * @param blockSize of the disk and of the file system
     * @param set where content may lie
     */
    public static TestFiles make(Random random, int blockSize, byte[] disk, BlockSet set) {
        return make(random, blockSize, disk, set, true);
    }

    /** As the other one, but with short values and targets alone. */
    public static TestFiles makeSmall(Random random, int blockSize, byte[] disk, BlockSet set) {
        return make(random, blockSize, disk, set, false);
    }

    private static TestFiles make(Random random, int blockSize, byte[] disk, BlockSet set, boolean large) {
        TestFiles files = new TestFiles(blockSize, disk);
        BlockSet whole = set.intersect(BlockSet.range(0, files.blockCount()));
        RandomFiles made = new RandomFiles(random, files, whole, large);
        made.directory(List.of(), 0);
        made.addNames();
        return files;
    }

    private void directory(List<FileName> path, int depth) {
        add(path, FileType.DIRECTORY, 4096, 2 + random.nextInt(3));
        for (int i = random.nextInt(depth == 0 ? 12 : 5); i > 0; i--) {
            List<FileName> child = child(path);
            if (!files.paths.containsKey(child)) {
                if (depth < 5 && random.nextInt(3) == 0) {
                    directory(child, depth + 1);
                } else {
                    file(child);
                }
            }
        }
    }

    private List<FileName> child(List<FileName> path) {
        List<FileName> child = new ArrayList<>(path);
        child.add(name());
        return child;
    }

    /** Bytes of every kind but zero and slash, names that are alike, and text that looks like an escape. */
    private FileName name() {
        switch (random.nextInt(4)) {
            case 0:
                return FileName.of(new byte[] {'a', (byte) (1 + random.nextInt(46)), 'b'});
            case 1:
                return FileName.parse("ファイル " + random.nextInt(5) + "\\x5cx41");
            default:
                byte[] bytes = new byte[1 + random.nextInt(LONGEST)];
                for (int i = 0; i < bytes.length; i++) {
                    do {
                        bytes[i] = (byte) random.nextInt();
                    } while (bytes[i] == 0 || bytes[i] == '/');
                }
                return FileName.of(bytes);
        }
    }

    private void file(List<FileName> path) {
        switch (random.nextInt(6)) {
            case 0 -> add(path, FileType.values()[3 + random.nextInt(4)], 0, 1);
            case 1 -> {
                byte[] target = bytes(1 + random.nextInt(large && random.nextInt(10) == 0 ? 60_000 : 50));
                add(path, FileType.SYMLINK, target.length, 1).target = FileName.of(target);
            }
            case 2 -> {
                byte[] content = bytes(1 + random.nextInt(150));
                add(path, FileType.REGULAR, content.length, 1).inline = content;
            }
            default -> inBlocks(path);
        }
    }

    private void inBlocks(List<FileName> path) {
        List<FileExtent> extents = new ArrayList<>();
        long logical = 0;
        for (int i = random.nextInt(4); i > 0 && blocks.hasNext(); i--) {
            BlockRun run = blocks.next();
            logical += random.nextInt(3);
            for (long first = run.first(); first < run.end(); ) {
                long count = 1 + random.nextInt((int) Math.min(20, run.end() - first));
                extents.add(new FileExtent(logical, first, count, random.nextInt(8) == 0));
                logical += count + (random.nextInt(4) == 0 ? 1 : 0);
                first += count;
            }
        }
        long end = extents.isEmpty() ? 3 : logical;
        long size = Math.max(0, end * files.blockSize - random.nextInt(3 * files.blockSize));
        add(path, FileType.REGULAR, size + (random.nextInt(5) == 0 ? 10_000 : 0), 1)
                .extents
                .addAll(extents);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private TestFiles.Node add(List<FileName> path, FileType type, long size, long links) {
        TestFiles.Node node = new TestFiles.Node();
        long inode = inodes + random.nextInt(1000);
        inodes += 1000;
        boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        node.attributes = new FileAttributes(
                inode,
                type,
                random.nextInt(010000),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                size,
                links,
                time(),
                time(),
                time(),
                random.nextBoolean() ? null : time(),
                device ? random.nextInt() : 0,
                device ? random.nextInt() : 0,
                random.nextInt(5) == 0 ? random.nextLong() : 0x80000);
        for (int i = random.nextInt(10); i < 3; i++) {
            byte[] value = bytes(random.nextInt(large && random.nextInt(6) == 0 ? 70_000 : 40));
            node.xattrs.add(new ExtendedAttribute(FileName.parse("user." + i), value));
        }
        files.nodes.put(inode, node);
        files.paths.put(path, inode);
        return node;
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextLong(-(1L << 31), 1L << 34), random.nextInt(1_000_000_000));
    }

    /** Gives some files other names, anywhere. */
    private void addNames() {
        List<List<FileName>> directories = files.paths.entrySet().stream()
                .filter(path -> type(path.getValue()) == FileType.DIRECTORY)
                .map(path -> path.getKey())
                .toList();
        for (long inode : List.copyOf(files.nodes.keySet())) {
            if (type(inode) != FileType.DIRECTORY && random.nextInt(4) == 0) {
                int more = 1 + random.nextInt(2);
                for (int i = 0; i < more; i++) {
                    files.paths.putIfAbsent(child(directories.get(random.nextInt(directories.size()))), inode);
                }
                FileAttributes a = files.nodes.get(inode).attributes;
                files.nodes.get(inode).attributes = withLinks(a, 1 + more);
            }
        }
    }

    private FileType type(long inode) {
        return files.nodes.get(inode).attributes.type();
    }

    static FileAttributes withLinks(FileAttributes a, long links) {
        return new FileAttributes(
                a.inode(),
                a.type(),
                a.mode(),
                a.uid(),
                a.gid(),
                a.size(),
                links,
                a.accessed(),
                a.modified(),
                a.changed(),
                a.created(),
                a.deviceMajor(),
                a.deviceMinor(),
                a.flags());
    }
}
