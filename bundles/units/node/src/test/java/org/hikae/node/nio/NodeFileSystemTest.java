package org.hikae.node.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.NewFile;
import org.junit.jupiter.api.Test;

/** Names and attributes, where there is more to say than that they are as the platform's. */
class NodeFileSystemTest {

    private final MemoryFiles disk = new MemoryFiles();
    private final NodeFileSystemProvider provider = new NodeFileSystemProvider(new NewFiles(7, 8, 027));
    private final MemoryVolume volume = new MemoryVolume("n1", "d", disk);
    private final FileSystem files = provider.open(volume);
    private final Path file = files.getPath("/file");

    /** What a program replaces is there at every moment, however often it does so. */
    @Test
    void fileThatIsReplacedMeanwhileIsFound() throws IOException {
        Files.writeString(file, "old");
        AtomicInteger left = new AtomicInteger(5);
        FileSystem rival = Nodes.of(disk);
        volume.between = () -> {
            if (left.getAndDecrement() > 0) {
                replace(rival.getPath("/file"));
            }
        };
        left.set(5);
        assertThat(Files.readString(file)).isEqualTo("new");
        left.set(5);
        assertThat(Files.size(file)).isEqualTo(3);
        left.set(3);
        Files.setLastModifiedTime(file, FileTime.fromMillis(5));
        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(5);
    }

