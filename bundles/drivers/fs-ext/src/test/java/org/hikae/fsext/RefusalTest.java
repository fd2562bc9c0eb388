package org.hikae.fsext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.testing.ImageDevice;
import org.hikae.fsext.testing.SmallImages;
import org.hikae.fsext.testing.Tree;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is refused, and in which words. */
class RefusalTest {

    private static final int BLOCK = 1024;
    private static final int SUPERBLOCK = 1024;
    private static final int STATE = SUPERBLOCK + 0x3A;
    private static final int COMPATIBLE = SUPERBLOCK + 0x5C;
    private static final int INCOMPATIBLE = SUPERBLOCK + 0x60;
    private static final int READ_ONLY_COMPATIBLE = SUPERBLOCK + 0x64;
    private static final int MAP = 0x28;

    private ByteBuffer image;

    private void use(String name) throws IOException {
        image = ByteBuffer.wrap(SmallImages.get(name).clone()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void set(int offset, int bits) {
        image.putInt(offset, image.getInt(offset) | bits);
    }

    private FileSystemReader open() throws IOException {
        return ExtReader.open(new ImageDevice(image.array()));
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> open().used())
                .isInstanceOf(FileSystemRefusedException.class)
                .message()
                .contains(words);
    }

    /** Where an inode lies, and what it is. */
    private int inode(String path) throws IOException {
        FileAttributes file = Tree.of(open()).get(path);
        int table = image.getInt(2 * BLOCK + 0x8);
        return table * BLOCK + (int) (file.inode() - 1) * image.getShort(SUPERBLOCK + 0x58);
    }

    @Nested
    class Features {

        @Test
        void thatAreNotKnownAreNamed() throws IOException {
            use("ext2");
            set(INCOMPATIBLE, 0x1 | 1 << 20);
            assertRefused("features that are not supported: compression, FEATURE_I20");
            use("ext2");
            set(READ_ONLY_COMPATIBLE, 0x80);
            assertRefused("features that are not supported: snapshot");
        }

        @Test
        void ofReadersThatMayIgnoreThemAreIgnored() throws IOException {
            use("ext2");
            set(COMPATIBLE, 1 << 25);
            assertThat(open().used())
                    .isEqualTo(ExtReader.open(new ImageDevice(SmallImages.get("ext2")))
                            .used());
            assertThat(open().info().features()).contains("FEATURE_C25");
        }

        @Test
        void ofJournalsElsewhere() throws IOException {
            use("ext2");
            set(INCOMPATIBLE, 0x8);
            assertRefused("this is the external journal of a file system");
            use("ext2");
            set(COMPATIBLE, 0x4);
            assertRefused("its journal lies on another device, which is not supported");
        }
    }

    @Nested
    class Superblocks {

        @Test
        void thatAreNoneAreNotDetected() throws IOException {
            use("ext2");
            assertThat(new ExtFormat().detect(new ImageDevice(image.array()))).isPresent();
            image.putShort(SUPERBLOCK + 0x38, (short) 0);
            assertThat(new ExtFormat().detect(new ImageDevice(image.array()))).isEmpty();
            assertThat(new ExtFormat().detect(new ImageDevice(new byte[10]))).isEmpty();
            assertRefused("superblock", "there is none");
        }

        @Test
        void tellTheFormatExactly() throws IOException {
            for (String name : SmallImages.NAMES) {
                use(name);
                assertThat(new ExtFormat()
                                .detect(new ImageDevice(image.array()))
                                .orElseThrow()
                                .name())
                        .isEqualTo(name.equals("ext2") ? "ext2" : "ext4");
            }
        }

        @Test
        void ofFileSystemsThatWereCutOff() throws IOException {
            use("ext2");
            byte[] half = Arrays.copyOf(image.array(), image.capacity() / 2);
            assertThatThrownBy(() -> ExtReader.open(new ImageDevice(half)))
                    .hasMessageContaining("it has 1024 blocks of 1024 bytes, but the device has only 524288 bytes");
        }

        @Test
        void ofWriters() throws IOException {
            use("ext2");
            String stamp = open().info().stamp();
            image.putInt(SUPERBLOCK + 0x30, image.getInt(SUPERBLOCK + 0x30) + 1);
            assertThat(open().info().stamp()).isNotEqualTo(stamp);
        }
    }

    @Nested
    class Maps {

        @Test
        void thatLeadInCirclesEnd() throws IOException {
            use("ext2");
            int inode = inode("/holes");
            int node = image.getInt(inode + MAP + 4 * 12);
            for (int i = 0; i < BLOCK; i += 4) {
                image.putInt(node * BLOCK + i, node);
            }
            image.putInt(inode + MAP + 4 * 14, node);
            assertRefused("map of inode", "some block is in them again and again");
        }

        @Test
        void thatLeadOutside() throws IOException {
            use("ext2");
            image.putInt(inode("/b") + MAP, 5000);
            assertRefused("map of inode", "it points to block 5000, outside of the file system's 1024");
        }

        @Test
        void ofExtentsThatOverlap() throws IOException {
            use("plain");
            int inode = inode("/b");
            image.putShort(inode + MAP + 2, (short) 2);
            image.putInt(inode + MAP + 24, image.getInt(inode + MAP + 12));
            image.putInt(inode + MAP + 28, image.getInt(inode + MAP + 16));
            image.putInt(inode + MAP + 32, image.getInt(inode + MAP + 20));
            assertRefused("extent tree of inode", "its extents are not in order");
        }

        @Test
        void ofTreesThatAreTheirOwnChildren() throws IOException {
            use("plain");
            int inode = inode("/holes");
            int child = image.getInt(inode + MAP + 16);
            System.arraycopy(image.array(), inode + MAP, image.array(), child * BLOCK, 60);
            assertRefused("extent tree of inode", "its header is impossible");
        }
    }

    @Nested
    class Bitmaps {

        @Test
        void thatCallStructuresFree() throws IOException {
            use("ext2");
            int bitmap = image.getInt(2 * BLOCK);
            image.put(bitmap * BLOCK, (byte) 0);
            assertRefused("block bitmap of group 0 (block " + bitmap + ")", "in which the file system itself lies");
        }

        @Test
        void doNotLoseBlocksThatAFileHas() throws IOException {
            use("ext2");
            BlockSet before = open().used();
            long block =
                    open().extents(Tree.of(open()).get("/b").inode(), 0).get(0).physical();
            int at = image.getInt(2 * BLOCK) * BLOCK + (int) (block - 1) / 8;
            image.put(at, (byte) (image.get(at) & ~(1 << (block - 1) % 8)));
            assertThat(open().used()).isEqualTo(before);
        }

        @Test
        void ofMountedFileSystemsWithoutAJournalAreNotBelieved() throws IOException {
            use("ext2");
            image.putShort(STATE, (short) 0);
            assertThat(open().used()).isEqualTo(BlockSet.range(0, 1024));
            assertThat(open().info().notes()).hasSize(1).first().asString().contains("not unmounted");
        }

        /** As by a driver that knows no journals, or with the option {@code noload}. */
        @Test
        void ofFileSystemsWhoseJournalIsLeftOutAreNotBelievedEither() throws IOException {
            use("journal");
            image.putInt(INCOMPATIBLE, image.getInt(INCOMPATIBLE) & ~0x4);
            assertThat(open().used().count()).isLessThan(open().info().blockCount());
            image.putShort(STATE, (short) 0);
            assertThat(open().used()).isEqualTo(BlockSet.range(0, open().info().blockCount()));
            assertThat(open().info().notes()).hasSize(1).first().asString().contains("not unmounted");
        }

        /** Who wrote before writes were counted left the state alone when a journal took over. */
        @Test
        void ofOldFileSystemsWithJournalAre() throws IOException {
            use("journal");
            image.putInt(INCOMPATIBLE, image.getInt(INCOMPATIBLE) & ~0x4);
            image.putShort(STATE, (short) 0);
            image.putLong(SUPERBLOCK + 0x178, 0);
            assertThat(open().used().count()).isLessThan(open().info().blockCount());
        }
    }

    @Test
    void aJournalIsLaidOver() throws IOException {
        use("journal");
        assertThat(Tree.of(open())).containsKey("/y").doesNotContainKey("/x");
        assertThat(open().info().notes()).hasSize(1).first().asString().contains("its journal is not replayed");
        // As though there were nothing to replay: what was committed is not in its place.
        image.putInt(INCOMPATIBLE, image.getInt(INCOMPATIBLE) & ~0x4);
        assertThat(Tree.of(open())).doesNotContainKey("/y");
    }

    /** Their bytes are by chance: a slash or NUL is none. */
    @Test
    void encryptedNamesAreShownWithoutWhatWouldLeadElsewhere() throws IOException {
        use("ext2");
        long root = open().root();
        int count = Tree.of(open()).size();
        int block = (int) open().extents(root, 0).get(0).physical() * BLOCK;
        image.put(block + 24 + 8, (byte) '/');
        int inode = image.getInt(2 * BLOCK + 0x8) * BLOCK + (int) (root - 1) * image.getShort(SUPERBLOCK + 0x58);
        set(INCOMPATIBLE, 0x10000);
        set(inode + 0x20, 0x800);
        assertThat(Tree.of(open())).hasSize(count);
        String first = open().list(root, 0).entries().get(0).name().toString();
        assertThat(first).matches("L[A-Za-z0-9_-]+");
    }

    @Test
    void namesThatLeadElsewhereAreRefused() throws IOException {
        use("ext2");
        long root = open().root();
        int block = (int) open().extents(root, 0).get(0).physical() * BLOCK;
        // The third entry, after those for the directory itself and its parent.
        image.put(block + 24 + 8, (byte) '/');
        assertThatThrownBy(() -> Tree.of(open()))
                .isInstanceOf(FileSystemRefusedException.class)
                .hasMessageContaining("is impossible");
    }
}
