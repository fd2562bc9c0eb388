package org.hikae.files.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.files.client.buffer.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The buffer's folder may be the top of a file system. */
class StrangeFolderTest {

    @TempDir
    Path temp;

    @Test
    void whatNoBackupCanBeCalledIsLeftAlone() throws IOException {
        Client client = new Client(temp.resolve("home"), Steps.NONE).add("docs");
        client.run("docs", Files.createDirectory(temp.resolve("tree")));
        Path strange = Files.createDirectory(client.home.resolve("buffer/lost+found"));
        Files.writeString(strange.resolve(".1"), "found");

        Client again = new Client(client.home, Steps.NONE);

        assertThat(again.buffer.runs("docs")).hasSize(1);
        assertThat(strange.resolve(".1")).hasContent("found");
    }
}
