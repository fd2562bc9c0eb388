package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.fs.shared.testing.Rig.NOW;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Random;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.testing.FirstFit;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The format on a disk: made, mounted, read and checked. */
class FormatTest {

    private static final long ROOT = 1;
    private static final long NODE = 3;
    private static final int FLIPS = Boolean.getBoolean("hikae.long") ? 5000 : 150;

    private final SharedDiskFormat format = new SharedDiskFormat();
    private final MemoryDevice device = new MemoryDevice(4 << 20, Rig.BLOCK);
    private long file;
    private FileExtent extent;

    /** /directory/file with a block at 2, and an attribute. */
    @BeforeEach
    void fill() throws IOException {
        assertThat(format.detect(device)).isEmpty();
        format.format(device, Rig.OPTIONS);
        try (SharedFileSystem mounted = format.mount(device, FirstFit::new)) {
            long directory = mounted.create(ROOT, name("directory"), NewFile.directory(0755, 0, 0))
                    .inode();
            file = mounted.create(directory, name("file"), NewFile.regular(0644, 0, 0))
                    .inode();
            mounted.create(directory, name("link"), NewFile.symlink(name("file"), 0, 0));
            mounted.setExtendedAttribute(file, name("user.x"), new byte[] {1, 2, 3});
            mounted.promise(1, NODE);
            extent = mounted.reserve(file, 2, 1, NODE).get(0);
            device.write(ByteBuffer.wrap(new byte[] {7, 8, 9}), extent.physical() * Rig.BLOCK);
            mounted.map(file, List.of(extent), 2 * Rig.BLOCK + 3, NOW, NODE);
        }
    }

    @Test
    void theDiskTellsWhatItHolds() throws IOException {
        assertThat(format.detect(device)).get().satisfies(found -> {
            assertThat(found.name()).isEqualTo("shared");
            assertThat(found.blockSize()).isEqualTo(Rig.BLOCK);
        });
        FileSystemReader reader = format.open(device);
        assertThat(reader.info().id()).isEqualTo(Rig.OPTIONS.id().toString());
        assertThat(reader.info().label()).isEqualTo("label");
        assertThat(reader.info().blockCount()).isEqualTo(1024);
        assertThat(reader.attributes(ROOT).uid()).isEqualTo(10);
        assertThat(reader.attributes(ROOT).gid()).isEqualTo(20);
    }

    /** R14: by it, writes of another one are noticed. */
    @Test
    void theStampChangesWithEveryMountAndNotByLooking() throws IOException {
        String before = format.detect(device).orElseThrow().stamp();
        assertThat(format.open(device).info().stamp()).isEqualTo(before);
        format.check(device);
        assertThat(format.detect(device).orElseThrow().stamp()).isEqualTo(before);
        format.mount(device, FirstFit::new).close();
        assertThat(format.detect(device).orElseThrow().stamp()).isNotEqualTo(before);
    }

