package org.hikae.files.client.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.hikae.api.job.Progress;
import org.hikae.files.client.Client;
import org.hikae.files.client.Trees;
import org.hikae.files.client.buffer.BufferFullException;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.buffer.Steps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What local backups do to the buffer. */
class BufferRoomTest {

    @TempDir
    Path temp;

    private Path root;
    private Client client;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(temp.resolve("tree"));
        client = new Client(Files.createDirectory(temp.resolve("home")), Steps.NONE).add("docs");
    }

    private static void append(Path file) throws IOException {
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    }

    @Test
    void aBufferThatIsFullFailsTheRunAndKeepsWhatItHas() throws IOException {
        Files.write(root.resolve("a"), new byte[10]);
        client.run("docs", root);
        long used = client.buffer.used();
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.write(root.resolve("b"), noise);
        client.buffer.limit(used + (1 << 20));

        assertThatThrownBy(() -> client.run("docs", root)).isInstanceOf(BufferFullException.class);

        assertThat(client.buffer.used()).isEqualTo(used);
        assertThat(client.buffer.runs("docs")).hasSize(1);
        assertThat(Trees.walk(client.home.resolve("buffer")).toString()).doesNotContain("/.2");
        client.buffer.limit(1 << 30);
        assertThat(client.run("docs", root)).containsEntry("run", 2L);
    }

    @Test
    void whatWasSentAndIsKeptMakesRoom() throws IOException {
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.write(root.resolve("b"), noise);
        client.run("docs", root);
        client.buffer.markSent(client.buffer.runs("docs").get(0), client.now);
        noise[0]++;
        Files.write(root.resolve("b"), noise);
        client.buffer.limit(client.buffer.used() + (1 << 20));

        client.run("docs", root);

        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(2L);
    }

    @Test
    void aRunThatIsCancelledLeavesNothing() throws IOException {
        Files.write(root.resolve("a"), new byte[1 << 20]);
        Progress cancelled = CaptureTest.at(2, () -> {
            throw new CancellationException("cancelled");
        });

        assertThatThrownBy(() -> client.run("docs", cancelled, root)).isInstanceOf(CancellationException.class);

        assertThat(client.buffer.used()).isZero();
        assertThat(client.run("docs", root)).containsEntry("run", 1L);
    }

    @Test
    void aRunThatTheCenterNeverCanTakeIsReplacedByAFullOne() throws IOException {
        Files.write(root.resolve("a"), new byte[10]);
        client.run("docs", root);
        client.backups.fullWanted("docs", 0);
        assertThat(client.states.get("docs", client.now).full())
                .as("one waits already")
                .isFalse();
        client.buffer.delete(client.buffer.runs("docs").get(0));
        append(root.resolve("a"));
        client.run("docs", root);

        client.backups.fullWanted("docs", 0);
        client.backups.refused(client.buffer.runs("docs").get(0));
        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(2L);
        client.run("docs", root);

        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(3L);
        assertThat(client.buffer.runs("docs").get(0).base()).isZero();
        client.run("docs", root);
        client.backups.fullWanted("docs", 0);
        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(3L, 4L);
        assertThat(client.states.get("docs", client.now).full()).isFalse();
    }

    /** A relay whose center above lacks something wants a full run, and takes what is here all the same (I6). */
    @Test
    void aRunThatCanBeTakenStaysWhenAFullOneIsWanted() throws IOException {
        Files.write(root.resolve("a"), new byte[10]);
        client.run("docs", root);
        client.buffer.delete(client.buffer.runs("docs").get(0));
        append(root.resolve("a"));
        client.run("docs", root);

        client.backups.fullWanted("docs", 7);
        client.run("docs", root);

        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(2L, 8L);
        assertThat(client.buffer.runs("docs").get(1).base()).isZero();
        client.backups.fullWanted("docs", 7);
        client.backups.refused(client.buffer.runs("docs").get(0));
        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(8L);
        assertThat(client.states.get("docs", client.now).full()).isFalse();
    }

    /** Runs from the one that is refused up to the next full one, and no others. */
    @Test
    void whatComesAfterAFullRunIsNotReplacedByALaterOne() throws IOException {
        Files.write(root.resolve("a"), new byte[10]);
        client.run("docs", root);
        client.buffer.delete(client.buffer.runs("docs").get(0));
        client.run("docs", root);
        client.backups.fullWanted("docs", 2);
        client.run("docs", root);
        client.run("docs", root);
        client.backups.fullWanted("docs", 4);
        client.run("docs", root);
        client.backups.refused(client.buffer.runs("docs").get(0));

        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(3L, 4L, 5L);
    }

    /** The center knows a higher number, and says so while a run is being made: the next one goes beyond it. */
    @Test
    void aNumberThatBecomesKnownWhileARunIsMadeIsNotForgotten() throws IOException {
        Files.write(root.resolve("a"), new byte[10]);
        client.run("docs", root);
        client.run("docs", CaptureTest.at(1, () -> client.backups.fullWanted("docs", 10)), root);
        client.run("docs", root);

        assertThat(client.buffer.runs("docs")).extracting(BufferedRun::number).containsExactly(1L, 2L, 11L);
        assertThat(client.buffer.runs("docs").get(2).base()).isZero();
    }
}
