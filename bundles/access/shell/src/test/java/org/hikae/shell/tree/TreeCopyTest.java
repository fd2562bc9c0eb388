package org.hikae.shell.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.hikae.io.AnyFiles;
import org.hikae.io.MachineFiles;
import org.hikae.shell.tree.TreeCopy.Guard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeCopyTest {

    @TempDir
    private Path temp;

    private final Told told = new Told();
    private Path source;
    private Path target;

    @BeforeEach
    void makeTree() throws IOException {
        source = Trees.make(temp.resolve("source"));
        target = temp.resolve("target");
    }

    private void copy(Path from, Path to) {
        new TreeCopy(Kept.ALL, Guard.NONE, told).copy(from, to);
    }

    @Test
    void keepsAllOfATree() throws IOException, InterruptedException {
        Trees.addOddities(source);
        Map<String, String> before = Trees.describe(source);
        copy(source, target);
        assertThat(told.failures).isEmpty();
        assertThat(told.lacking).isEmpty();
        assertThat(Trees.describe(target)).isEqualTo(before).containsKey("fifo");
        assertThat(told.files).isEqualTo(before.size());
        assertThat(Trees.allocated(target.resolve("sparse"))).isLessThan(1 << 20);
        assertThat(told.bytes).isLessThan(100_000);
    }

    /** As between two file systems of which nothing is known but what Java says. */
    @Test
    void needsNothingOfTheMachine() throws IOException {
        Files.delete(source.resolve("symlink"));
        Files.delete(source.resolve("dangling"));
        Files.createSymbolicLink(source.resolve("データ"), Path.of("\\x41"));
        Map<String, String> before = Trees.describe(source);
        new TreeCopy(Kept.CONTENT, Guard.NONE, told).copy(source, target, new Way(new AnyFiles(), new AnyFiles()));
        assertThat(told.failures).isEmpty();
        assertThat(Trees.describe(target).keySet()).isEqualTo(before.keySet());
        assertThat(Files.readSymbolicLink(target.resolve("データ"))).hasToString("A");
    }

    @Test
    void aSpecialFileThatIsNotPossibleFailsAlone() throws IOException {
        Trees.addOddities(source);
        new TreeCopy(Kept.ALL, Guard.NONE, told).copy(source, target, new Way(new MachineFiles(), new AnyFiles()));
        assertThat(told.failures).singleElement().asString().startsWith("fifo: not possible here");
        assertThat(target.resolve("dir/text")).hasContent("text");
    }

    @Test
    void keepsExtendedAttributes() throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(source.resolve("dir/text"), UserDefinedFileAttributeView.class);
        view.write("comment", ByteBuffer.wrap(new byte[] {1, 0, 2}));
        copy(source, target);
        assertThat((byte[]) Files.getAttribute(target.resolve("dir/text"), "user:comment"))
                .containsExactly(1, 0, 2);
        assertThat(told.lacking).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5_000_003})
    void contentOfAnyLength(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Arrays.fill(bytes, length / 3, length / 2, (byte) 0);
        Path file = Files.write(temp.resolve("file"), bytes);
        copy(file, target);
        assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
    }

    @Test
    void plainCopiesAreFilesOfTheirOwn() throws IOException {
        new TreeCopy(Kept.CONTENT, Guard.NONE, told).copy(source, target);
        assertThat(told.failures).isEmpty();
        FileFacts file = FileFacts.of(target.resolve("dir/text"));
        assertThat(file.links()).isEqualTo(1);
        assertThat(file.modified())
                .isNotEqualTo(FileFacts.of(source.resolve("dir/text")).modified());
        assertThat(FileFacts.of(target.resolve("empty")).mode()).isEqualTo(0711);
    }

    @Test
    void cancellingLeavesNoHalfFile() throws IOException {
        Path large = Files.write(temp.resolve("large"), new byte[] {1});
        told.patience = 1;
        assertThatThrownBy(() -> copy(large, target)).isInstanceOf(CancellationException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void oneFileThatCannotBeReadKeepsNoOtherBack() throws IOException {
        Path gone = source.resolve("dir/gone");
        copy(gone, target);
        assertThat(told.failures).containsExactly("gone: no such file or folder");
        assertThat(target).doesNotExist();
    }

    @Test
    void deepTrees() throws IOException {
        Path deep = temp.resolve("deep");
        Path folder = deep;
        for (int i = 0; i < 300; i++) {
            folder = folder.resolve("d");
        }
        Files.createDirectories(folder);
        copy(deep, target);
        assertThat(told.failures).isEmpty();
        assertThat(told.files).isEqualTo(301);
        new TreeRemoval(told).remove(deep);
        assertThat(deep).doesNotExist();
    }

    /** What is in the place of the copy. */
    @Nested
    class WhereSomethingIs {

        @Test
        void aSecondCopyChangesNothing() throws IOException {
            copy(source, target);
            Map<String, String> first = Trees.describe(target);
            copy(source, target);
            assertThat(told.failures).isEmpty();
            assertThat(Trees.describe(target)).isEqualTo(first);
        }

        @Test
        void foldersAreMerged() throws IOException {
            Files.createDirectories(target.resolve("dir"));
            Files.writeString(target.resolve("dir/mine"), "mine");
            Files.writeString(target.resolve("dir/text"), "a longer text than the other");
            copy(source, target);
            assertThat(told.failures).isEmpty();
            assertThat(target.resolve("dir/mine")).hasContent("mine");
            assertThat(target.resolve("dir/text")).hasContent("text");
        }

        @Test
        void nothingIsWrittenThroughASymlink() throws IOException {
            Path outside = Files.writeString(temp.resolve("outside"), "outside");
            Files.createDirectories(target.resolve("dir"));
            Files.createSymbolicLink(target.resolve("dir/text"), outside);
            Files.createSymbolicLink(target.resolve("closed"), temp);
            copy(source, target);
            assertThat(outside).hasContent("outside");
            assertThat(target.resolve("dir/text")).hasContent("text");
            assertThat(Files.isSymbolicLink(target.resolve("dir/text"))).isFalse();
            assertThat(told.failures).containsExactly("closed: a file that is no folder is in its place");
        }

        @Test
        void otherNamesOfWhatIsOverwrittenKeepTheirContent() throws IOException {
            Path file = Files.writeString(temp.resolve("new"), "new");
            Files.writeString(target, "old");
            Path other = Files.createLink(temp.resolve("other"), target);
            copy(file, target);
            assertThat(target).hasContent("new");
            assertThat(other).hasContent("old");
        }

        @Test
        void aFolderStays() throws IOException {
            Files.createDirectories(target.resolve("empty/in it"));
            copy(source, target);
            assertThat(told.failures).containsExactly("empty: a folder is in its place");
            assertThat(target.resolve("empty/in it")).isDirectory();
        }

        @Test
        void theSameFileIsNotEmptied() {
            copy(source.resolve("dir/text"), source.resolve("dir/deep/other name"));
            assertThat(told.failures).containsExactly("text: the copy would be the same file");
            assertThat(source.resolve("dir/text")).hasContent("text");
        }

        @Test
        void aFolderDoesNotGoIntoItself() {
            copy(source, source.resolve("dir/copy"));
            assertThat(told.failures).containsExactly("source: a folder cannot be copied into itself");
            assertThat(source.resolve("dir/copy")).doesNotExist();
        }

        @Test
        void whatIsGuardedStays() throws IOException {
            Files.createDirectories(target.resolve("dir"));
            Files.writeString(target.resolve("dir/text"), "a disk");
            Guard guard = file -> {
                throw new IOException("it is a disk");
            };
            new TreeCopy(Kept.ALL, guard, told).copy(source, target);
            assertThat(told.failures).containsExactly("text: it is a disk");
            assertThat(target.resolve("dir/text")).hasContent("a disk");
            assertThat(target.resolve("sparse")).exists();
        }
    }
}
