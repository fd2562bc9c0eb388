package org.hikae.logpernode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.spi.LogGathering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TemporaryFoldersTest {

    @TempDir
    Path folder;

    private final TemporaryFolders folders = new TemporaryFolders();

    @Test
    void aFolderIsMadeAndLockedAsLongAsItIsUsed() throws IOException {
        Path made = folder.resolve("a/b");
        TemporaryFolders others = new TemporaryFolders();
        TemporaryFolders.Use first = folders.use(made);
        TemporaryFolders.Use second = folders.use(folder.resolve("a/../a/b"));
        first.close();
        first.close();
        assertThatThrownBy(() -> others.use(made))
                .hasMessageContaining("another platform keeps its temporary logs in")
                .hasMessageContaining("a folder of its own");
        second.close();
        others.use(made).close();
    }

    @Test
    void whatWasLeftBehindGoesAndNothingElse() throws IOException {
        Path left = Files.createFile(folder.resolve(UUID.randomUUID() + ".data"));
        Path also = Files.createFile(folder.resolve(UUID.randomUUID() + ".list"));
        Path letter = Files.createFile(folder.resolve("letter.data"));
        Path listed = Files.createFile(folder.resolve(UUID.randomUUID() + ".list.txt"));
        try (TemporaryFolders.Use use = folders.use(folder)) {
            assertThat(left).doesNotExist();
            assertThat(also).doesNotExist();
            assertThat(letter).exists();
            assertThat(listed).exists();
            Path own = Files.createFile(use.path().resolve(UUID.randomUUID() + ".data"));
            folders.use(folder).close();
            assertThat(own).exists();
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> folders.use(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "temporary logs cannot be kept in " + file + " (" + file + ": exists already): make it");
    }

    /** The platform that is killed. */
    static final class Victim {
        public static void main(String[] args) throws IOException {
            LogGathering.NodeRecords node = new PerNodeGathering()
                    .open(new TestSession(), new Kept())
                    .join(new LoggingNode("n1", 1, Path.of(args[0])));
            BlockRun run = new BlockRun(0, 1);
            node.append(List.of(run), Kept.image(run, 1));
            node.close();
            System.out.println("ready");
            System.out.flush();
            if (System.in.read() < 0) {
                System.out.println("alone");
            }
        }
    }

    @Test
    void aKilledPlatformLeavesNothingForLong() throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(victim.inputReader().readLine()).isEqualTo("ready");
            assertThat(logs()).hasSize(2);
            assertThatThrownBy(() -> folders.use(folder)).hasMessageContaining("another platform");
            assertThat(logs()).hasSize(2);
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        try (TemporaryFolders.Use use = folders.use(folder)) {
            assertThat(use.path()).isEqualTo(folder.toRealPath());
            assertThat(logs()).isEmpty();
        }
    }

    private List<Path> logs() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(LogFiles::isOne).toList();
        }
    }
}
