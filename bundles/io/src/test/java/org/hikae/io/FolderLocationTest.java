package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLocationTest {

    @TempDir
    Path folder;

    @Test
    void isAnAbsolutePath() throws IOException {
        assertThat(FolderLocation.parse("/a/../b/é ü/")).isEqualTo(Path.of("/b/é ü"));
        assertThatThrownBy(() -> FolderLocation.parse("a/b"))
                .isInstanceOf(IOException.class)
                .hasMessage("'a/b' is not an absolute path; give the folder's path from / on");
        assertThatThrownBy(() -> FolderLocation.parse("")).hasMessageContaining("not an absolute path");
        assertThatThrownBy(() -> FolderLocation.parse("/a\0b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a path");
    }

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        Path made = folder.resolve("made");
        assertThat(FolderLocation.made(made)).isEqualTo(made.toRealPath());
        assertThat(Files.getPosixFilePermissions(made))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE);
        assertThat(FolderLocation.made(made)).isEqualTo(made.toRealPath());
    }

    @Test
    void isMadeInNoFolderThatIsNotThere() {
        Path missing = folder.resolve("missing").resolve("made");
        assertThatThrownBy(() -> FolderLocation.made(missing))
                .isInstanceOf(IOException.class)
                .hasMessage(missing.getParent() + " is not there; make it, or mount what it is on, before " + missing
                        + " can be made in it");
        assertThat(missing.getParent()).doesNotExist();
        assertThatThrownBy(() -> FolderLocation.made(Path.of("/proc/1/made")))
                .hasMessageStartingWith("cannot make the folder");
    }

    @Test
    void isNoFileAndNoLink() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> FolderLocation.made(file))
                .hasMessage(file + " is not a folder; give the path of one, or of one to be made");
        assertThatThrownBy(() -> FolderLocation.real(folder.resolve("missing")))
                .hasMessageContaining("is not a folder");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        assertThat(FolderLocation.made(link)).isEqualTo(folder.toRealPath());
    }
}
