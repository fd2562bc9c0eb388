package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.fs.shared.testing.Rig.NOW;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.store.Entry;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.testing.MemoryStore;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each kind of damage is found, and told with the file or block. */
class CheckTest {

    private static final long ROOT = 1;
    private static final long BLOCKS = 100;
    private static final FileName FILE = name("file");
    private static final int SIZE = 24;
    private static final int LINKS = 32;
    private static final int PARENT = 40;

    private MemoryStore store;
    private SharedFileSystem fileSystem;
    private long file;
    private long directory;
    private long inner;
    private FileExtent extent;

    /** /file with 10 blocks, /directory/inner. */
    @BeforeEach
    void format() throws IOException {
        store = VolumeMaker.formatted(BLOCKS);
        fileSystem = VolumeMaker.mount(store, BLOCKS);
        file = fileSystem.create(ROOT, FILE, NewFile.regular(0644, 0, 0)).inode();
        directory = fileSystem
                .create(ROOT, name("directory"), NewFile.directory(0755, 0, 0))
                .inode();
        inner = fileSystem
                .create(directory, name("inner"), NewFile.directory(0755, 0, 0))
                .inode();
        extent = fileSystem.reserve(file, 0, 10, 1).get(0);
        fileSystem.map(file, List.of(extent), 10L * Rig.BLOCK, NOW, 1);
        fileSystem.setExtendedAttribute(file, name("user.a"), new byte[1]);
        assertThat(fileSystem.check().findings()).isEmpty();
        assertThat(fileSystem.check().files()).isEqualTo(4);
        assertThat(fileSystem.check().directories()).isEqualTo(3);
        assertThat(fileSystem.check().usedBlocks()).isEqualTo(10);
    }

    private void assertFound(String... findings) throws IOException {
        assertThat(fileSystem.check().findings()).containsExactly(findings);
        assertThat(fileSystem.check().clean()).isFalse();
    }

