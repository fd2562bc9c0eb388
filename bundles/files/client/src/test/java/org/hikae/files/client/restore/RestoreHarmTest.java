package org.hikae.files.client.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.files.client.Client;
import org.hikae.files.client.Trees;
import org.hikae.files.client.buffer.BufferedRun;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.uplink.Uplink;
import org.junit.jupiter.api.Test;

/** Restores while others put symlinks in the way, and where runs in the buffer are kept, damaged or just going. */
class RestoreHarmTest extends RestoreFixture {

    /** Whoever owns a folder of the tree may put a symlink into its place, or into that of the file that is made, at any time. */
    @Test
    void symlinksThatComeMeanwhileAreNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path secret = Files.writeString(elsewhere.resolve("secret"), "secret");
        Files.setAttribute(secret, "unix:mode", 0600);
        Path folder = Files.createDirectory(root.resolve("d"));
        for (String name : List.of("a", "b")) {
            Files.setAttribute(Files.writeString(folder.resolve(name), name), "unix:mode", 0666);
        }
        client.run("docs", root);
        Files.delete(folder.resolve("a"));
        Files.delete(folder.resolve("b"));
        Target target = new Target(FileName.parse(root.toString()), null);
        RestoreFiles request = new RestoreFiles(root.toString(), null, null, true, null);
        RestoreRecord record = RestoreRecord.open(client.home.resolve("restore"), request, root);
        Outcome outcome = new Outcome();
        try (record;
                Placer placer = new Placer(target, true, record, Progress.NONE, outcome)) {
            put(placer, folder.resolve("a"), () -> {
                Path next = folder.resolve(record.temporary());
                Files.delete(next);
                Files.createSymbolicLink(next, secret);
            });
            put(placer, folder.resolve("b"), () -> {
                Files.move(folder, root.resolve("moved"));
                Files.createSymbolicLink(folder, elsewhere);
            });
            placer.finish();
        }

