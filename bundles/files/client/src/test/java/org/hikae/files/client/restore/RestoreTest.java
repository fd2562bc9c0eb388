package org.hikae.files.client.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.fs.FileName;
import org.hikae.files.client.ModelCenter;
import org.hikae.files.client.Trees;
import org.hikae.files.client.known.KnownFile;
import org.hikae.files.client.known.KnownFiles;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.uplink.RefusedException;
import org.hikae.files.transfer.uplink.Uplink;
import org.junit.jupiter.api.Test;

class RestoreTest extends RestoreFixture {

    @Test
    void inPlaceAfterTheLossOfAll() throws IOException {
        new Trees(root, new Random(1)).change(40);
        client.run("docs", root);
        client.send("docs", center);
        Map<String, String> before = Trees.describe(root);
        Trees.delete(root);

        client.restore(root, null, null, center);

        assertThat(Trees.describe(root)).isEqualTo(before);
    }

    @Test
    void fromTheBufferWithoutAnyCenter() throws IOException {
        Files.writeString(root.resolve("a"), "first");
        client.run("docs", root);
        Instant first = client.now;
        Files.writeString(root.resolve("a"), "second");
        client.run("docs", root);
        Files.delete(root.resolve("a"));

        client.restore(root.resolve("a"), first, null);
        assertThat(root.resolve("a")).hasContent("first");
        Files.setLastModifiedTime(root.resolve("a"), FileTime.fromMillis(5));
        client.restore(root.resolve("a"), null, null);
        assertThat(root.resolve("a")).hasContent("second");
        assertThatThrownBy(() -> client.restore(root.resolve("b"), null, null))
                .hasMessageContaining("was ever backed up");
    }

    @Test
    void whatWasSentInPartIsMerged() throws IOException {
        Files.writeString(root.resolve("a"), "a");
        Files.writeString(root.resolve("b"), "b");
        Files.writeString(root.resolve("c"), "c");
        client.run("docs", root);
        client.send("docs", center);
        Files.delete(root.resolve("a"));
        Files.writeString(root.resolve("b"), "b2");
        Files.setAttribute(root.resolve("c"), "unix:mode", 0700);
        client.run("docs", root);
        Map<String, String> before = Trees.describe(root);
        Path to = Files.createDirectory(temp.resolve("to"));

        client.restore(root, null, to, center);

        assertThat(Trees.describe(to.resolve("tree"))).isEqualTo(before);
        List<StoredVersion> all =
                client.restorer.versions().all(FileName.parse(root.resolve("b").toString()), List.of(center));
        assertThat(all).extracting(version -> version.run().number()).containsExactly(2L, 1L);
        assertThat(all).extracting(StoredVersion::until).containsExactly(0L, 2L);
    }

