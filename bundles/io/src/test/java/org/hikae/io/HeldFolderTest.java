package org.hikae.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFolderTest {

    @TempDir
    Path temp;

    @Test
    void staysTheSameWhateverComesIntoItsPlace() throws IOException {
        assumeTrue(HeldFolder.canHold());
        Path folder = Files.createDirectory(temp.resolve("folder"));
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        try (HeldFolder above = HeldFolder.open(temp);
                HeldFolder held = above.child(Path.of("folder"))) {
            Files.move(folder, temp.resolve("moved"));
            Files.createSymbolicLink(folder, elsewhere);
            Files.writeString(held.resolve(Path.of("a")), "a");

            assertThat(temp.resolve("moved/a")).hasContent("a");
            assertThat(elsewhere).isEmptyDirectory();
            assertThatThrownBy(() -> above.child(Path.of("folder"))).isInstanceOf(NotDirectoryException.class);
        }
        HeldFolder.open(folder).close();
    }

    @Test
    void modesAreNotThoseOfWhatSymlinksLeadTo() throws IOException {
        assumeTrue(HeldFolder.canHold());
        Path file = Files.writeString(temp.resolve("file"), "");
        Path link = Files.createSymbolicLink(temp.resolve("link"), file);
        UnixFiles.setMode(file, 04751);
        assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0104751);

        assertThatThrownBy(() -> UnixFiles.setMode(link, 0777)).isInstanceOf(IOException.class);

        assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0104751);
    }
}
