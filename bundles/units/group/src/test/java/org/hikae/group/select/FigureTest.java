package org.hikae.group.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileExtent;
import org.hikae.group.testing.MemoryTree;
import org.hikae.group.testing.Shown;
import org.junit.jupiter.api.Test;

/** The group lists of [0089] to [0093]. */
class FigureTest {

    /** Directory D lies within A in one tree, and within C in the other: the list means the same ([0091]). */
    @Test
    void figure21And22TakeDirectoriesAAndCButForOneFileOfD() throws IOException {
        for (String above : new String[] {"/dir_A", "/dir_C"}) {
            MemoryTree tree = new MemoryTree()
                    .directory("/dir_A")
                    .file("/dir_A/file_a")
                    .file("/dir_A/file_b")
                    .directory("/dir_B")
                    .file("/dir_B/file_g")
                    .directory("/dir_C")
                    .file("/dir_C/file_e")
                    .file("/dir_C/file_f")
                    .directory(above + "/dir_D")
                    .file(above + "/dir_D/file_c")
                    .file(above + "/dir_D/file_d");
            Shown shown = Shown.by(tree, "dir_A/*", "dir_C/*", "X dir_D/file_d");
            assertThat(shown.members())
                    .containsExactlyInAnyOrder(
                            "/dir_A/file_a",
                            "/dir_A/file_b",
                            "/dir_C/file_e",
                            "/dir_C/file_f",
                            above + "/dir_D",
                            above + "/dir_D/file_c");
            assertThat(shown.way()).containsExactlyInAnyOrder("/", "/dir_A", "/dir_C");
        }
    }

    @Test
    void figure23TakesSingleFilesAndADirectoryButForOneOfIts() throws IOException {
        MemoryTree tree = new MemoryTree()
                .directory("/dir_X")
                .file("/dir_X/file_a")
                .file("/dir_X/file_b")
                .directory("/dir_Y")
                .file("/dir_Y/file_a")
                .file("/dir_Y/file_b")
                .directory("/dir_Z")
                .file("/dir_Z/file_a")
                .file("/dir_Z/file_b")
                .file("/dir_Z/file_c");
        assertThat(Shown.by(tree, "dir_X/file_a", "dir_Y/file_b", "dir_Z/*", "X dir_Z/file_c")
                        .members())
                .containsExactly("/dir_X/file_a", "/dir_Y/file_b", "/dir_Z/file_a", "/dir_Z/file_b");
    }

    /** Consecutive blocks are one run, whichever files they belong to. */
    @Test
    void figure24GivesTheBlocksOfTheMembersInRuns() throws IOException {
        MemoryTree tree = new MemoryTree()
                .directory("/dir_A")
                .file("/dir_A/file_a", new FileExtent(0, 10, 3, false))
                .file("/dir_A/file_b", new FileExtent(0, 20, 1, false), new FileExtent(1, 13, 2, false))
                .file("/dir_A/file_d", new FileExtent(0, 15, 5, false))
                .file("/file_e", new FileExtent(0, 21, 4, false));
        assertThat(Shown.by(tree, "dir_A/*", "X file_d").blocks())
                .containsExactly(new BlockRun(10, 5), new BlockRun(20, 1));
    }
}
