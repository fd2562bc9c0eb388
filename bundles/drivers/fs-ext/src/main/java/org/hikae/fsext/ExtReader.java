package org.hikae.fsext;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.bitmap.BitmapKind;
import org.hikae.fsext.bitmap.Bitmaps;
import org.hikae.fsext.bitmap.UsedBlocks;
import org.hikae.fsext.census.MappedBlocks;
import org.hikae.fsext.census.MetadataBlocks;
import org.hikae.fsext.census.Owners;
import org.hikae.fsext.content.FileContent;
import org.hikae.fsext.directory.Directories;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.inode.Attributes;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.journal.Replay;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.volume.Features;
import org.hikae.fsext.volume.Superblock;
import org.hikae.fsext.volume.Volume;

/** A file system of these formats, its journal laid over: puts together what the packages below know. */
final class ExtReader implements FileSystemReader {

    private static final long ROOT = 2;

    private final Volume volume;
    private final Superblock superblock;
    private final Replay replay;
    private final String stamp;
    private final GroupTable groups;
    private final InodeTable inodes;
    private final BlockMap map;
    private final FileContent content;
    private final Directories directories;

    private ExtReader(Volume volume, Replay replay, String stamp) {
        this.volume = volume;
        this.superblock = volume.superblock();
        this.replay = replay;
        this.stamp = stamp;
        groups = new GroupTable(volume);
        inodes = new InodeTable(volume, groups);
        map = new BlockMap(volume);
        content = new FileContent(volume, inodes, map);
        directories = new Directories(volume, inodes, map, content);
    }

    static ExtReader open(BlockDevice device) throws IOException {
        Volume onDisk = new Volume(device);
        Replay replay = Replay.of(onDisk);
        // The superblock, too, may be in the journal.
        return new ExtReader(
                new Volume(replay.device()), replay, onDisk.superblock().stamp());
    }

    @Override
    public FileSystemInfo info() throws IOException {
        return new FileSystemInfo(
                superblock.features().format(),
                superblock.label(),
                superblock.uuid(),
                superblock.blockSize(),
                superblock.blockCount(),
                superblock.inodeCount(),
                superblock.features().list(),
                stamp,
                notes(),
                outdated());
    }

    private List<String> notes() throws IOException {
        List<String> notes = new ArrayList<>();
        if (superblock.needsRecovery()) {
            notes.add("its journal is not replayed: " + replay.blocks() + " blocks of " + replay.transactions()
                    + " transactions are read from there");
        }
        if (replay.broken()) {
            notes.add(
                    "its journal ends with a damaged commit: what was to come with it, and after it, is lost; check the"
                            + " file system (e2fsck -f)");
        }
        if (outdated() != null) {
            notes.add(outdated());
        }
        if (isWrittenWithoutJournal()) {
            notes.add("it was mounted without a journal and not unmounted: all of its blocks count as used");
        }
        long doubtful = groups.countDoubtful();
        if (doubtful > 0) {
            notes.add("the checksums of " + doubtful
                    + " group descriptors do not match, but what they lead to is sound so"
                    + " far; check the file system (e2fsck -f)");
        }
        if (superblock.hasErrors()) {
            notes.add("errors were found in it before: check it (e2fsck -f)");
        }
        return notes;
    }

    /** R18: fast commits tell what to do with files, and not what is in blocks; so they cannot be laid over. */
    private String outdated() {
        return replay.fastCommits() == 0
                ? null
                : "its journal has " + replay.fastCommits()
                        + " fast commits: the blocks that files got in them count as"
                        + " used, but names and files are shown as they were before; a mount replays them";
    }

    /**
     * Then what the disk holds may be of different moments (R18). One that has a journal can be mounted so, too: by a
     * driver for ext2, or with {@code noload}. In older ones that have a journal the state alone says nothing: it was left
     * as it was when the journal took over.
     */
    private boolean isWrittenWithoutJournal() {
        boolean journal = superblock.features().compatible(Features.HAS_JOURNAL);
        return !superblock.needsRecovery() && !superblock.isClean() && (!journal || superblock.countsWrites());
    }

    @Override
    public BlockSet used() throws IOException {
        if (isWrittenWithoutJournal()) {
            return BlockSet.range(0, superblock.blockCount());
        }
        new Bitmaps(volume, groups).visit(BitmapKind.INODES, (group, bits) -> {
            // Only checked: which inodes are in use is taken from them.
        });
        BlockSet used = new UsedBlocks(volume, groups).all();
        BlockSet mapped = new MappedBlocks(volume, inodes, map).besides(used);
        return used.union(mapped).union(BlockSet.of(replay.ranges()));
    }

    /** With what files got in fast commits: no map leads there now, but after the replay of a mount one does. */
    @Override
    public BlockSet metadata() throws IOException {
        return new MetadataBlocks(volume, groups, inodes, map).all().union(BlockSet.of(replay.ranges()));
    }

    @Override
    public BlockOwner owner(long block) throws IOException {
        return new Owners(volume, groups, inodes, map, new UsedBlocks(volume, groups)).of(block);
    }

    @Override
    public long root() {
        return ROOT;
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        Inode found = inodes.get(inode);
        return Attributes.of(found, inodes.sizeOf(found));
    }

    @Override
    public List<FileExtent> extents(long inode, long from) throws IOException {
        Inode file = inodes.get(inode);
        List<FileExtent> next = map.next(file, from);
        return file.isRegular() ? replay.content().find(inode, next) : next;
    }

    @Override
    public DirectoryPart list(long directory, long from) throws IOException {
        return directories.list(inodes.get(directory), from);
    }

    @Override
    public FileName symlinkTarget(long inode) throws IOException {
        return content.target(inodes.get(inode));
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) throws IOException {
        return content.attributes().of(inodes.get(inode));
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) throws IOException {
        content.read(inodes.get(inode), dst, offset);
    }
}
