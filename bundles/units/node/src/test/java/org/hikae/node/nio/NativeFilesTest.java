package org.hikae.node.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.node.NativeFiles;
import org.junit.jupiter.api.Test;

class NativeFilesTest {

    private final FileSystem fileSystem = Nodes.of(new MemoryFiles());
    private final NativeFiles files = (NativeFiles) fileSystem;
    private final Path path = fileSystem.getPath("/a");

    @Test
    void aDevice() throws IOException {
        files.createSpecial(path, FileType.CHARACTER_DEVICE, 0600, 1, 300);
        assertThat(Files.getAttribute(path, "unix:mode")).isEqualTo(0020600);
        assertThat(Files.getAttribute(path, "unix:rdev")).isEqualTo(0x10012cL);
        assertThatThrownBy(() -> files.createSpecial(path, FileType.FIFO, 0600, 0, 0))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aFifoHasNoNumbers() throws IOException {
        files.createSpecial(path, FileType.FIFO, 0600, 7, 7);
        assertThat(Files.getAttribute(path, "unix:mode")).isEqualTo(0010600);
        assertThat(Files.getAttribute(path, "unix:rdev")).isEqualTo(0L);
    }

    @Test
    void targetsOfSymlinksAreKeptToTheByte() throws IOException {
        FileName target = FileName.of("..//b/\u00e9/".getBytes(StandardCharsets.ISO_8859_1));
        files.createSymlink(path, target);
        assertThat(files.symlinkTarget(path)).isEqualTo(target);
        assertThat(Files.isSymbolicLink(path)).isTrue();
        assertThat(Files.readAttributes(path, "unix:size", LinkOption.NOFOLLOW_LINKS))
                .containsEntry("size", (long) target.length());
    }

    @Test
    void whatIsNoSymlinkHasNoTarget() throws IOException {
        Files.createFile(path);
        assertThatThrownBy(() -> files.symlinkTarget(path)).isInstanceOf(NotLinkException.class);
    }

    @Test
    void extendedAttributesOfAllKindsAreKept() throws IOException {
        Files.createFile(path);
        FileName access = FileName.parse("system.posix_acl_access");
        files.setExtendedAttribute(path, access, new byte[] {2, 0, 0, 0});
        files.setExtendedAttribute(path, FileName.parse("user.a"), new byte[] {7});
        assertThat(files.extendedAttributes(path))
                .extracting(attribute -> attribute.name().toString())
                .containsExactlyInAnyOrder("system.posix_acl_access", "user.a");
        assertThat((byte[]) Files.getAttribute(path, "user:a")).containsExactly(7);
        files.setExtendedAttribute(path, access, null);
        assertThat(files.extendedAttributes(path)).hasSize(1);
        assertThatThrownBy(() -> files.setExtendedAttribute(path, access, null)).isInstanceOf(IOException.class);
    }
}
