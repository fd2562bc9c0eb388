package org.hikae.group.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.group.list.GroupList;
import org.hikae.group.testing.MemoryTree;
import org.hikae.group.testing.Shown;
import org.junit.jupiter.api.Test;

class SelectionTest {

    @Test
    void whatIsReservedIsNotInTheBlocks() throws IOException {
        MemoryTree tree = new MemoryTree()
                .file(
                        "/a",
                        new FileExtent(0, 10, 3, false),
                        new FileExtent(3, 13, 3, true),
                        new FileExtent(9, 16, 1, false));
        assertThat(Shown.by(tree, "a").blocks()).containsExactly(new BlockRun(10, 3), new BlockRun(16, 1));
    }

    @Test
    void aFileIsInTheGroupIfOneOfItsNamesIsAndIsAskedForBlocksOnce() throws IOException {
        FileExtent extent = new FileExtent(0, 10, 3, false);
        MemoryTree tree = new MemoryTree()
                .directory("/in")
                .linked("/in/one", 50, extent)
                .linked("/in/two", 50, extent)
                .linked("/out", 50, extent);
        Shown shown = Shown.by(tree, "in/*");
        assertThat(shown.members()).containsExactly("/in/one", "/in/two");
        assertThat(shown.blocks()).isEqualTo(BlockSet.range(10, 3));
        assertThat(tree.asked()).isEqualTo(2);
    }

    @Test
    void directoriesInWhichNothingCanBeAreNotEntered() throws IOException {
        MemoryTree tree = new MemoryTree();
        for (String top : new String[] {"/home", "/usr", "/var"}) {
            tree.directory(top).directory(top + "/x").file(top + "/x/file");
        }
        assertThat(Shown.by(tree, "/home/x", "X file").members()).containsExactly("/home/x");
        assertThat(tree.shown()).isEqualTo(6);
        MemoryTree deaf =
                new MemoryTree(false).directory("/usr").directory("/usr/x").file("/usr/x/y");
        assertThat(Shown.by(deaf, "/home/x").members()).isEmpty();
        assertThat(deaf.shown()).isEqualTo(4);
    }

    @Test
    void theRootIsTakenByItself() throws IOException {
        MemoryTree tree = new MemoryTree().directory("/a").file("/a/b").file("/c");
        assertThat(Shown.by(tree, "/").members()).containsExactly("/", "/a", "/a/b", "/c");
        assertThat(Shown.by(tree, "*", "X /").members()).isEmpty();
        assertThat(Shown.by(tree, "X a", "/").members()).hasSize(4);
        Shown inside = Shown.by(tree, "**", "X a/");
        assertThat(inside.members()).containsExactly("/c");
        assertThat(inside.way()).containsExactly("/");
    }

    @Test
    void whatTheVisitorThrowsEndsIt() {
        MemoryTree tree = new MemoryTree().file("/a").file("/b");
        assertThatThrownBy(() -> Selection.of(GroupList.of(List.of("*")), tree, SelectionTest::full))
                .hasMessage("full");
        assertThat(tree.shown()).isEqualTo(2);
    }

    private static void full(FileEntry file, boolean member) throws IOException {
        if (member) {
            throw new IOException("full");
        }
    }
}
