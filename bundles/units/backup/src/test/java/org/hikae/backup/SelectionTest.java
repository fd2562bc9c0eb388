package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.junit.jupiter.api.Test;

/** Which blocks a backup takes. */
class SelectionTest {

    private static final int BLOCK = 4096;
    /** 100 whole blocks and a short one. */
    private static final long SIZE = 100 * BLOCK + 1;

    private static Disk disk() {
        return proxy(Disk.class, method -> method.equals("size") ? (Object) SIZE : (Object) BLOCK);
    }

    @Test
    void whatLiesAfterTheFileSystemsEndIsNotFree() {
        assertThat(Selection.from(disk(), 90 * BLOCK)).isEqualTo(BlockSet.range(90, 11));
        assertThat(Selection.from(disk(), 90 * BLOCK + 1)).isEqualTo(BlockSet.range(90, 11));
        assertThat(Selection.from(disk(), 101 * BLOCK)).isEqualTo(BlockSet.empty());
        assertThat(Selection.from(disk(), 0)).isEqualTo(Selection.all(disk()));
    }

    private static GenerationReader parent(BlockSet set) {
        GenerationInfo info = new GenerationInfo(
                "d@1",
                "d",
                new UUID(1, 1),
                1,
                "full",
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                SIZE,
                BLOCK,
                "ext4",
                set.count(),
                set.count(),
                0,
                0,
                0,
                "packed",
                "overlay",
                "m",
                "m",
                0,
                null);
        return proxy(GenerationReader.class, method -> method.equals("info") ? info : set);
    }

    /** What a method of a name answers. */
    private interface Answers {
        Object to(String method);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answers.to(method.getName())));
    }

    /** Its generation is damaged, and everything upon it would be. */
    @Test
    void aParentWhoseSetCannotBeReadMakesAFullBackup() {
        GenerationInfo info = parent(blocks(1)).info();
        GenerationReader damaged = (GenerationReader) Proxy.newProxyInstance(
                GenerationReader.class.getClassLoader(),
                new Class<?>[] {GenerationReader.class},
                (self, method, args) -> {
                    if (method.getName().equals("info")) {
                        return info;
                    }
                    throw new IOException("a page is damaged");
                });
        assertThatThrownBy(() -> Selection.differential(blocks(1, 2), new Changes.Known(blocks(2)), damaged))
                .isInstanceOf(BasisLostException.class)
                .hasMessage("generation d@1 cannot be built upon: a page is damaged");
    }

    private static BlockSet blocks(long... numbers) {
        BlockSet.Builder set = new BlockSet.Builder();
        for (long number : numbers) {
            set.add(new BlockRun(number, 1));
        }
        return set.build();
    }

    @Test
    void allBlocksCountAShortOne() {
        assertThat(Selection.all(disk())).isEqualTo(BlockSet.range(0, 101));
    }

    /**
     * A file's data is written before the parent's T0, its allocation committed after: free there, used now, and not
     * changed since.
     */
    @Test
    void r1_whatIsUsedNowAndWasNotInTheParentIsStoredThoughItDidNotChange() throws IOException {
        Selection selection =
                Selection.differential(blocks(1, 2, 3, 7), new Changes.Known(blocks(2, 50)), parent(blocks(1, 2, 3)));
        assertThat(selection.set()).isEqualTo(blocks(1, 2, 3, 7));
        assertThat(selection.stored()).isEqualTo(blocks(2, 7));
    }

    /** Changed, and then freed: the generation does not answer for it (R2). */
    @Test
    void r2_whatChangedAndIsNotUsedIsNotStored() throws IOException {
        Selection selection = Selection.differential(blocks(1), new Changes.Known(blocks(1, 2)), parent(blocks(1, 2)));
        assertThat(selection.stored()).isEqualTo(blocks(1));
    }

    @Test
    void aParentThatAnswersForAllIsNotAskedWhichBlocks() throws IOException {
        GenerationReader parent = proxy(GenerationReader.class, method -> {
            if (!method.equals("info")) {
                throw new AssertionError(method);
            }
            return parent(BlockSet.range(0, 101)).info();
        });
        assertThat(Selection.differential(blocks(1, 2), new Changes.Known(blocks(2)), parent)
                        .stored())
                .isEqualTo(blocks(2));
    }

    @Test
    void r12_whatCannotBeToldIsNotGuessed() {
        assertThatThrownBy(() -> Selection.differential(
                        blocks(1), new Changes.Unknown("tracking began anew"), parent(blocks(1))))
                .isInstanceOf(BasisLostException.class)
                .hasMessage("tracking began anew");
    }

    @Test
    void blocksOfAnotherSizeAreCovered() {
        assertThat(Selection.inBlocksOf(disk(), blocks(3, 4, 9), 1024)).isEqualTo(blocks(0, 1, 2));
        assertThat(Selection.inBlocksOf(disk(), blocks(2), 16384)).isEqualTo(BlockSet.range(8, 4));
        assertThat(Selection.inBlocksOf(disk(), BlockSet.range(0, 1000), BLOCK)).isEqualTo(BlockSet.range(0, 101));
        assertThat(Selection.inBlocksOf(disk(), BlockSet.range(6, 1), 65536)).isEqualTo(BlockSet.range(96, 5));
    }
}
