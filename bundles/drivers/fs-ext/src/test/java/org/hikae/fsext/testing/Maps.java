package org.hikae.fsext.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.journal.Replay;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.map.MapVisitor;
import org.hikae.fsext.volume.Volume;

/** Maps of files, as the programs of others show them. */
public final class Maps {

    private final InodeTable inodes;
    private final BlockMap map;

    public Maps(BlockDevice device) throws IOException {
        Volume volume = new Volume(Replay.of(new Volume(device)).device());
        inodes = new InodeTable(volume, new GroupTable(volume));
        map = new BlockMap(volume);
    }

    /** All extents, asked for part by part. */
    public static List<FileExtent> all(FileSystemReader reader, long inode) throws IOException {
        List<FileExtent> all = new ArrayList<>();
        List<FileExtent> next = reader.extents(inode, 0);
        while (!next.isEmpty()) {
            all.addAll(next);
            next = reader.extents(inode, all.get(all.size() - 1).end());
        }
        return all;
    }

    /** Logical, physical, count, and 1 for what is not written. */
    public static List<List<Long>> extents(FileSystemReader reader, long inode) throws IOException {
        return all(reader, inode).stream()
                .map(extent ->
                        List.of(extent.logical(), extent.physical(), extent.count(), extent.unwritten() ? 1L : 0L))
                .toList();
    }

    /** All blocks of a file, those of its map too. */
    public TreeSet<Long> blocks(long inode) throws IOException {
        TreeSet<Long> blocks = new TreeSet<>();
        map.visit(inodes.get(inode), 0, map.budget(), new MapVisitor() {
            @Override
            public boolean extent(FileExtent extent) {
                for (long i = 0; i < extent.count(); i++) {
                    blocks.add(extent.physical() + i);
                }
                return true;
            }

            @Override
            public boolean node(long block) {
                blocks.add(block);
                return true;
            }
        });
        return blocks;
    }

    public static String type(FileType type) {
        return switch (type) {
            case FIFO -> "FIFO";
            case CHARACTER_DEVICE -> "character";
            case BLOCK_DEVICE -> "block";
            default -> type.name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
