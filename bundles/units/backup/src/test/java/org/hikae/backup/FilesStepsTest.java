package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.io.ExactPaths;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a made-up file system, a hostile one among them, on a real one. */
class FilesStepsTest {

    @TempDir
    Path folder;

    private final FakeTree tree = new FakeTree().directory("/", 2);
    private Progress progress = Progress.NONE;
    private Path target;

    private final GenerationReader reader =
            fake(GenerationReader.class, Map.of("info", info(), "openFileSystem", tree));
    private final Generations generations = fake(Generations.class, Map.of("open", reader));
    private final Disks disks = fake(Disks.class, Map.of("at", Optional.empty()));
    private final Groups groups = fake(Groups.class, Map.of());
    private final Media media = fake(Media.class, Map.of("around", Optional.empty()));

    private static GenerationInfo info() {
        return new GenerationInfo(
                "d@1", "d", null, 1, "full", null, null, null, null, null, 0, 512, "fake", 0, 0, 0, 0, 0, null, null,
                "m", "m", 0, null);
    }

    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    @BeforeEach
    void chooseTarget() {
        target = folder.resolve("target");
    }

    private Map<String, Object> get(String path, boolean overwrite) throws IOException {
        var folder = new FilesRequest.ToFolder(target, overwrite);
        FilesRequest request = new FilesRequest("d@1", path, null, folder);
        return new FilesSteps(generations, disks, groups).run(request, FolderTarget.of(folder, disks, media), progress);
    }

    private Map<String, Object> get(String path) throws IOException {
        return get(path, false);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aTreeWithNamesOfAnyBytes() throws IOException {
        tree.directory("/caf\\xe9", 3).file("/caf\\xe9/\\xff\u6587", 4, 10).symlink("/caf\\xe9/l", 5, "../\\xfe/x/");
        tree.file("/z", 6, 0);
        Map<String, Object> result = get("/");

        assertThat(result)
                .containsEntry("files", 2L)
                .containsEntry("directories", 2L)
                .containsEntry("writtenBytes", 10L);
        Path inner = ExactPaths.child(target, latin1("caf\u00e9"));
        byte[] name = "?\u6587".getBytes(StandardCharsets.UTF_8);
        name[0] = (byte) 0xff;
        assertThat(ExactPaths.child(inner, name)).hasBinaryContent(new byte[] {4, 4, 4, 4, 4, 4, 4, 4, 4, 4});
        assertThat(Files.readSymbolicLink(inner.resolve("l"))).isEqualTo(ExactPaths.of(latin1("../\u00fe/x/")));
        assertThat(target.resolve("z")).isEmptyFile();
        assertThat(left()).containsExactly("target");
    }

    @Test
    void modesAndTimesOfFoldersAreSetWhenTheyAreFull() throws IOException {
        tree.add("/d", 3, FileType.DIRECTORY, 01555, 0, 2).add("/d/f", 4, FileType.REGULAR, 0444, 1, 1);
        get("/d");
        assertThat(Files.getAttribute(target, "unix:mode")).isEqualTo(0041555);
        assertThat(Files.getAttribute(target.resolve("f"), "unix:mode")).isEqualTo(0100444);
        assertThat(Files.getLastModifiedTime(target)).isEqualTo(FileTime.from(FakeTree.TIME));
        assertThat(Files.getLastModifiedTime(target.resolve("f"))).isEqualTo(FileTime.from(FakeTree.TIME));
    }

    @Test
    void holesAndReservedBlocksAreHoles() throws IOException {
        long size = (1L << 40) + 5;
        tree.file("/f", 3, size);
        tree.extents.put(
                3L,
                List.of(
                        new FileExtent(2, 50, 1, false),
                        new FileExtent(9, 70, 9, true),
                        new FileExtent(1 << 20, 9, 1, false)));
        Map<String, Object> result = get("/f");
        assertThat(result).containsEntry("writtenBytes", 2L * FakeTree.BLOCK);
        assertThat(Files.size(target)).isEqualTo(size);
        try (var channel = Files.newByteChannel(target)) {
            var bytes = ByteBuffer.allocate(3 * FakeTree.BLOCK);
            channel.read(bytes);
            assertThat(bytes.get(2 * FakeTree.BLOCK - 1)).isZero();
            assertThat(bytes.get(2 * FakeTree.BLOCK)).isEqualTo((byte) 1);
        }
        tree.extents.put(3L, List.of(new FileExtent(0, 50, 1, false)));
        tree.files.clear();
        tree.file("/f", 3, 7);
        get("/f", true);
        assertThat(target).hasBinaryContent(new byte[] {1, 1, 1, 1, 1, 1, 1});
    }

    @Test
    void twoNamesOfAFileAreTwoNames() throws IOException {
        tree.add("/a", 3, FileType.REGULAR, 0600, 5, 3).add("/b", 3, FileType.REGULAR, 0600, 5, 3);
        get("/");
        assertThat(Files.isSameFile(target.resolve("a"), target.resolve("b"))).isTrue();
        assertThat(Files.getAttribute(target.resolve("a"), "unix:nlink")).isEqualTo(2);
    }

    @Test
    @Timeout(20)
    void nobodyWaitsAtAFifo() throws IOException {
        tree.add("/p", 3, FileType.FIFO, 0640, 0, 1);
        assertThat(get("/")).doesNotContainKey("warning");
        assertThat(Files.getAttribute(target.resolve("p"), "unix:mode")).isEqualTo(0010640);
        assertThat(Files.getLastModifiedTime(target.resolve("p"))).isEqualTo(FileTime.from(FakeTree.TIME));
    }

    @Test
    void filesThatAreNotAsAMountWouldShowThemAreSaidToBe() throws IOException {
        tree.file("/a", 3, 1);
        assertThat(get("/a")).doesNotContainKey("outdated");
        tree.outdated = "its journal has fast commits";
        assertThat(get("/a", true)).containsEntry("outdated", "its journal has fast commits");
    }

    @Test
    void whatThePlatformDoesNotAllowIsCountedAndToldByExample() throws IOException {
        tree.file("/a", 3, 1).file("/b", 4, 1);
        tree.attributes.put(3L, List.of(new ExtendedAttribute(FileName.parse("nonsense.x"), new byte[1])));
        tree.attributes.put(4L, tree.attributes.get(3L));
        Map<String, Object> result = get("/");
        assertThat(result).containsEntry("unrestoredExtendedAttributes", 2L);
        assertThat((String) result.get("warning"))
                .isEqualTo(
                        "not all could be restored: 2 extended attributes (such as /a: nonsense.x: Operation not supported)");
        assertThat(target.resolve("b")).exists();
    }

    /** The number that means "as it is" to the system, which would pass another's file off as one of root. */
    @Test
    void anOwnerThatCannotBeIsCountedOnceForEachFile() throws IOException {
        tree.owner = 0xffffffffL;
        tree.add("/a", 3, FileType.REGULAR, 06755, 1, 1).file("/b", 4, 1);
        Map<String, Object> result = get("/");
        assertThat(result).containsEntry("unrestoredOwners", 2L).containsEntry("unrestoredModes", 1L);
        assertThat((String) result.get("warning")).contains("2 owners (such as /a: 4294967295 is no owner)");
        assertThat(Files.getAttribute(target.resolve("a"), "unix:mode")).isEqualTo(0100755);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/.", "/a\\x2fb", "/\\x2e\\x2e", "/a\\x00", "/../x", "/x/../../y"})
    void namesThatLeadElsewhereAreRefused(String path) throws IOException {
        tree.file(path, 3, 1);
        assertThatThrownBy(() -> get("/")).hasMessageContaining("cannot have the name");
        assertThat(left()).isEmpty();
    }

    @Test
    void nothingIsWrittenThroughASymlink() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        tree.symlink("/s", 3, outside.toString()).directory("/s", 4).file("/s/f", 5, 1);
        assertThatThrownBy(() -> get("/")).hasMessageContaining("/s is there already");
        tree.files.remove(2);
        assertThatThrownBy(() -> get("/")).hasMessageContaining("cannot have the name");
        assertThat(outside).isEmptyDirectory();
        assertThat(left()).containsExactly("outside");
    }

    @Test
    void damageAndCancellationLeaveNothing() throws IOException {
        tree.directory("/d", 3).file("/d/a", 4, 1).file("/d/b", 5, 1);
        tree.damaged = 5;
        assertThatThrownBy(() -> get("/")).hasMessage("/d/b cannot be read at 0: frame 7 is damaged");
        tree.damaged = 0;
        progress = (Progress) Proxy.newProxyInstance(
                Progress.class.getClassLoader(), new Class<?>[] {Progress.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("advance")) {
                        throw new CancellationException();
                    }
                    return null;
                });
        assertThatThrownBy(() -> get("/")).isInstanceOf(CancellationException.class);
        assertThat(left()).isEmpty();
    }