    private static void replace(Path path) {
        try {
            Path next = path.resolveSibling("next");
            Files.writeString(next, "new");
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void fileThatAnotherMakesMeanwhileIsOpened() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        FileSystem rival = Nodes.of(disk);
        volume.between = () -> {
            if (calls.incrementAndGet() == 2) { // after it was looked for, before it is made
                replace(rival.getPath("/file"));
            }
        };
        Files.writeString(file, "!", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(Files.readString(file)).isEqualTo("new!");
    }

    @Test
    void fileThatIsGoneAgainAndAgainIsGivenUpOn() throws IOException {
        Files.writeString(file, "old");
        FileSystem rival = Nodes.of(disk);
        volume.between = () -> replace(rival.getPath("/file"));
        assertThatThrownBy(() -> Files.size(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("/file: it was replaced 1000 times while it was looked for");
    }

    @Test
    void fortySymlinksAreFollowed() throws IOException {
        Files.writeString(file, "end");
        Path last = file;
        for (int i = 1; i <= 40; i++) {
            last = Files.createSymbolicLink(files.getPath("/link" + i), last);
        }
        Path tooMany = Files.createSymbolicLink(files.getPath("/link41"), last);
        assertThat(Files.readString(last)).isEqualTo("end");
        assertThatThrownBy(() -> Files.readString(tooMany))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("/link41: Too many levels of symbolic links: more than 40");
        assertThat(Files.readSymbolicLink(tooMany)).isEqualTo(last);
    }

    @Test
    void longNamesAreRefused() throws IOException {
        Path longest = files.getPath("/" + "n".repeat(255));
        Files.createFile(longest);
        assertThat(longest).exists();
        assertThatThrownBy(() -> Files.createFile(files.getPath("/" + "n".repeat(256))))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("File name too long: it has 256 bytes");
    }

    @Test
    void namesThatAreNoText() throws IOException {
        FileName name = FileName.of(new byte[] {'c', 'a', 'f', (byte) 0xe9});
        disk.create(1, name, NewFile.regular(0644, 0, 0));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(files.getPath("/"))) {
            Path entry = entries.iterator().next();
            assertThat(entry).hasToString("/caf\\xe9");
            Files.writeString(entry, "x");
            assertThat(Files.readString(files.getPath(entry.toString()))).isEqualTo("x");
        }
    }

    @Test
    void filesOfOtherKindsCanBeSeenButNotOpened() throws IOException {
        disk.create(1, FileName.parse("tty"), new NewFile(FileType.CHARACTER_DEVICE, 0600, 0, 0, null, 4, 300));
        Path tty = files.getPath("/tty");
        assertThat(Files.readAttributes(tty, "unix:rdev,isOther"))
                .containsOnly(Map.entry("rdev", 0x10042cL), Map.entry("isOther", true));
        assertThatThrownBy(() -> Files.newByteChannel(tty))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("/tty: it stands for a device, which a shared file system does not have");
        assertThat(Files.getAttribute(Files.copy(tty, file), "unix:rdev")).isEqualTo(0x10042cL);
    }

    @Test
    void newFilesBelongToWhomThePlatformRunsAs() throws IOException {
        Files.createFile(file);
        assertThat(Files.readAttributes(file, "unix:uid,gid,mode"))
                .containsOnly(Map.entry("uid", 7), Map.entry("gid", 8), Map.entry("mode", 0100640));
        Path shared = Files.createDirectory(files.getPath("/shared"));
        Files.setAttribute(shared, "unix:gid", 99);
        Files.setAttribute(shared, "unix:mode", 02775);
        Path below = Files.createDirectory(shared.resolve("below"));
        assertThat(Files.readAttributes(below, "unix:gid,mode"))
                .containsOnly(Map.entry("gid", 99), Map.entry("mode", 0042750));
    }

    @Test
    void ownersByNameAndNumber() throws IOException {
        UserPrincipalLookupService users = files.getUserPrincipalLookupService();
        Files.createFile(file);
        Files.setOwner(file, users.lookupPrincipalByName("4294967295"));
        assertThat(Files.getOwner(file).getName()).isEqualTo("4294967295");
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(-1);
        assertThat(users.lookupPrincipalByName("root")).isEqualTo(users.lookupPrincipalByName("0"));
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        view.setGroup(users.lookupPrincipalByGroupName("root"));
        assertThat(view.readAttributes().group().getName()).isEqualTo("root");
        assertThat(view.readAttributes().group()).isNotEqualTo(users.lookupPrincipalByName("root"));
        assertThat(Files.getFileAttributeView(file, FileOwnerAttributeView.class)
                        .getOwner())
                .isEqualTo(view.getOwner());
        for (String nobody : List.of("no such user", "4294967296", "-1")) {
            assertThatThrownBy(() -> users.lookupPrincipalByName(nobody))
                    .isInstanceOf(UserPrincipalNotFoundException.class);
        }
        assertThatThrownBy(() -> Files.setOwner(file, Files.getOwner(Path.of("/"))))
                .isInstanceOf(ProviderMismatchException.class);
    }

    @Test
    void extendedAttributes() throws IOException {
        Files.createFile(file);
        var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        assertThat(view.write("note", ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEqualTo(3);
        Files.setAttribute(file, "user:empty", new byte[0]);
        disk.setExtendedAttribute(2, FileName.parse("security.other"), new byte[1]);
        assertThat(view.list()).containsExactlyInAnyOrder("note", "empty");
        assertThat(view.size("note")).isEqualTo(3);
        assertThat((byte[]) Files.getAttribute(file, "user:note")).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> view.read("note", ByteBuffer.allocate(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 3 bytes");
        Path copy = Files.copy(file, files.getPath("/copy"), StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(Files.readAttributes(copy, "user:*")).containsOnlyKeys("note", "empty");
        view.delete("note");
        assertThatThrownBy(() -> view.delete("note"))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("/file: there is no attribute user.note");
    }

    @Test
    void creationTimeIsKept() throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.setAttribute(file, "creationTime", FileTime.fromMillis(1));
        assertThat(Files.getAttribute(file, "creationTime")).isEqualTo(FileTime.fromMillis(1));
    }

    @Test
    void betweenDisks() throws IOException {
        FileSystem elsewhere = provider.open(new MemoryVolume("n1", "e", new MemoryFiles()));
        Path target = elsewhere.getPath("/moved");
        Files.writeString(file, "content");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertThatThrownBy(() -> Files.move(file, target, StandardCopyOption.ATOMIC_MOVE))
                .isInstanceOf(java.nio.file.AtomicMoveNotSupportedException.class);
        Files.move(file, target);
        assertThat(file).doesNotExist();
        assertThat(Files.readString(target)).isEqualTo("content");
        assertThat(Files.getLastModifiedTime(target).toMillis()).isEqualTo(1);
        Path full = Files.createDirectories(files.getPath("/full/sub")).getParent();
        assertThatThrownBy(() -> Files.move(full, elsewhere.getPath("/full")))
                .isInstanceOf(java.nio.file.DirectoryNotEmptyException.class);
        assertThat(Files.getFileStore(target)).isNotEqualTo(Files.getFileStore(full));
    }

    @Test
    void copyThatFailsLeavesNothing() throws IOException {
        Files.write(file, new byte[20 * MemoryInode.PAGE]);
        disk.room = disk.used + 3;
        Path copy = files.getPath("/copy");
        assertThatThrownBy(() -> Files.copy(file, copy)).hasMessage("/copy: no block is free");
        assertThat(Files.exists(copy, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void listingsAreReadOnceAndEndWithTheirStream() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.createFile(files.getPath("/" + i));
        }
        DirectoryStream<Path> entries = Files.newDirectoryStream(files.getPath("/"));
        List<Path> seen = new ArrayList<>();
        for (Path entry : entries) {
            seen.add(entry);
            if (seen.size() == 5) {
                entries.close();
            }
        }
        assertThat(seen).hasSize(5);
        assertThatThrownBy(entries::iterator).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void addressesOfFileSystems() throws IOException {
        assertThat(provider.getFileSystem(URI.create("hikae://n1@d/"))).isSameAs(files);
        assertThatThrownBy(() -> provider.getFileSystem(URI.create("hikae://n2@d/")))
                .isInstanceOf(FileSystemNotFoundException.class);
        assertThatThrownBy(() -> provider.getFileSystem(URI.create("file:///")))
                .isInstanceOf(IllegalArgumentException.class);
        files.close();
        assertThatThrownBy(() -> provider.getFileSystem(URI.create("hikae://n1@d/")))
                .isInstanceOf(FileSystemNotFoundException.class);
        assertThat(volume.isClosed()).isTrue();
    }

    @Test
    void whomTheProcessRunsAs() {
        assertThat(ProcessOwner.parse(List.of("Umask:\t0077", "Uid:\t1\t2\t3\t4", "Gid:\t5\t6\t7\t8")))
                .isEqualTo(new NewFiles(4, 8, 077));
        assertThat(ProcessOwner.parse(List.of())).isEqualTo(new NewFiles(0, 0, 022));
    }
}