    @Test
    void aReaderIsNotAskedAfterItsEnd() throws IOException {
        FileSystemReader reader = format.open(device);
        reader.close();
        reader.close();
        assertThatThrownBy(reader::used).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void readingShowsWhatTheMountedOneShows() throws IOException {
        FileSystemReader reader = format.open(device);
        try (SharedFileSystem mounted = format.mount(device, FirstFit::new)) {
            for (long inode = 1; inode <= 4; inode++) {
                assertThat(reader.attributes(inode)).isEqualTo(mounted.attributes(inode));
                assertThat(reader.extendedAttributes(inode)).hasSameSizeAs(mounted.extendedAttributes(inode));
            }
            DirectoryPart part = reader.list(2, 0);
            assertThat(part.entries()).isEqualTo(mounted.list(2, 0).entries());
            assertThat(part.next()).isEqualTo(-1);
            assertThat(reader.extents(file, 0)).isEqualTo(mounted.extents(file, 0));
            assertThat(reader.symlinkTarget(4)).isEqualTo(name("file"));
        }
    }

    @Test
    void contentIsReadWithItsHoles() throws IOException {
        FileSystemReader reader = format.open(device);
        ByteBuffer all = ByteBuffer.allocate(2 * Rig.BLOCK + 3);
        reader.read(file, all, 0);
        assertThat(all.hasRemaining()).isFalse();
        byte[] expected = new byte[2 * Rig.BLOCK + 3];
        expected[2 * Rig.BLOCK] = 7;
        expected[2 * Rig.BLOCK + 1] = 8;
        expected[2 * Rig.BLOCK + 2] = 9;
        assertThat(all.array()).isEqualTo(expected);
        ByteBuffer end = ByteBuffer.allocate(3);
        reader.read(file, end, 2L * Rig.BLOCK);
        assertThat(end.array()).containsExactly(7, 8, 9);
    }

    @Test
    void eachBlockIsThereForSomething() throws IOException {
        FileSystemReader reader = format.open(device);
        Superblock superblock = Superblock.read(device);
        BlockSet metadata = reader.metadata();
        assertThat(metadata.count()).isEqualTo(1024 - superblock.data().count());
        assertThat(reader.used()).isEqualTo(metadata.union(BlockSet.of(new BlockRun(extent.physical(), 1))));
        assertThat(reader.owner(0)).isEqualTo(new BlockOwner.Structure("superblock"));
        assertThat(reader.owner(1)).isEqualTo(new BlockOwner.Structure("journal"));
        assertThat(reader.owner(superblock.region().first()))
                .isEqualTo(new BlockOwner.Structure("region of the tables"));
        assertThat(reader.owner(1023)).isEqualTo(new BlockOwner.Structure("copy of the superblock"));
        assertThat(reader.owner(extent.physical())).isEqualTo(new BlockOwner.Content(file, 2));
        assertThat(reader.owner(1000)).isEqualTo(new BlockOwner.Nobody());
    }

    @Test
    void whatIsNotThereIsRefused() throws IOException {
        FileSystemReader reader = format.open(device);
        assertThatThrownBy(() -> reader.attributes(99)).isInstanceOf(FileSystemRefusedException.class);
        assertThatThrownBy(() -> reader.attributes(-1)).isInstanceOf(FileSystemRefusedException.class);
        assertThatThrownBy(() -> reader.list(file, 0)).isInstanceOf(FileSystemRefusedException.class);
        assertThatThrownBy(() -> reader.symlinkTarget(file)).isInstanceOf(FileSystemRefusedException.class);
    }

    /** A backup sees what was committed, from the journal too, while the file system is in use. */
    @Test
    void aDiskInUseIsReadThroughItsJournal() throws IOException {
        SharedFileSystem mounted = format.mount(device, FirstFit::new);
        long more =
                mounted.create(ROOT, name("more"), NewFile.regular(0600, 0, 0)).inode();
        mounted.commit();
        MemoryDevice instant = device.copy();
        assertThat(format.open(instant).attributes(more)).isEqualTo(mounted.attributes(more));
        assertThat(format.check(instant).findings()).isEmpty();
        mounted.close();
    }

    @Test
    void checkingWritesNothing() throws IOException {
        CheckReport report = format.check(device);
        assertThat(report.findings()).isEmpty();
        assertThat(report.files()).isEqualTo(4);
        assertThat(report.directories()).isEqualTo(2);
        assertThat(report.usedBlocks()).isEqualTo(1);
    }

    @Test
    void aSuperblockThatIsDamagedIsFoundWhileTheOtherStandsIn() throws IOException {
        device.flip(40, 1);
        assertThat(format.check(device).findings()).singleElement().asString().contains("block 0 is damaged");
        device.flip(40, 1);
        device.flip(device.size() - Rig.BLOCK + 40, 1);
        assertThat(format.check(device).findings()).singleElement().asString().contains("copy", "1023");
    }

    @Test
    void aFileInManyPiecesIsReadAtOnce() throws IOException {
        int pieces = 400;
        long inode;
        try (SharedFileSystem mounted = format.mount(device, FirstFit::new)) {
            inode = mounted.create(ROOT, name("pieces"), NewFile.regular(0644, 0, 0))
                    .inode();
            for (long piece = 0; piece < pieces; piece++) {
                List<FileExtent> one = mounted.reserve(inode, 2 * piece, 1, NODE);
                device.write(
                        ByteBuffer.wrap(new byte[] {(byte) piece}), one.get(0).physical() * Rig.BLOCK);
                mounted.map(inode, one, (2 * piece + 1) * Rig.BLOCK, NOW, NODE);
            }
        }
        FileSystemReader reader = format.open(device);
        ByteBuffer all = ByteBuffer.allocate((2 * pieces - 1) * Rig.BLOCK);
        reader.read(inode, all, 0);
        for (int block = 0; block < 2 * pieces - 1; block++) {
            assertThat(all.get(block * Rig.BLOCK)).isEqualTo((byte) (block % 2 == 0 ? block / 2 : 0));
        }
    }

    @Test
    void formattingAgainMakesAnEmptyOne() throws IOException {
        format.format(device, Rig.OPTIONS);
        assertThat(format.open(device).list(ROOT, 0).entries()).isEmpty();
        assertThat(format.check(device).files()).isEqualTo(1);
    }

    /** I9: whatever bit is wrong, an answer is right or refused. */
    @Test
    void damageIsRefusedOrDoesNotMatter() throws IOException {
        Random random = new Random(4);
        long end = Superblock.read(device).data().first() * Rig.BLOCK;
        BlockSet used = format.open(device).used();
        int refused = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            MemoryDevice damaged = device.copy();
            long at = flip < FLIPS / 10 ? random.nextInt(512) : random.nextLong(end);
            damaged.flip(at, random.nextInt(8));
            try {
                FileSystemReader reader = format.open(damaged);
                assertThat(reader.used()).as("a bit of byte %d", at).isEqualTo(used);
                assertThat(reader.attributes(file).size()).isEqualTo(2 * Rig.BLOCK + 3);
                assertThat(reader.list(2, 0).entries()).hasSize(2);
                assertThat(format.check(damaged).findings()).hasSize(at < 512 ? 1 : 0);
            } catch (FileSystemRefusedException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
