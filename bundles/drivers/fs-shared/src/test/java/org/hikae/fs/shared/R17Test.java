package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.fs.shared.testing.Rig.NOW;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.testing.MemoryStore;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R17: what is freed waits for the commit, operations are whole, and removing always works. */
class R17Test {

    private static final long ROOT = 1;
    private static final long NODE = 5;
    private static final long BLOCKS = 8000;
    private static final FileName FILE = name("file");

    private MemoryStore store;
    private SharedFileSystem fileSystem;

    @BeforeEach
    void format() throws IOException {
        store = VolumeMaker.formatted(BLOCKS);
        fileSystem = VolumeMaker.mount(store, BLOCKS);
    }

    private long create(FileName name) throws IOException {
        return fileSystem.create(ROOT, name, NewFile.regular(0644, 0, 0)).inode();
    }

    private List<FileExtent> write(long inode, long logical, long count) throws IOException {
        fileSystem.promise(count, NODE);
        List<FileExtent> reserved = fileSystem.reserve(inode, logical, count, NODE);
        fileSystem.map(inode, reserved, (logical + count) * Rig.BLOCK, NOW, NODE);
        return reserved;
    }

    /** Each second block only, so that no two of them are one extent. */
    private long createInPieces(int pieces) throws IOException {
        long inode = create(FILE);
        for (long piece = 0; piece < pieces; piece++) {
            write(inode, 2 * piece, 1);
        }
        fileSystem.commit();
        return inode;
    }

