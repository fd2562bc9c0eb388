package org.hikae.media.medium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void keepsItsId() throws IOException {
        Home home = Home.open(folder.resolve("media"));
        assertThat(Home.open(folder.resolve("media"))).isEqualTo(home);
        Files.writeString(folder.resolve("media/home-id"), "?");
        assertThatThrownBy(() -> Home.open(folder.resolve("media"))).hasMessageContaining("take your media over");
    }
}