    private static byte[] key(long... numbers) {
        ByteBuffer key = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            key.putLong(number);
        }
        return key.array();
    }

    private static byte[] value(long... numbers) {
        ByteBuffer value = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            value.putLong(number);
        }
        return value.array();
    }

    private byte[] get(Table table, byte[] key) throws IOException {
        return store.read(view -> view.get(table, key));
    }

    /** Changes a number of 8 bytes in the record of an inode. */
    private void change(long inode, int offset, long value) throws IOException {
        byte[] record = get(Table.INODES, key(inode)).clone();
        ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, value);
        store.damage(Table.INODES, key(inode), record);
    }

    private Entry nameOf(long inode) throws IOException {
        Entry[] found = new Entry[1];
        store.read(view -> {
            view.scan(Table.NAMES, new byte[0], (key, value) -> {
                if (ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong() == inode) {
                    found[0] = new Entry(key, value);
                }
                return true;
            });
            return null;
        });
        return found[0];
    }

    @Test
    void aLostInode() throws IOException {
        store.damage(Table.NAMES, nameOf(file).key(), null);
        assertFound(
                "the names in the directory of inode 1 have 9 bytes together, but it says 13",
                "inode 2 has 0 names, but says that it has 1: it is lost");
    }

    @Test
    void aLostDirectory() throws IOException {
        store.damage(Table.NAMES, nameOf(inner).key(), null);
        assertFound(
                "the directory of inode 3 has 0 directories in it and so 2 links, but says that it has 3",
                "the names in the directory of inode 3 have 0 bytes together, but it says 5",
                "the directory of inode 4 has no name: it is lost");
    }

    @Test
    void aLostOrphan() throws IOException {
        fileSystem.open(file, 1);
        fileSystem.unlink(ROOT, FILE);
        assertThat(fileSystem.check().findings()).isEmpty();
        store.damage(Table.ORPHANS, key(file), null);
        assertFound("inode 2 has no links, and is not among those to be removed: it is lost");
    }

    @Test
    void aNameWithoutInode() throws IOException {
        store.damage(Table.INODES, key(inner), null);
        assertFound(
                "name 'inner' in the directory of inode 3 leads to inode 4, which is not there",
                "the directory of inode 3 has 0 directories in it and so 2 links, but says that it has 3",
                "the counts tell of 4 files and 3 directories among them, but there are 3 and 2");
    }

    @Test
    void aNameInADirectoryThatIsNone() throws IOException {
        Entry name = nameOf(inner);
        byte[] moved = name.key().clone();
        ByteBuffer.wrap(moved).putLong(0, 77);
        store.damage(Table.NAMES, moved, name.value());
        assertThat(fileSystem.check().findings())
                .contains("there are names in the directory of inode 77, which is not there or is no directory");
    }

    @Test
    void aWrongLinkCount() throws IOException {
        change(file, LINKS, 3);
        change(directory, LINKS, 7);
        assertFound(
                "the directory of inode 3 has 1 directories in it and so 3 links, but says that it has 7",
                "inode 2 has 1 names, but says that it has 3");
    }

    @Test
    void aDirectoryThatIsElsewhereThanItSays() throws IOException {
        change(inner, PARENT, ROOT);
        assertFound("name 'inner' in the directory of inode 3 leads to the directory of inode 4,"
                + " which says that it is in inode 1");
    }

    @Test
    void directoriesThatGoInACircle() throws IOException {
        change(directory, PARENT, inner);
        assertThat(fileSystem.check().findings())
                .contains(
                        "the directory of inode 3 is not below the root: going up from it leads in a circle to inode 3");
    }

    @Test
    void aRootThatIsNotThere() throws IOException {
        store.damage(Table.INODES, key(ROOT), null);
        assertThat(fileSystem.check().findings())
                .contains("there is no root directory: inode 1 is not there, or is no directory");
    }

    @Test
    void extentsThatOverlapInTheFile() throws IOException {
        store.damage(Table.EXTENTS, key(file, 5), value(extent.physical() + 20, 3));
        store.damage(Table.FREE, key(extent.physical() + 10), null);
        store.damage(Table.FREE, key(extent.physical() + 10), value(10));
        store.damage(Table.FREE, key(extent.physical() + 23), value(BLOCKS - 23));
        assertFound("the extent of inode 2 at its block 5, 3 from block 101 of the disk, overlaps the one before it");
    }

    @Test
    void extentsThatOverlapOnTheDisk() throws IOException {
        long other = fileSystem
                .create(ROOT, name("other"), NewFile.regular(0644, 0, 0))
                .inode();
        fileSystem.resize(other, 2L * Rig.BLOCK, NOW);
        store.damage(Table.EXTENTS, key(other, 0), value(extent.physical() + 8, 2));
        assertFound(
                "blocks 89-90 belong to several extents: one is the extent of inode 2 at its block 0, 10 from block 81 of"
                        + " the disk,",
                "blocks 89-90 belong to several extents: one is the extent of inode 5 at its block 0, 2 from block 89 of"
                        + " the disk,");
    }

    @Test
    void anExtentOutsideOfTheData() throws IOException {
        store.damage(Table.EXTENTS, key(file, 0), value(3, 10));
        assertFound(
                "damaged: extent of inode 2 at its block 0 (block 3): 10 blocks from 3 do not lie where files have theirs",
                "blocks 81-90 belong to no file, but do not count as free: they are lost");
    }

    @Test
    void anExtentAfterTheEndOfTheFile() throws IOException {
        change(file, SIZE, 9L * Rig.BLOCK);
        assertFound("the extent of inode 2 at its block 0, 10 from block 81 of the disk, goes beyond the file's size of"
                + " 36864 bytes");
    }

    @Test
    void blocksOfAnInodeThatIsNotThere() throws IOException {
        fileSystem.unlink(ROOT, FILE);
        store.damage(Table.EXTENTS, key(file, 0), value(extent.physical(), 10));
        assertFound(
                "inode 2 has blocks, but is not there: they are lost",
                "blocks 81-90 belong to a file, but count as free");
    }

    @Test
    void blocksThatAreUsedAndFree() throws IOException {
        store.damage(Table.FREE, key(extent.physical() + 3), value(2));
        assertFound("blocks 84-85 belong to a file, but count as free");
    }

    @Test
    void blocksThatAreNeitherUsedNorFree() throws IOException {
        store.damage(Table.FREE, key(extent.physical() + 10), value(5));
        assertFound("blocks 96-180 belong to no file, but do not count as free: they are lost");
    }

    @Test
    void freeBlocksThatAreToldTwice() throws IOException {
        store.damage(Table.FREE, key(extent.physical() + 20), value(5));
        assertFound("free blocks 101-105 are told twice");
    }

    @Test
    void wrongCounts() throws IOException {
        store.damage(Table.SETTINGS, "counts".getBytes(java.nio.charset.StandardCharsets.US_ASCII), value(3, 9, 1));
        assertFound(
                "the counts tell of 9 files and 1 directories among them, but there are 4 and 3",
                "the next inode would get number 3, but inode 4 is there already");
    }

    @Test
    void anAttributeOfNobody() throws IOException {
        byte[] key = ByteBuffer.allocate(9).putLong(50).put((byte) 'x').array();
        store.damage(Table.ATTRIBUTES, key, new byte[3]);
        assertFound("attribute 'x' belongs to inode 50, which is not there");
    }

    @Test
    void damagedRecords() throws IOException {
        byte[] record = get(Table.INODES, key(file)).clone();
        record[0] = 99;
        store.damage(Table.INODES, key(file), record);
        store.damage(Table.ORPHANS, key(9), new byte[1]);
        store.damage(Table.FREE, key(extent.physical() + 3), new byte[1]);
        assertThat(fileSystem.check().findings())
                .contains(
                        "damaged: table of orphans: a record has 1 bytes",
                        "damaged: inode 2: it has the unknown type 99",
                        "damaged: table of free blocks: a record has 1 bytes");
    }

    @Test
    void moreThanAThousandFindingsAreCounted() throws IOException {
        for (long inode = 1000; inode < 2500; inode++) {
            store.damage(
                    Table.ATTRIBUTES,
                    ByteBuffer.allocate(9).putLong(inode).put((byte) 'x').array(),
                    new byte[1]);
        }
        assertThat(fileSystem.check().findings()).hasSize(1000);
        assertThat(fileSystem.check().more()).isEqualTo(500);
    }
}