    @Test
    void freedBlocksAreNotGivenBeforeTheCommitThatFreesThemIsForced() throws IOException {
        List<FileExtent> freed = write(create(FILE), 0, 10);
        fileSystem.commit();
        fileSystem.unlink(ROOT, FILE);
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS);
        FileExtent next = write(create(name("next")), 0, 10).get(0);
        assertThat(next.physical()).isEqualTo(freed.get(0).physical() + 10);
        fileSystem.commit();
        FileExtent afterwards = write(create(name("afterwards")), 0, 10).get(0);
        assertThat(afterwards.physical()).isEqualTo(freed.get(0).physical());
    }

    @Test
    void whoNeedsFreedBlocksAtOnceMakesTheirRemovalDurable() throws IOException {
        write(create(FILE), 0, BLOCKS);
        fileSystem.commit();
        fileSystem.unlink(ROOT, FILE);
        assertThat(store.committed()).isLessThan(store.transactions());
        fileSystem.promise(1, NODE);
        assertThat(store.committed()).isEqualTo(store.transactions());
    }

    @Test
    void blocksOfAFileThatWasCutWaitToo() throws IOException {
        long inode = create(FILE);
        long freed = write(inode, 0, 10).get(0).physical() + 4;
        fileSystem.commit();
        fileSystem.resize(inode, 4 * Rig.BLOCK, NOW);
        FileExtent grown = write(inode, 4, 6).get(0);
        assertThat(grown.physical()).isGreaterThanOrEqualTo(freed + 6);
    }

    @Test
    void removingAFileOfManyExtentsNeverStraddlesACommit() throws IOException {
        long inode = createInPieces(3000);
        int before = store.transactions();
        fileSystem.unlink(ROOT, FILE);
        int after = store.transactions();
        assertThat(after - before).isGreaterThan(10);
        assertThat(store.greatest()).isLessThan(2000);
        for (int kept = before; kept <= after; kept++) {
            SharedFileSystem crashed = VolumeMaker.mount(store.after(kept), BLOCKS);
            boolean isThere = crashed.lookup(ROOT, List.of(FILE)).found() == 1;
            assertThat(isThere).isEqualTo(kept == before);
            assertThat(crashed.space().free()).isEqualTo(isThere ? BLOCKS - 3000 : BLOCKS);
            assertThat(crashed.check().findings()).isEmpty();
            assertThat(VolumeMaker.check(store.after(kept), BLOCKS).findings()).isEmpty();
            if (!isThere) {
                assertThatThrownBy(() -> crashed.attributes(inode)).isInstanceOf(NoSuchFileException.class);
            }
        }
    }

    @Test
    void cuttingAFileOfManyExtentsNeverStraddlesACommit() throws IOException {
        long inode = createInPieces(2000);
        int before = store.transactions();
        fileSystem.resize(inode, Rig.BLOCK + 1, NOW);
        int after = store.transactions();
        assertThat(after - before).isGreaterThan(5);
        for (int kept = before + 1; kept <= after; kept++) {
            SharedFileSystem crashed = VolumeMaker.mount(store.after(kept), BLOCKS);
            crashed.resize(inode, 4000L * Rig.BLOCK, NOW);
            assertThat(crashed.extents(inode, 0)).hasSize(1);
            assertThat(crashed.space().free()).isEqualTo(BLOCKS - 1);
            assertThat(crashed.check().findings()).isEmpty();
        }
    }

    /** Another one grows the file again while the first still takes blocks off it: no old block may come back. */
    @Test
    void aFileGrowsAgainOnlyAfterItsOldBlocksAreGone() throws IOException {
        long inode = createInPieces(2000);
        int before = store.transactions();
        fileSystem.resize(inode, 0, NOW);
        // As it is right after the first transaction of the cut.
        MemoryStore between = store.after(before + 1);
        SharedFileSystem other = VolumeMaker.mountAsItIs(between, BLOCKS);
        assertThat(other.extents(inode, 0)).isEmpty();
        other.promise(1, NODE);
        List<FileExtent> reserved = other.reserve(inode, 2, 1, NODE);
        assertThat(reserved).hasSize(1);
        other.map(inode, reserved, 3 * Rig.BLOCK, NOW, NODE);
        assertThat(other.extents(inode, 0)).isEqualTo(reserved);
        assertThat(other.check().findings()).isEmpty();
    }

    @Test
    void removingWorksOnAFullDisk() throws IOException {
        write(create(FILE), 0, BLOCKS);
        long other = create(name("other"));
        assertThatThrownBy(() -> fileSystem.promise(1, NODE)).isInstanceOf(FileSystemFullException.class);
        assertThatThrownBy(() -> fileSystem.reserve(other, 0, 1, NODE)).isInstanceOf(FileSystemFullException.class);
        assertThat(fileSystem.space().free()).isZero();
        fileSystem.unlink(ROOT, FILE);
        assertThat(write(other, 0, BLOCKS)).isNotEmpty();
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void removingWorksWithFullMetadata() throws IOException {
        long inode = createInPieces(600);
        fileSystem.create(ROOT, name("directory"), NewFile.directory(0755, 0, 0));
        fileSystem.promise(1, NODE);
        store.setFull(true);
        assertThatThrownBy(() -> create(name("more"))).isInstanceOf(FileSystemFullException.class);
        assertThatThrownBy(() -> fileSystem.link(inode, ROOT, name("more")))
                .isInstanceOf(FileSystemFullException.class);
        assertThatThrownBy(() -> fileSystem.rename(ROOT, FILE, ROOT, name("more"), true))
                .isInstanceOf(FileSystemFullException.class);
        assertThatThrownBy(() -> fileSystem.promise(1, NODE)).isInstanceOf(FileSystemFullException.class);
        // What was promised before can be written still.
        fileSystem.map(inode, fileSystem.reserve(inode, 1, 1, NODE), 0, NOW, NODE);
        fileSystem.resize(inode, 1000L * Rig.BLOCK, NOW);
        fileSystem.resize(inode, 1, NOW);
        fileSystem.unlink(ROOT, FILE);
        fileSystem.removeDirectory(ROOT, name("directory"));
        fileSystem.commit();
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS);
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void moreIsNotPromisedThanTheMetadataHasRoomFor() throws IOException {
        store.setRoom(48 * 100);
        fileSystem.promise(60, NODE);
        assertThatThrownBy(() -> fileSystem.promise(60, NODE)).isInstanceOf(FileSystemFullException.class);
        fileSystem.giveBack(60, NODE);
        fileSystem.promise(60, NODE);
    }

    @Test
    void aRemovedFileThatIsOpenKeepsItsBlocksUntilItIsClosed() throws IOException {
        long inode = createInPieces(600);
        fileSystem.open(inode, 1);
        fileSystem.open(inode, 2);
        fileSystem.open(inode, 2);
        fileSystem.unlink(ROOT, FILE);
        assertThat(fileSystem.attributes(inode).links()).isZero();
        assertThat(fileSystem.check().findings()).isEmpty();
        fileSystem.close(inode, 1);
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS - 600);
        fileSystem.forget(2);
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS);
        assertThatThrownBy(() -> fileSystem.attributes(inode)).isInstanceOf(NoSuchFileException.class);
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void whatWasOpenAndRemovedIsGoneAfterACrash() throws IOException {
        long inode = createInPieces(600);
        fileSystem.open(inode, 1);
        fileSystem.unlink(ROOT, FILE);
        SharedFileSystem crashed = VolumeMaker.mount(store.after(store.transactions()), BLOCKS);
        assertThat(crashed.space().free()).isEqualTo(BLOCKS);
        assertThat(crashed.space().files()).isEqualTo(1);
        assertThat(crashed.check().findings()).isEmpty();
    }

    @Test
    void reservedBlocksOfAFileThatIsGoneAreFreeAgain() throws IOException {
        long inode = create(FILE);
        fileSystem.promise(10, NODE);
        List<FileExtent> reserved = new ArrayList<>(fileSystem.reserve(inode, 0, 10, NODE));
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS - 10);
        fileSystem.unlink(ROOT, FILE);
        assertThatThrownBy(() -> fileSystem.map(inode, reserved, 10 * Rig.BLOCK, NOW, NODE))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS);
    }

    @Test
    void whatAnOpenerReservedAndWasPromisedIsFreeWhenItIsForgotten() throws IOException {
        long inode = create(FILE);
        fileSystem.promise(50, NODE);
        List<FileExtent> reserved = fileSystem.reserve(inode, 0, 10, NODE);
        fileSystem.forget(NODE);
        assertThat(fileSystem.space().free()).isEqualTo(BLOCKS);
        assertThatThrownBy(() -> fileSystem.map(inode, reserved, 10 * Rig.BLOCK, NOW, NODE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fileSystem.extents(inode, 0)).isEmpty();
    }

    @Test
    void whatCouldNotBeMappedStaysReserved() throws IOException {
        long inode = create(FILE);
        fileSystem.promise(5, NODE);
        List<FileExtent> reserved = fileSystem.reserve(inode, 0, 5, NODE);
        store.setRefusing(true);
        assertThatThrownBy(() -> fileSystem.map(inode, reserved, 5 * Rig.BLOCK, NOW, NODE))
                .isInstanceOf(FileSystemFullException.class);
        store.setRefusing(false);
        assertThat(fileSystem.attributes(inode).size()).isZero();
        fileSystem.map(inode, reserved, 5 * Rig.BLOCK, NOW, NODE);
        assertThat(fileSystem.extents(inode, 0)).isEqualTo(reserved);
        assertThat(fileSystem.check().findings()).isEmpty();
    }

    @Test
    void nobodyMapsBlocksOfOthers() throws IOException {
        long inode = create(FILE);
        List<FileExtent> written = write(inode, 0, 1);
        long other = create(name("other"));
        assertThatThrownBy(() -> fileSystem.map(other, written, Rig.BLOCK, NOW, NODE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fileSystem.check().findings()).isEmpty();
    }
}