    /** By its own path, not by that of the hidden place where it was being made. */
    @Test
    void aNameThatIsTooLongForThePlaceIsNamed() throws IOException {
        String path = "/" + "x".repeat(300);
        tree.file(path, 3, 1);
        assertThatThrownBy(() -> get("/")).hasMessage(path + " cannot be created: File name too long");
        assertThat(left()).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeForThePlaceIsNamed() throws IOException {
        tree.file("/f", 3, Long.MAX_VALUE);
        assertThatThrownBy(() -> get("/f")).hasMessageStartingWith("/f cannot have its 9223372036854775807 bytes here");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatExistsIsReplacedOnlyByAFileAndIfWanted() throws IOException {
        tree.directory("/d", 3).file("/f", 4, 2);
        Files.writeString(target, "old");
        assertThatThrownBy(() -> get("/f")).hasMessageContaining("--overwrite");
        assertThatThrownBy(() -> get("/d", true)).hasMessageContaining("files that replace files");
        assertThat(target).hasContent("old");
        get("/f", true);
        assertThat(target).hasBinaryContent(new byte[] {4, 4});
        Files.delete(target);
        Files.createDirectory(target);
        assertThatThrownBy(() -> get("/f", true)).hasMessageContaining("no regular file");
        Files.delete(target);
        Files.createSymbolicLink(target, Path.of("nowhere"));
        assertThatThrownBy(() -> get("/f", true)).hasMessageContaining("no regular file");
        assertThat(Files.exists(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(left()).containsExactly("target");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> get("/nowhere"))
                .hasMessage("there is no file /nowhere in d@1; see 'generation files d@1'");
        target = folder.resolve("no/folder");
        assertThatThrownBy(() -> get("/")).hasMessageContaining("there is no folder");
    }

    @Test
    void aTreeThatAKilledProcessLeftIsCleared() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path rest = folder.resolve(".target." + dead.pid() + "-7.hikae-partial");
        Files.createDirectories(rest.resolve("a/b"));
        Files.createFile(ExactPaths.child(rest.resolve("a"), new byte[] {(byte) 0xe9}));
        Files.setAttribute(rest.resolve("a"), "unix:mode", 0500);
        get("/");
        assertThat(left()).containsExactly("target");
    }
}