    @Test
    void newerFilesStayAndAreNamed() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "old");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        client.run("docs", root);
        Files.writeString(file, "new");

        Map<String, Object> result = client.restore(root, null, null);
        assertThat(file).hasContent("new");
        assertThat(result).containsEntry("newerFiles", 1L);
        assertThat(result.get("newer")).asString().contains("/a");

        client.restore(new RestoreFiles(root.toString(), null, null, true, null));
        assertThat(file).hasContent("old");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1000));
    }

    /** Its size and time are right, but not what is in it: it is given back all the same. */
    @Test
    void whatLooksRightIsNotTakenForRight() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "right");
        FileTime time = Files.getLastModifiedTime(file);
        client.run("docs", root);
        Files.writeString(file, "wrong");
        Files.setLastModifiedTime(file, time);

        client.restore(root, null, null);

        assertThat(file).hasContent("right");
    }

    /** As if it had been made long after its files were written: they cannot have changed without that being seen. */
    private void makeSure(long number) throws IOException {
        Path known = client.states.known("docs", number);
        Path sure = temp.resolve("sure");
        try (KnownFiles.Reader reader = KnownFiles.open(known);
                KnownFiles.Writer writer = KnownFiles.create(sure, reader.run())) {
            for (KnownFile file = reader.peek(); file != null; file = reader.peek()) {
                writer.add(new KnownFile(
                        file.path(),
                        file.type(),
                        file.inode(),
                        file.size(),
                        file.modified(),
                        file.changed(),
                        file.run(),
                        file.attributes(),
                        file.sha256(),
                        false));
                reader.skip();
            }
            writer.finish();
        }
        Files.move(sure, known, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void whatNobodyHasTouchedDoesNotComeAgain() throws IOException {
        Files.writeString(root.resolve("a"), "a");
        Files.writeString(root.resolve("mode"), "mode");
        Files.writeString(root.resolve("lost"), "lost");
        Files.writeString(root.resolve("one"), "linked");
        Files.createLink(root.resolve("two"), root.resolve("one"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("a"));
        client.run("docs", root);
        makeSure(1);
        client.send("docs", center);
        Map<String, String> before = Trees.describe(root);
        Files.setAttribute(root.resolve("mode"), "unix:mode", 0111);
        Files.delete(root.resolve("lost"));
        Files.delete(root.resolve("two"));
        List<String> came = new ArrayList<>();
        Archive counting = new Through(center) {
            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                request.versions().forEach(key -> came.add(key.path().toString().replaceFirst(".*/", "")));
                return super.content(request);
            }
        };

        Map<String, Object> result = client.restore(root, null, null, counting);

        assertThat(came).containsExactly("tree", "lost", "mode", "one", "two");
        assertThat(result).containsEntry("untouchedFiles", 2L);
        // The folder itself is newer, and keeps its time.
        before.remove("");
        assertThat(Trees.describe(root)).containsAllEntriesOf(before).hasSize(before.size() + 1);
        // Elsewhere all of it is wanted.
        came.clear();
        client.restore(root, null, Files.createDirectory(temp.resolve("to")), counting);
        assertThat(came).hasSize(7);
    }

    @Test
    void symlinksInTheTreeAreNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path folder = Files.createDirectory(root.resolve("d"));
        Files.writeString(folder.resolve("a"), "a");
        client.run("docs", root);
        Trees.delete(folder);
        Files.createSymbolicLink(folder, elsewhere);
        Files.setAttribute(
                folder, "unix:lastModifiedTime", FileTime.fromMillis(1), java.nio.file.LinkOption.NOFOLLOW_LINKS);

        assertThatThrownBy(() -> client.restore(root, null, null)).hasMessageContaining("in the way");

        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aRestoreThatIsCutOffIsGoneOnWith() throws IOException {
        for (int i = 0; i < 5; i++) {
            byte[] noise = new byte[900_000];
            new Random(i).nextBytes(noise);
            Files.write(root.resolve("f" + i), noise);
        }
        client.run("docs", root);
        client.send("docs", center);
        Path to = Files.createDirectory(temp.resolve("to"));
        List<Integer> skipped = new ArrayList<>();
        Archive breaking = new Through(center) {
            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                skipped.add(request.skipFiles());
                if (skipped.size() == 2) {
                    throw new FormatException("broken");
                }
                ReadableByteChannel whole = super.content(request);
                return skipped.size() > 1
                        ? whole
                        : Channels.newChannel(new ByteArrayInputStream(
                                Channels.newInputStream(whole).readNBytes(3_000_000)));
            }
        };
        assertThatThrownBy(() -> client.restore(root, null, to, breaking)).hasMessageContaining("broken");
        assertThat(skipped).hasSize(2).last().isEqualTo(2 + 1);
        // What a killed one has left.
        Path left = Files.list(client.home.resolve("restore")).findFirst().orElseThrow();
        Path making = to.resolve("tree").resolve(".hikae-restore-" + left.getFileName());
        Files.write(making, new byte[5]);
        Files.write(left.resolve("making"), org.hikae.io.ExactPaths.bytes(making));

        client.restore(root, null, to, breaking);

        assertThat(skipped).hasSize(3);
        assertThat(Trees.describe(to.resolve("tree"))).isEqualTo(Trees.describe(root));
        assertThat(making).doesNotExist();
        assertThat(client.home.resolve("restore")).isEmptyDirectory();
    }

    @Test
    void whatIsNoRecordOfARestoreIsLeftAlone() throws IOException {
        Path stray = Files.createDirectories(client.home.resolve("restore")).resolve("stray");
        Files.writeString(stray, "x");
        Path old = Files.createDirectory(client.home.resolve("restore/old"));

        client.restorer.forgetBefore(Instant.now().plusSeconds(60));

        assertThat(stray).exists();
        assertThat(old).doesNotExist();
    }

    /** The one before knows of nothing that has happened since. */
    @Test
    void ofARowThatHasGoneToAnotherCenterWhatWasDeletedSinceDoesNotComeBack() throws IOException {
        Files.writeString(root.resolve("a"), "a");
        Files.writeString(root.resolve("b"), "b");
        client.run("docs", root);
        client.send("docs", center);
        Instant before = client.now;
        ModelCenter next = new ModelCenter();
        Files.delete(root.resolve("b"));
        client.backups.fullWanted("docs", 0);
        client.run("docs", root);
        client.send("docs", next);
        assertThat(client.buffer.runs("docs")).isEmpty();
        Path to = Files.createDirectory(temp.resolve("to"));

        client.restore(root, null, to, next, center);
        assertThat(to.resolve("tree/a")).hasContent("a");
        assertThat(to.resolve("tree/b")).doesNotExist();

        client.restore(root, before, to, center, next);
        assertThat(to.resolve("tree/b")).hasContent("b");
    }

    /** A center that lacks some of what it has listed, and says which, or does not. */
    @Test
    void whatACenterDoesNotHaveAnyMoreIsNamedAndAllElseIsGivenBack() throws IOException {
        for (int i = 0; i < 60; i++) {
            Files.writeString(root.resolve("f" + i), "f" + i);
        }
        client.run("docs", root);
        client.send("docs", center);
        for (boolean saysWhich : new boolean[] {true, false}) {
            Archive lacking = new Through(center) {
                @Override
                public ReadableByteChannel content(ContentRequest request) throws IOException {
                    List<Integer> lacks = new ArrayList<>();
                    for (int i = request.skipFiles(); i < request.versions().size(); i++) {
                        if (request.versions().get(i).path().toString().matches(".*/f(0|33|34|59)")) {
                            lacks.add(i);
                        }
                    }
                    if (!lacks.isEmpty()) {
                        ErrorReply why = new ErrorReply(ErrorReply.MISSING, "gone", saysWhich ? lacks : List.of());
                        throw new RefusedException(404, why, Duration.ZERO);
                    }
                    return super.content(request);
                }
            };
            Path to = Files.createDirectory(temp.resolve("to" + saysWhich));

            assertThatThrownBy(() -> client.restore(root, null, to, lacking))
                    .hasMessageContaining("4 files were not given back")
                    .hasMessageContaining("/f0:")
                    .hasMessageContaining("/f59:")
                    .hasMessageContaining("center 'model' does not have it any more");
            assertThat(Trees.walk(to.resolve("tree"))).hasSize(57);
            assertThat(to.resolve("tree/f58")).hasContent("f58");

            var result = client.restore(new RestoreFiles(root.toString(), null, to, false, null, true), lacking);
            assertThat(result).containsEntry("failedFiles", 4L);
            assertThat(result.get("failed").toString()).contains("/f33:");
        }
    }

    @Test
    void aCenterThatCannotBeAskedIsTold() throws IOException {
        Files.writeString(root.resolve("a"), "a");
        client.run("docs", root);
        Archive silent = new Through(center) {
            @Override
            public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
                throw new IOException("no route");
            }
        };
        Path to = Files.createDirectory(temp.resolve("to"));

        assertThatThrownBy(() -> client.restore(root, null, to, silent)).hasMessageContaining("no route");
        // A file that is here alone needs nobody.
        client.restore(root.resolve("a"), null, to, silent);
        assertThat(to.resolve("a")).hasContent("a");
    }
}
