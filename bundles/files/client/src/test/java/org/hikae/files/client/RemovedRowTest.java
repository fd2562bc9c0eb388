package org.hikae.files.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.buffer.Removals;
import org.hikae.files.client.buffer.Steps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row is removed with its runs, whatever cuts that off. */
class RemovedRowTest {

    @TempDir
    Path temp;

    private Path root;

    /** The platform ends. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temp.resolve("tree"));
    }

    /** A home with two rows of three runs each. */
    private Path home(int number) throws Exception {
        Client client = new Client(Files.createDirectory(temp.resolve("home" + number)), Steps.NONE).add("docs");
        client.add("other");
        for (int i = 0; i < 3; i++) {
            Files.writeString(root.resolve("f"), "content " + i);
            client.run("docs", root);
            client.run("other", root);
        }
        return client.home.resolve("buffer");
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(each -> names.add(each.getFileName().toString()));
        }
        return names;
    }

    /** The row is removed, and the platform ends after so many steps. @return whether it came to the end */
    private static boolean remove(Path folder, int steps, boolean[] row) throws IOException {
        int[] left = {steps};
        Runnable step = () -> {
            if (left[0]-- == 0) {
                throw new Killed();
            }
        };
        Buffer buffer = new Buffer(folder, name -> step.run());
        try {
            new Removals(buffer).remove("docs", () -> {
                step.run();
                row[0] = false;
                step.run();
            });
            return true;
        } catch (Killed e) {
            return false;
        }
    }

    @Test
    void whatIsCutOffIsFinishedOrWasNotBegun() throws Exception {
        boolean ended = false;
        for (int steps = 0; !ended; steps++) {
            Path folder = home(steps);
            boolean[] row = {true};
            ended = remove(folder, steps, row);
            Buffer again = new Buffer(folder, Steps.NONE);
            new Removals(again).finish(name -> row[0]);
            assertThat(again.runs("docs")).hasSize(row[0] ? 3 : 0);
            assertThat(again.runs("other")).hasSize(3);
            assertThat(names(folder))
                    .containsExactlyInAnyOrder(row[0] ? new String[] {"docs", "other"} : new String[] {"other"});
            assertThat(again.used()).isEqualTo(new Buffer(folder, Steps.NONE).used());
            assertThat(row[0]).isEqualTo(steps == 0);
        }
    }

    @Test
    void aRowThatCannotBeRemovedKeepsItsRuns() throws Exception {
        Path folder = home(0);
        Buffer buffer = new Buffer(folder, Steps.NONE);
        Removals removals = new Removals(buffer);
        assertThatThrownBy(() -> removals.remove("docs", () -> {
                    throw new IOException("no space");
                }))
                .hasMessageContaining("no space");
        removals.finish(name -> false);
        assertThat(buffer.runs("docs")).hasSize(3);
    }
}
