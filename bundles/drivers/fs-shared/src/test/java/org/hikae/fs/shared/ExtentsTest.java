package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.fs.shared.testing.Rig.NOW;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which blocks hold which part of a file. */
class ExtentsTest {

    private static final long ROOT = 1;
    private static final long NODE = 5;
    private static final long BLOCKS = 5000;

    private SharedFileSystem fileSystem;
    private long file;

    @BeforeEach
    void format() throws IOException {
        fileSystem = VolumeMaker.mount(VolumeMaker.formatted(BLOCKS), BLOCKS);
        file = fileSystem
                .create(ROOT, name("file"), NewFile.regular(0644, 0, 0))
                .inode();
    }

    private List<FileExtent> write(long inode, long logical, long count) throws IOException {
        fileSystem.promise(count, NODE);
        List<FileExtent> reserved = fileSystem.reserve(inode, logical, count, NODE);
        fileSystem.map(inode, reserved, (logical + count) * Rig.BLOCK, NOW, NODE);
        return reserved;
    }

    @Test
    void neighboursBecomeOneExtent() throws IOException {
        FileExtent first = write(file, 0, 3).get(0);
        write(file, 3, 4);
        assertThat(fileSystem.extents(file, 0)).containsExactly(new FileExtent(0, first.physical(), 7, false));
    }

    @Test
    void whatIsReservedInOrderIsMappedInAnyOrder() throws IOException {
        fileSystem.promise(9, NODE);
        List<FileExtent> low = fileSystem.reserve(file, 0, 3, NODE);
        List<FileExtent> middle = fileSystem.reserve(file, 3, 3, NODE);
        List<FileExtent> high = fileSystem.reserve(file, 6, 3, NODE);
        fileSystem.map(file, high, 9L * Rig.BLOCK, NOW, NODE);
        fileSystem.map(file, low, 0, NOW, NODE);
        assertThat(fileSystem.extents(file, 0)).hasSize(2);
        fileSystem.map(file, middle, 0, NOW, NODE);
        assertThat(fileSystem.extents(file, 0))
                .containsExactly(new FileExtent(0, low.get(0).physical(), 9, false));
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void onlyGapsAreReserved() throws IOException {
        write(file, 2, 2);
        write(file, 6, 1);
        List<FileExtent> reserved = fileSystem.reserve(file, 0, 10, NODE);
        assertThat(reserved).extracting(FileExtent::logical).containsExactly(0L, 4L, 7L);
        assertThat(reserved).extracting(FileExtent::count).containsExactly(2L, 2L, 3L);
        assertThat(fileSystem.reserve(file, 2, 2, NODE)).isEmpty();
    }

    @Test
    void partsOfWhatWasReservedAreMapped() throws IOException {
        fileSystem.promise(10, NODE);
        FileExtent all = fileSystem.reserve(file, 0, 10, NODE).get(0);
        FileExtent part = new FileExtent(4, all.physical() + 4, 3, false);
        fileSystem.map(file, List.of(part), 7L * Rig.BLOCK, NOW, NODE);
        assertThat(fileSystem.extents(file, 0)).containsExactly(part);
        assertThatThrownBy(() -> fileSystem.map(file, List.of(part), 7L * Rig.BLOCK, NOW, NODE))
                .isInstanceOf(IllegalArgumentException.class);
        fileSystem.forget(NODE);
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS - 3);
    }

    @Test
    void manyExtentsAreToldInParts() throws IOException {
        for (long piece = 0; piece < 2500; piece++) {
            write(file, 2 * piece, 1);
        }
        long count = 0;
        for (List<FileExtent> some = fileSystem.extents(file, 0); !some.isEmpty(); ) {
            count += some.size();
            some = fileSystem.extents(file, some.get(some.size() - 1).end());
        }
        assertThat(count).isEqualTo(2500);
        assertThat(fileSystem.extents(file, 2001).get(0).logical()).isEqualTo(2002);
        assertThat(fileSystem.extents(file, 2002).get(0).logical()).isEqualTo(2002);
    }

    @Test
    void filesAreSparseUpToTheLargestSize() throws IOException {
        long[] places = {0, 1L << 19, (1L << 19) + 7, (1L << 31) + 3, 1L << 38, (1L << 50) - 2};
        for (long place : places) {
            write(file, place, 1);
        }
        assertThat(fileSystem.attributes(file).size()).isEqualTo(((1L << 50) - 1) * Rig.BLOCK);
        assertThat(fileSystem.extents(file, 0))
                .extracting(FileExtent::logical)
                .containsExactly(0L, 1L << 19, (1L << 19) + 7, (1L << 31) + 3, 1L << 38, (1L << 50) - 2);
        fileSystem.resize(file, 1L << 62, NOW);
        assertThat(fileSystem.attributes(file).size()).isEqualTo(1L << 62);
        fileSystem.resize(file, (1L << 43) + 4 * Rig.BLOCK, NOW);
        assertThat(fileSystem.extents(file, 1L << 20))
                .extracting(FileExtent::logical)
                .containsExactly((1L << 31) + 3);
        assertThat(fileSystem.check().findings()).isEmpty();
        assertThatThrownBy(() -> fileSystem.resize(file, (1L << 62) + 1, NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLastBlockStaysWhereTheSizeIsWithinIt() throws IOException {
        FileExtent written = write(file, 0, 10).get(0);
        fileSystem.resize(file, 4L * Rig.BLOCK + 1, NOW);
        assertThat(fileSystem.extents(file, 0)).containsExactly(new FileExtent(0, written.physical(), 5, false));
        fileSystem.resize(file, 4L * Rig.BLOCK, NOW);
        assertThat(fileSystem.extents(file, 0)).containsExactly(new FileExtent(0, written.physical(), 4, false));
    }

    @Test
    void mappingTellsSizeAndTimes() throws IOException {
        fileSystem.map(file, List.of(), 100, NOW.plusSeconds(5), NODE);
        assertThat(fileSystem.attributes(file).size()).isEqualTo(100);
        fileSystem.map(file, List.of(), 50, NOW.plusSeconds(7), NODE);
        assertThat(fileSystem.attributes(file).size()).isEqualTo(100);
        assertThat(fileSystem.attributes(file).modified()).isEqualTo(NOW.plusSeconds(7));
        assertThat(fileSystem.attributes(file).changed()).isEqualTo(NOW.plusSeconds(7));
        assertThat(fileSystem.attributes(file).accessed()).isEqualTo(NOW);
    }

    @Test
    void blocksAfterTheSizeAreNotMapped() throws IOException {
        fileSystem.promise(2, NODE);
        List<FileExtent> reserved = fileSystem.reserve(file, 0, 2, NODE);
        assertThatThrownBy(() -> fileSystem.map(file, reserved, Rig.BLOCK, NOW, NODE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fileSystem.attributes(file).size()).isZero();
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void onlyRegularFilesHaveBlocks() throws IOException {
        assertThatThrownBy(() -> fileSystem.reserve(ROOT, 0, 1, NODE)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fileSystem.resize(ROOT, 0, NOW)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fileSystem.map(ROOT, List.of(), 0, NOW, NODE)).isInstanceOf(FileSystemException.class);
    }
}
