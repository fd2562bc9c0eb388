package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFilesTest {

    @TempDir
    Path folder;

    @Test
    void onlyWhatDeadProcessesLeftForThisPathIsDeleted() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createFile(folder.resolve(".disk.img." + dead.pid() + "-77.hikae-partial"));
        Path ofOther = Files.createFile(folder.resolve(".other.img." + dead.pid() + "-77.hikae-partial"));
        Path users = Files.createFile(folder.resolve(".disk.img.notes"));
        PartialFiles partials = new PartialFiles(folder.resolve("disk.img"));
        Path own = partials.create();

        partials.deleteOfDead();

        assertThat(files()).containsExactlyInAnyOrder(ofOther, users, own);
    }

    @Test
    void eachHasANameOfItsOwn() throws IOException {
        PartialFiles partials = new PartialFiles(folder.resolve("復元 1.img"));
        assertThat(partials.create()).isNotEqualTo(partials.create());
        assertThat(files()).allMatch(file -> file.getFileName().toString().matches("\\.復元 1\\.img\\.\\d+-.*"));
    }

    private Stream<Path> files() throws IOException {
        return Files.list(folder);
    }
}
