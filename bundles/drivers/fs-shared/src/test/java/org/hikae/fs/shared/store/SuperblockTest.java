package org.hikae.fs.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.shared.FormatOptions;
import org.hikae.fs.shared.testing.MemoryDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuperblockTest {

    @ParameterizedTest
    @CsvSource({
        "2097152, 512, 0, 1048576",
        "2097152, 65536, 0, 1048576",
        "1073741824, 4096, 0, 67108864",
        "1000000000000, 512, 0, 17179869184",
        "1099511627776, 4096, 34359738368, 34359738368"
    })
    void givesEverythingAPlace(long size, int blockSize, long wanted, long metadata) throws IOException {
        MemoryDevice device = new MemoryDevice(size, blockSize);
        Superblock planned = Superblock.plan(device, options("täst", wanted));
        planned.write(device);

        Superblock superblock = Superblock.read(device);

        assertThat(superblock).isEqualTo(planned);
        assertThat(superblock.label()).isEqualTo("täst");
        assertThat(superblock.blockSize()).isEqualTo(Math.max(4096, blockSize));
        long used = (superblock.journalBlocks() + superblock.regionBlocks()) * superblock.blockSize();
        assertThat(used).isBetween(metadata - (64 << 10), metadata);
        BlockRun data = superblock.data();
        assertThat(data.first()).isEqualTo(1 + used / superblock.blockSize());
        assertThat(data.end()).isEqualTo(size / superblock.blockSize() - 1);
    }

    @Test
    void refusesWhatHasNoRoom() {
        MemoryDevice small = new MemoryDevice(1 << 20, 4096);
        assertThatThrownBy(() -> Superblock.plan(small, options("", 0))).hasMessageContaining("no room for data");
        MemoryDevice device = new MemoryDevice(1 << 30, 4096);
        assertThatThrownBy(() -> Superblock.plan(device, options("", 1000))).hasMessageContaining("from 1 MiB");
        assertThatThrownBy(() -> Superblock.plan(device, options("x".repeat(65), 0)))
                .hasMessageContaining("64 bytes");
    }

    @Test
    void isNotThereBeforeItIsWrittenNorAfterItWasErased() throws IOException {
        MemoryDevice device = new MemoryDevice(4 << 20, 4096);
        Superblock superblock = Superblock.plan(device, options("", 0));
        assertThat(Superblock.isOn(device)).isFalse();
        superblock.write(device);
        assertThat(Superblock.isOn(device)).isTrue();
        Superblock.erase(device);
        assertThat(Superblock.isOn(device)).isFalse();
        assertThatThrownBy(() -> Superblock.read(device)).isInstanceOf(FileSystemRefusedException.class);
    }

    @Test
    void refusesADiskThatIsShorterThanItWas() throws IOException {
        MemoryDevice device = Disks.formatted(8 << 20, 0);
        MemoryDevice shorter = new MemoryDevice(7 << 20, 4096);
        ByteBuffer bytes = ByteBuffer.allocate(7 << 20);
        device.read(bytes, 0);
        shorter.write(bytes.flip(), 0);

        assertThatThrownBy(() -> Superblock.read(shorter)).hasMessageContaining("2048 blocks, and the disk has 1792");
    }

    @Test
    void refusesTwoDamagedOnes() throws IOException {
        MemoryDevice device = Disks.formatted(8 << 20, 0);
        device.flip(20, 1);
        Superblock.read(device);
        device.flip((8 << 20) - 4096 + 20, 1);

        assertThatThrownBy(() -> Superblock.read(device)).hasMessageContaining("so is its copy's");
    }

    private static FormatOptions options(String label, long metadata) {
        return new FormatOptions(Disks.ID, label, metadata, 0, 0);
    }
}
