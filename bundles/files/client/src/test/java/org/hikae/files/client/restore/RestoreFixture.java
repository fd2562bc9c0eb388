package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.files.client.Client;
import org.hikae.files.client.ModelCenter;
import org.hikae.files.client.buffer.Steps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A tree, a client that backs it up, and a center. */
abstract class RestoreFixture {

    @TempDir
    Path temp;

    Path root;
    Client client;
    final ModelCenter center = new ModelCenter();

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temp.resolve("tree"));
        client = new Client(Files.createDirectory(temp.resolve("home")), Steps.NONE).add("docs");
    }
}
