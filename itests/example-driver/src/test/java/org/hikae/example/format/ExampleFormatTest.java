package org.hikae.example.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.FileSystemReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example keeps the contract: others will copy it. */
class ExampleFormatTest {

    private final ByteBuffer image = ByteBuffer.allocate(16 * 512).order(ByteOrder.LITTLE_ENDIAN);

    /** Eight inodes in block 1, the directory in block 2, a file of 700 bytes in blocks 5 and 6. */
    @BeforeEach
    void make() {
        image.putInt(0, 0x1BADFACE).putInt(4, 1024).putInt(8, 16 * 512 - 1);
        inode(2, 2, 2, 1024 + 48 - 1);
        inode(3, 5, 6, 5 * 512 + 700 - 1);
        entry(0, 2, ".");
        entry(1, 2, "..");
        entry(2, 3, "hello");
        image.put(5 * 512 + 699, (byte) 'x');
    }

    private void inode(int number, int first, int last, int lastByte) {
        int at = 512 + (number - 2) * 64;
        image.putShort(at, (short) number).putInt(at + 4, first).putInt(at + 8, last);
        image.putInt(at + 12, lastByte).putInt(at + 32, 1);
    }

    private void entry(int index, int inode, String name) {
        int at = 1024 + 16 * index;
        image.putShort(at, (short) inode).put(at + 2, name.getBytes(StandardCharsets.US_ASCII));
    }

    private FileSystemReader open() throws IOException {
        return new ExampleFormat().open(new Image(image));
    }

    @Test
    void filesAndBlocksAreFound() throws IOException {
        FileSystemReader reader = open();
        assertThat(reader.used()).isEqualTo(BlockSet.range(0, 3).union(BlockSet.range(5, 2)));
        assertThat(reader.metadata()).isEqualTo(BlockSet.range(0, 3));
        List<DirectoryEntry> entries = reader.list(reader.root(), 0).entries();
        assertThat(entries).extracting(entry -> entry.name().toString()).containsExactly("hello");
        long file = entries.get(0).inode();
        assertThat(reader.attributes(file).size()).isEqualTo(700);
        assertThat(reader.extents(file, 0)).containsExactly(new FileExtent(0, 5, 2, false));
        assertThat(reader.extents(file, 2)).isEmpty();
        assertThat(reader.owner(6)).isEqualTo(new BlockOwner.Content(file, 1));
        assertThat(reader.owner(4)).isEqualTo(new BlockOwner.Nobody());
        ByteBuffer last = ByteBuffer.allocate(1);
        reader.read(file, last, 699);
        assertThat(last.get(0)).isEqualTo((byte) 'x');
    }

    @Test
    void otherDisksAreNotTaken() throws IOException {
        image.putInt(0, 1);
        assertThat(new ExampleFormat().detect(new Image(image))).isEmpty();
        assertThatThrownBy(this::open).isInstanceOf(FileSystemRefusedException.class);
    }

    /** Every byte of the structures, with several values: nothing but answers and refusals. */
    @Test
    void damageIsRefusedOrHarmless() throws IOException {
        for (int at = 0; at < 1024 + 48; at++) {
            byte before = image.get(at);
            for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF, '/'}) {
                image.put(at, (byte) value);
                readAll();
            }
            image.put(at, before);
        }
    }

    private void readAll() throws IOException {
        try {
            FileSystemReader reader = open();
            assertThat(reader.used().intersect(reader.metadata())).isEqualTo(reader.metadata());
            for (long part = 0; part >= 0; ) {
                var list = reader.list(reader.root(), part);
                for (DirectoryEntry entry : list.entries()) {
                    reader.read(
                            entry.inode(),
                            ByteBuffer.allocate(
                                    (int) reader.attributes(entry.inode()).size()),
                            0);
                }
                part = list.next();
            }
        } catch (FileSystemRefusedException e) {
            assertThat(e.structure()).isNotBlank();
        }
    }

    private record Image(ByteBuffer bytes) implements BlockDevice {

        @Override
        public long size() {
            return bytes.capacity();
        }

        @Override
        public int blockSize() {
            return 512;
        }

        @Override
        public void read(ByteBuffer dst, long offset) {
            Objects.checkFromIndexSize(offset, dst.remaining(), size());
            dst.put(bytes.slice((int) offset, dst.remaining()));
        }

        @Override
        public void write(ByteBuffer src, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void zero(long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void force() {}

        @Override
        public boolean readOnly() {
            return true;
        }

        @Override
        public void close() {}
    }
}
