package org.hikae.files.client.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.files.client.Client;
import org.hikae.files.client.buffer.Steps;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.uplink.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A large file goes on where it was cut off, whatever cut it off, and two contents never mix (e.7). */
class ResumedTest extends RestoreFixture {

    private static final long MIB = 1 << 20;

    private Path to;
    private Path big;

    @BeforeEach
    void target() throws IOException {
        to = Files.createDirectory(temp.resolve("to"));
        big = to.resolve("w/big");
    }

    private void restore(Archive center) throws IOException {
        client.restore(Path.of("/w"), null, to, center);
    }

    private void restart() throws IOException {
        client = new Client(client.home, Steps.NONE);
    }

    /** All that is in the folder of the file, by name. */
    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(big.getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void assertWhole(BigFile center) throws IOException {
        assertThat(center.isIn(big)).isTrue();
        assertThat(names()).containsExactly("big");
        assertThat(client.home.resolve("restore")).isEmptyDirectory();
    }

    /** Cut off each time some megabytes have come: as often as it takes. */
    private static final class Cutting extends BigFile {

        private final long each;

        Cutting(long each) {
            super(40, 5);
            this.each = each;
        }

        @Override
        void sent(int answer, long bytes) throws IOException {
            if (bytes > each) {
                throw new IOException("cut off");
            }
        }
    }

    /** @param attempts at least so many, but for the first one */
    private void assertEachGetsFurther(BigFile center, int attempts) throws IOException {
        restore(center);
        assertWhole(center);
        assertThat(center.begun).hasSizeGreaterThan(attempts).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void eachAttemptGoesOnWhereTheOneBeforeEnded() throws IOException {
        Cutting center = new Cutting(5 * MIB / 2);

        assertEachGetsFurther(center, 14);
    }

    /** It does not know what a content that has begun is, and sends all of it each time. */
    @Test
    void anOlderCenterSendsAllOfItAgainAndThatIsLeftOut() throws IOException {
        BigFile center = new BigFile(40, 5) {
            @Override
            void sent(int answer, long bytes) throws IOException {
                if (bytes > answer * 9 * MIB) {
                    throw new IOException("cut off");
                }
            }
        };
        center.skips = false;

        assertEachGetsFurther(center, 2);
    }

    /** Whoever owns the folder may put a file there that is his own, or open that which is there to others. */
    @Test
    void whatIsNotOursAloneIsNotGoneOnWith() throws IOException {
        for (String attribute : List.of("unix:mode", "unix:uid")) {
            BigFile dead = new BigFile(40, 5) {
                @Override
                void sent(int answer, long bytes) throws IOException {
                    if (answer > 1 || bytes > 33 * MIB) {
                        throw new IOException("dead");
                    }
                }
            };
            assertThatThrownBy(() -> restore(dead)).hasMessageContaining("dead");
            restart();
            Path part = big.resolveSibling(names().get(0));
            assertThat(part.toString()).endsWith(".part");
            boolean owner = attribute.equals("unix:uid");
            if (owner && (int) Files.getAttribute(part, attribute) != 0) {
                // Nobody but root gives files away.
                return;
            }
            Files.setAttribute(part, attribute, owner ? 12_345 : 0644);
            BigFile center = new BigFile(40, 5);

            restore(center);

            assertWhole(center);
            assertThat(center.begun).containsExactly(0L);
            Files.delete(big);
        }
    }

    @Test
    void withoutAnyProgressItEndsAndTheNextOneGoesOn() throws IOException {
        BigFile dead = new BigFile(40, 5) {
            @Override
            void sent(int answer, long bytes) throws IOException {
                if (answer > 1 || bytes > 33 * MIB) {
                    throw new IOException("dead");
                }
            }
        };
        assertThatThrownBy(() -> restore(dead)).hasMessageContaining("dead");
        assertThat(dead.begun).hasSizeBetween(5, 10);
        restart();
        BigFile center = new BigFile(40, 5);

        restore(center);

        assertWhole(center);
        assertThat(center.begun).hasSize(1).first().satisfies(from -> assertThat(from)
                .isGreaterThan(20 * MIB));
    }

    @Test
    void whatWasCancelledGoesOnToo() throws IOException {
        BigFile cancelled = new BigFile(40, 5) {
            @Override
            void sent(int answer, long bytes) {
                if (bytes > 30 * MIB) {
                    throw new CancellationException("cancelled");
                }
            }
        };
        assertThatThrownBy(() -> restore(cancelled)).isInstanceOf(CancellationException.class);
        restart();
        BigFile center = new BigFile(40, 5);

        restore(center);

        assertWhole(center);
        assertThat(center.begun.get(0)).isGreaterThan(20 * MIB);
    }

    /** Its virtual machine is halted in the midst of the file, as by a kill. */
    public static void main(String[] arguments) throws IOException {
        Client client = new Client(Path.of(arguments[0]), Steps.NONE);
        BigFile center = new BigFile(60, 5) {
            @Override
            void sent(int answer, long bytes) {
                if (bytes > 45 * MIB) {
                    Runtime.getRuntime().halt(137);
                }
            }
        };
        client.restore(Path.of("/w"), null, Path.of(arguments[1]), center);
    }

    private void kill() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResumedTest.class.getName(),
                        client.home.toString(),
                        to.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(137);
        assertThat(names()).singleElement().asString().startsWith(".hikae-restore-");
    }

    @Test
    void afterAKillItGoesOnWhereItWasNoted() throws IOException, InterruptedException {
        kill();
        restart();
        BigFile center = new BigFile(60, 5);

        restore(center);

        assertWhole(center);
        assertThat(center.begun).hasSize(1).first().satisfies(from -> assertThat(from)
                .isGreaterThanOrEqualTo(32 * MIB));
    }

    @Test
    void whatNobodyGoesOnWithIsTakenAway() throws IOException, InterruptedException {
        kill();
        restart();

        client.restorer.forgetBefore(Instant.now().plusSeconds(60));

        assertThat(names()).isEmpty();
        assertThat(client.home.resolve("restore")).isEmptyDirectory();
    }

    /** Somebody who owns the folder has put something else into its place, or it was damaged. */
    @Test
    void whatIsNotWhatWasMadeIsNotGoneOnWith() throws IOException, InterruptedException {
        Path victim = Files.write(temp.resolve("victim"), new byte[50 << 20]);
        for (int i = 0; i < 4; i++) {
            kill();
            Path part = big.resolveSibling(names().get(0));
            switch (i) {
                case 0 -> Files.write(part, new byte[1], StandardOpenOption.WRITE);
                case 1 -> Files.write(part, new byte[1], StandardOpenOption.TRUNCATE_EXISTING);
                case 2 -> {
                    Files.delete(part);
                    Files.createSymbolicLink(part, victim);
                }
                default -> {
                    Files.delete(part);
                    Files.createLink(part, victim);
                }
            }
            restart();
            BigFile center = new BigFile(60, 5);

            restore(center);

            assertWhole(center);
            assertThat(center.begun.get(center.begun.size() - 1)).isZero();
            Files.delete(big);
        }
        assertThat(Files.mismatch(victim, Files.write(temp.resolve("same"), new byte[50 << 20])))
                .isEqualTo(-1);
    }

    private static StoredVersion version(FileName path, long size, byte[] sha256) {
        return new StoredVersion(
                new RunId("me", "docs", 1),
                path,
                0,
                Instant.EPOCH,
                FileType.REGULAR,
                size,
                Instant.EPOCH,
                HexFormat.of().formatHex(sha256),
                "m",
                null);
    }

    private static RunItem.FileItem item(FileName path, long size) {
        return new RunItem.FileItem(
                path,
                FileType.REGULAR,
                0600,
                0,
                0,
                null,
                null,
                new RunItem.Times(Instant.EPOCH, Instant.EPOCH, null, null),
                size,
                null,
                0,
                List.of(),
                0,
                new RunItem.Follows());
    }

    /** Small files are noted a thousand at a time. */
    @Test
    void aLargeFileIsNotedAsSoonAsItIsInPlace() throws IOException {
        byte[] content = new byte[17 << 20];
        Path place = root.resolve("large");
        ContentHash hash = new ContentHash();
        hash.add(0, ByteBuffer.wrap(content));
        byte[] sha256 = hash.finish(content.length);
        FileName path = FileName.parse(place.toString());
        Wanted wanted = new Wanted(version(path, content.length, sha256), null);
        RunItem.FileItem item = item(path, content.length);
        RestoreFiles request = new RestoreFiles(root.toString(), null, null, false, null);
        Path home = client.home.resolve("restore");
        try (RestoreRecord record = RestoreRecord.open(home, request, root);
                Placer placer = new Placer(new Target(path, null), false, record, Progress.NONE, new Outcome())) {
            placer.begin(wanted, item);
            placer.data(new RunItem.Data(0, ByteBuffer.wrap(content)));
            placer.note();
            placer.end(new RunItem.FileEnd(sha256, null));

            try (RestoreRecord next = RestoreRecord.open(home, request, root)) {
                assertThat(next.isDone(wanted)).isTrue();
                assertThat(next.isBegun(wanted)).isFalse();
            }
        }
        assertThat(place).hasSize(content.length);
    }

    /** The number of a run came twice: the center has another file under the same key. */
    @Test
    void twoContentsNeverMix() throws IOException {
        BigFile mixing = new BigFile(40, 5) {
            @Override
            void sent(int answer, long bytes) throws IOException {
                if (answer == 1 && bytes > 25 * MIB) {
                    seed = 6;
                    throw new IOException("cut off");
                }
            }
        };
        assertThatThrownBy(() -> restore(mixing)).hasMessageContaining("damaged");
        assertThat(names()).isEmpty();
        assertThat(mixing.begun).hasSize(3).last().isEqualTo(0L);

        BigFile healed = new BigFile(40, 5) {
            @Override
            void sent(int answer, long bytes) throws IOException {
                if (answer == 1 && bytes > 25 * MIB) {
                    seed = 6;
                    throw new IOException("cut off");
                } else if (answer == 2 && bytes > 10 * MIB) {
                    seed = 5;
                }
            }
        };
        restore(healed);
        assertWhole(healed);
    }

    /** A center that knows says so. */
    @Test
    void whatTheCenterDoesNotHaveAnyMoreAsItBeganComesFromTheBeginning() throws IOException {
        BigFile center = new BigFile(40, 5) {
            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                if (request.begun() != null) {
                    throw new RefusedException(404, new ErrorReply(ErrorReply.MISSING, "no"), Duration.ZERO);
                }
                return super.content(request);
            }

            @Override
            void sent(int answer, long bytes) throws IOException {
                if (answer == 1 && bytes > 25 * MIB) {
                    throw new IOException("cut off");
                }
            }
        };

        restore(center);

        assertWhole(center);
        assertThat(center.begun).containsExactly(0L, 0L);
    }
}
