package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.io.MachineFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a made-up generation are put into a folder, which stands for a disk's root, that has files already. */
class TreeMergerTest {

    @TempDir
    Path folder;

    private final FakeTree tree = new FakeTree().directory("/", 2);
    private final Restored restored = new Restored();
    private Placing.Step flush = () -> {};
    private Path root;
    private Path outside;

    @BeforeEach
    void makeFolders() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        outside = Files.createDirectory(folder.resolve("outside"));
    }

    private Map<String, Object> merge() throws IOException {
        return merge("/", true);
    }

    private Map<String, Object> merge(String start, boolean member) throws IOException {
        FileMaker maker = new FileMaker(tree, new MachineFiles(), false, restored, Progress.NONE);
        try (Staging staging = new Staging(root)) {
            TreeMerger merger =
                    new TreeMerger(root, maker, staging, new Placing(() -> flush.run()), restored, Progress.NONE);
            tree.walk(tree.find(start).orElseThrow(), file -> {
                merger.visit(file, member);
                return true;
            });
            merger.finish();
        }
        Map<String, Object> result = new LinkedHashMap<>();
        restored.addTo(result);
        restored.unrestored().addTo(result);
        return result;
    }

    private List<String> all() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.skip(1)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void filesAreReplacedFoldersMergedAndOthersStay() throws IOException {
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("d/a"), "old");
        Files.writeString(root.resolve("d/mine"), "mine");
        Path open = Files.createLink(root.resolve("d/other-name"), root.resolve("d/a"));
        tree.add("/d", 3, FileType.DIRECTORY, 0700, 0, 2).file("/d/a", 4, 2).file("/new", 5, 1);
        tree.directory("/e", 6).symlink("/e/l", 7, "../d//a");

        assertThat(merge())
                .containsEntry("files", 2L)
                .containsEntry("directories", 3L)
                .containsEntry("symlinks", 1L)
                .doesNotContainKey("warning");
        assertThat(all()).containsExactly("d", "d/a", "d/mine", "d/other-name", "e", "e/l", "new");
        assertThat(root.resolve("d/a")).hasBinaryContent(new byte[] {4, 4});
        assertThat(open).hasContent("old");
        assertThat(root.resolve("d/mine")).hasContent("mine");
        assertThat(Files.getAttribute(root.resolve("d"), "unix:mode")).isEqualTo(0040700);
        for (String file : List.of("", "d", "d/a", "e", "new")) {
            assertThat(Files.getLastModifiedTime(root.resolve(file))).as(file).isEqualTo(FileTime.from(FakeTree.TIME));
        }
    }

    @Test
    void aFolderOnTheWayKeepsItsAttributesAndANewOneGetsThem() throws IOException {
        Files.setAttribute(root, "unix:mode", 0711);
        tree.add("/d", 3, FileType.DIRECTORY, 0750, 0, 2);
        tree.files.set(0, new FileEntry("/", tree.files.get(0).attributes()));
        merge("/", false);
        assertThat(Files.getAttribute(root, "unix:mode")).isEqualTo(0040711);
        assertThat(Files.getAttribute(root.resolve("d"), "unix:mode")).isEqualTo(0040750);
    }

    @Test
    void extendedAttributesOfAFolderAreThoseOfTheGeneration() throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(root, UserDefinedFileAttributeView.class);
        assumeTrue(Files.getFileStore(root).supportsFileAttributeView(UserDefinedFileAttributeView.class));
        view.write("later", ByteBuffer.wrap(new byte[1]));
        view.write("both", ByteBuffer.wrap(new byte[1]));
        tree.attributes.put(2L, List.of(new ExtendedAttribute(FileName.parse("user.both"), new byte[] {7})));
        assertThat(merge()).doesNotContainKey("warning");
        assertThat(view.list()).containsExactly("both");
        assertThat((byte[]) Files.getAttribute(root, "user:both")).containsExactly(7);
    }

    @Test
    void namesOfOneFileAreSoAgainAndOtherNamesOfWhatWasThereAreNot() throws IOException {
        Files.writeString(root.resolve("a"), "old");
        Files.createLink(root.resolve("b"), root.resolve("a"));
        Files.createLink(root.resolve("mine"), root.resolve("a"));
        tree.add("/a", 3, FileType.REGULAR, 0600, 5, 3).add("/b", 3, FileType.REGULAR, 0600, 5, 3);
        merge();
        assertThat(Files.isSameFile(root.resolve("a"), root.resolve("b"))).isTrue();
        assertThat(Files.getAttribute(root.resolve("a"), "unix:nlink")).isEqualTo(2);
        assertThat(root.resolve("mine")).hasContent("old");
    }

    @Test
    void nothingIsWrittenThroughASymlink() throws IOException {
        Files.writeString(outside.resolve("f"), "old");
        Files.createSymbolicLink(root.resolve("d"), outside);
        Files.createSymbolicLink(root.resolve("f"), outside.resolve("f"));
        tree.directory("/d", 3)
                .file("/d/f", 4, 1)
                .directory("/d/e", 5)
                .file("/d/e/g", 6, 1)
                .file("/f", 7, 1);
        assertThat(merge())
                .containsEntry("files", 1L)
                .containsEntry("unrestoredFiles", 4L)
                .containsEntry(
                        "warning",
                        "not all could be restored: 4 files and directories"
                                + " (such as /d: a symlink is in its place, which is not followed)");
        assertThat(outside.resolve("f")).hasContent("old");
        assertThat(outside).isDirectoryNotContaining(file -> !file.endsWith("f"));
        assertThat(Files.isRegularFile(root.resolve("f"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(Files.isSymbolicLink(root.resolve("d"))).isTrue();
    }

    @Test
    void aFolderAndAFileDoNotReplaceEachOther() throws IOException {
        Files.createDirectory(root.resolve("was-file"));
        Files.writeString(root.resolve("was-folder"), "mine");
        tree.file("/was-file", 3, 1)
                .directory("/was-folder", 4)
                .file("/was-folder/f", 5, 1)
                .file("/z", 6, 1);
        assertThat(merge()).containsEntry("files", 1L).containsEntry("unrestoredFiles", 3L);
        assertThat(root.resolve("was-folder")).hasContent("mine");
        assertThat(root.resolve("was-file")).isEmptyDirectory();
        assertThat(root.resolve("z")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/.", "/a\\x2fb", "/\\x2e\\x2e", "/a\\x00", "/../x", "/x/../../y"})
    void namesThatLeadElsewhereAreRefused(String path) throws IOException {
        tree.file(path, 3, 1);
        assertThatThrownBy(this::merge).hasMessageContaining("cannot have the name");
        assertThat(all()).isEmpty();
        assertThat(outside).isEmptyDirectory();
    }

    /** Until all is durable, the old file has the name; if it cannot be made durable, it keeps it. */
    @Test
    void aFileTakesItsPlaceOnlyWhenItIsDurable() throws IOException {
        Files.writeString(root.resolve("a"), "old");
        tree.file("/a", 3, 1);
        flush = () -> {
            assertThat(root.resolve("a")).hasContent("old");
            throw new IOException("the disk fails");
        };
        assertThatThrownBy(this::merge).hasMessage("the disk fails");
        assertThat(root.resolve("a")).hasContent("old");
        assertThat(all()).containsExactly("a");
    }

    @Test
    void damageLeavesWholeFilesAlone() throws IOException {
        for (int i = 0; i < 3000; i++) {
            tree.file("/f" + (10000 + i), 10 + i, 1);
            Files.writeString(root.resolve("f" + (10000 + i)), "old");
        }
        tree.damaged = 10 + 2500;
        assertThatThrownBy(this::merge).hasMessageContaining("frame 7 is damaged");
        assertThat(all()).hasSize(3000).noneMatch(name -> name.startsWith("."));
        assertThat(root.resolve("f10000")).hasBinaryContent(new byte[] {10});
        assertThat(root.resolve("f12500")).hasContent("old");
        assertThat(root.resolve("f12999")).hasContent("old");
    }

    @Test
    void whatACrashLeftIsRemovedAndWhatIsUnderWayIsNot() throws IOException {
        Path left = Files.createDirectory(root.resolve(".hikae-restore-0123456789abcdef"));
        Files.createSymbolicLink(left.resolve("0"), outside);
        Files.writeString(left.resolve("1"), "half");
        Path other = Files.createDirectory(root.resolve(StagingNames.take()));
        Files.writeString(outside.resolve("f"), "mine");
        Path hidden = Files.createDirectory(root.resolve(".hikae-restore-mine"));
        tree.file("/a", 3, 1);
        merge();
        assertThat(left).doesNotExist();
        assertThat(other).exists();
        assertThat(hidden).exists();
        assertThat(outside.resolve("f")).hasContent("mine");
    }

    @Test
    void timesOfFoldersAreThoseOfTheGenerationThoughFilesCameIntoThem() throws IOException {
        tree.directory("/d", 3);
        for (int i = 0; i < 2500; i++) {
            tree.file("/d/f" + i, 10 + i, 1);
        }
        merge();
        assertThat(Files.getLastModifiedTime(root.resolve("d")).toInstant()).isEqualTo(FakeTree.TIME);
        assertThat(Files.getLastModifiedTime(root).toInstant())
                .isEqualTo(FakeTree.TIME)
                .isBefore(Instant.now());
    }
}