        assertThat(Files.getAttribute(secret, "unix:mode")).isEqualTo(0100600);
        assertThat(Trees.walk(elsewhere)).hasSize(2);
        assertThat(root.resolve("moved/b")).hasContent("x");
    }

    /** Something that somebody does while a file is made. */
    private interface Attack {
        void run() throws IOException;
    }

    private static void put(Placer placer, Path place, Attack attack) throws IOException {
        FileName path = FileName.parse(place.toString());
        StoredVersion version = new StoredVersion(
                new RunId("", "docs", 1), path, 0, Instant.EPOCH, FileType.REGULAR, 1, Instant.EPOCH, null, null, null);
        RunItem.Times times = new RunItem.Times(Instant.EPOCH, Instant.EPOCH, null, null);
        RunItem.FileItem item = new RunItem.FileItem(
                path, FileType.REGULAR, 0666, 0, 0, null, null, times, 1, null, 0, List.of(), 0, new RunItem.Follows());
        ByteBuffer content = ByteBuffer.wrap(new byte[] {'x'});
        ContentHash hash = new ContentHash();
        hash.add(0, content);
        placer.begin(new Wanted(version, null), item);
        placer.data(new RunItem.Data(0, content));
        attack.run();
        placer.end(new RunItem.FileEnd(hash.finish(1), null));
    }

    /** What was sent and is kept is given back from here; if it cannot be read, from the center; and so is what has just gone. */
    @Test
    void whatIsKeptIsGivenBackFromTheBuffer() throws IOException {
        Files.writeString(root.resolve("a"), "a");
        client.run("docs", root);
        BufferedRun run = client.buffer.runs("docs").get(0);
        center.take(run);
        client.buffer.markSent(run, client.now);
        List<VersionKey> came = new ArrayList<>();
        Archive counting = counting(came);
        Path to = Files.createDirectory(temp.resolve("to"));

        client.restore(root, null, to, counting);
        assertThat(came).isEmpty();
        assertThat(to.resolve("tree/a")).hasContent("a");

        damage(1);
        Trees.delete(to.resolve("tree"));
        client.restore(root, null, to, counting);
        assertThat(came).hasSize(2);
        assertThat(to.resolve("tree/a")).hasContent("a");

        Trees.delete(to.resolve("tree"));
        came.clear();
        Restorer.Centers centers = Client.only(counting);
        Restorer.Plan plan =
                client.restorer.plan(new RestoreFiles(root.toString(), null, to, false, null), centers, Progress.NONE);
        client.buffer.delete(run);
        client.restorer.restore(plan, Progress.NONE);
        assertThat(came).hasSize(2);
        assertThat(to.resolve("tree/a")).hasContent("a");
    }

    /** What a restore has put aside takes room as long as it is open. */
    @Test
    void oneThatIsUnderWayAlreadyLeavesNothingOpen() throws IOException {
        Files.writeString(root.resolve("a"), "a");
        client.run("docs", root);
        client.send("docs", center);
        Path to = Files.createDirectory(temp.resolve("to"));
        List<Long> open = new ArrayList<>();
        Archive again = new Through(center) {
            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                open.add(putAside());
                assertThatThrownBy(() -> client.restore(root, null, to, center))
                        .hasMessageContaining("under way already");
                open.add(putAside());
                return super.content(request);
            }
        };

        client.restore(root, null, to, again);

        assertThat(open).hasSize(2);
        assertThat(open.get(1)).isEqualTo(open.get(0)).isPositive();
    }

    /** Files without names that restores have open. */
    private long putAside() throws IOException {
        String there = client.home.resolve("restore/.spool.").toString();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(each -> {
                        try {
                            return Files.readSymbolicLink(each).toString().startsWith(there);
                        } catch (IOException e) {
                            // Closed meanwhile, such as the one of this list.
                            return false;
                        }
                    })
                    .count();
        }
    }

    private Archive counting(List<VersionKey> came) {
        return new Through(center) {
            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                came.addAll(request.versions());
                return super.content(request);
            }
        };
    }

    private void damage(long run) throws IOException {
        damage(run, 40);
    }

    private void damage(long run, int at) throws IOException {
        Path frames = client.home.resolve("buffer/docs/" + run + "/frames");
        byte[] bytes = Files.readAllBytes(frames);
        bytes[at] ^= 1;
        Files.write(frames, bytes);
    }

    /** What is damaged and nowhere else is named, and keeps nothing else from being given back. */
    @Test
    void damageInTheBufferHarmsNothingElse() throws IOException {
        Files.writeString(root.resolve("a"), "a");
        Files.writeString(root.resolve("b"), "b");
        client.run("docs", root);
        client.send("docs", center);
        Files.writeString(root.resolve("b"), "b2");
        client.run("docs", root);
        damage(2);
        Path to = Files.createDirectory(temp.resolve("to"));

        assertThatThrownBy(() -> client.restore(root, null, to, center))
                .hasMessageContaining("/b: ")
                .hasMessageNotContaining("/a: ");
        assertThat(to.resolve("tree/a")).hasContent("a");
    }

    /** Frames are of a mebibyte: some of these files have nothing in the one that is damaged. */
    @Test
    void whatLiesBehindDamageInTheSameRunIsGivenBack() throws IOException {
        Random random = new Random(1);
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            byte[] noise = new byte[700_000];
            random.nextBytes(noise);
            Files.write(root.resolve(name), noise);
        }
        client.run("docs", root);
        damage(1, 2_520_000);
        Path to = Files.createDirectory(temp.resolve("to"));

        assertThatThrownBy(() -> client.restore(root, null, to))
                .hasMessageContaining("/d: ")
                .hasMessageNotContaining("/a: ")
                .hasMessageNotContaining("/b: ")
                .hasMessageNotContaining("/f: ");
        for (String name : List.of("a", "b", "f")) {
            assertThat(to.resolve("tree").resolve(name)).hasSameBinaryContentAs(root.resolve(name));
        }
        assertThat(to.resolve("tree/d")).doesNotExist();
    }

    /** Long names: so many versions make a message that is too long. */
    @Test
    void noMoreIsAskedForThanAMessageHolds() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        List<StoredVersion> all = new ArrayList<>();
        for (int i = 0; i < 9000; i++) {
            all.add(new StoredVersion(
                    new RunId("me", "docs", 1),
                    FileName.parse("/w/" + "\\xff".repeat(200) + i),
                    0,
                    Instant.EPOCH,
                    FileType.REGULAR,
                    0,
                    Instant.EPOCH,
                    ManyFiles.SHA256,
                    "m",
                    null));
        }
        Archive far = new ManyFiles(0) {
            @Override
            public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
                for (StoredVersion version : all) {
                    to.version(version);
                }
            }

            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                int size = Messages.write(request).length;
                sizes.add(size);
                if (size > Protocol.MAX_REQUEST / 2) {
                    throw new FormatException("enough");
                }
                return super.content(request);
            }
        };

        assertThatThrownBy(() -> client.restore(Path.of("/w"), null, temp.resolve("to"), far))
                .hasMessageContaining("enough");
        // Few at first, so that the first ones are soon there.
        assertThat(sizes).hasSizeGreaterThan(1).isSorted().allMatch(size -> size <= Protocol.MAX_REQUEST);
    }

    @Test
    void noPathIsNotAll() {
        assertThatThrownBy(() -> Restorer.path("")).isInstanceOf(IOException.class);
    }

    /** After a loss of power. */
    @Test
    void aRecordOfZerosIsNoHindrance() throws IOException {
        Path home = client.home.resolve("restore");
        RestoreFiles request = new RestoreFiles(root.toString(), null, null, false, null);
        Path folder;
        try (RestoreRecord record = RestoreRecord.open(home, request, root)) {
            folder = record.folder();
            record.link("1 ab", root.resolve("a"));
        }
        Files.write(folder.resolve("links"), new byte[100], java.nio.file.StandardOpenOption.APPEND);
        for (byte[] making : List.of(new byte[0], new byte[20])) {
            Files.write(folder.resolve("making"), making);

            try (RestoreRecord record = RestoreRecord.open(home, request, root)) {
                assertThat(record.linked("1 ab")).isEqualTo(root.resolve("a"));
            }
        }
    }
}
