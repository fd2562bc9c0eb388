package org.hikae.files.client.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.hikae.files.client.Client;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A tree, a client that backs it up, and what is in its runs. */
abstract class CaptureFixture {

    @TempDir
    Path temp;

    Path root;
    Client client;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temp.resolve("tree"));
        client = new Client(Files.createDirectory(temp.resolve("home")), Steps.NONE).add("docs");
    }

    List<RunItem> items(long number) throws IOException {
        List<RunItem> items = new ArrayList<>();
        try (RunReader reader =
                new RunReader(client.buffer.run("docs", number).orElseThrow().open(0))) {
            for (RunItem item = reader.next(); item != null; item = reader.next()) {
                items.add(item instanceof RunItem.Data data ? copy(data) : item);
            }
        }
        return items;
    }

    private static RunItem copy(RunItem.Data data) {
        byte[] bytes = new byte[data.bytes().remaining()];
        data.bytes().duplicate().get(bytes);
        return new RunItem.Data(data.offset(), ByteBuffer.wrap(bytes));
    }

    static <T> List<T> of(List<RunItem> items, Class<T> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static void append(Path file) throws IOException {
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    }
}
