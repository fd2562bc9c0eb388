package org.hikae.files.client.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.hikae.api.files.RunId;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.files.client.Client;
import org.hikae.files.client.ModelCenter;
import org.hikae.files.client.Trees;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.VersionsRequest;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.FrameWriter;
import org.hikae.files.transfer.run.RunItem;
import org.hikae.files.transfer.run.RunWriter;
import org.hikae.files.transfer.uplink.Uplink;
import org.junit.jupiter.api.Test;

/** Restores from a center that sends what was not asked for. */
class HostileCenterTest extends RestoreFixture {

    @Test
    void nothingIsPutOutsideTheTree() throws IOException {
        for (String path : List.of("/etc/x", "/w/../x", "/w/./x", "/wx", "/w//x", "w/x", "/w/x\0")) {
            Archive hostile = new Hostile(FileName.of(path.getBytes(java.nio.charset.StandardCharsets.UTF_8)), null);
            Path to = Files.createDirectories(temp.resolve("to"));

            assertThatThrownBy(() -> client.restore(Path.of("/w"), null, to, hostile))
                    .isInstanceOf(IOException.class);
            assertThat(to).isEmptyDirectory();
        }
    }

    @Test
    void whatComesMustBeWhatWasAskedFor() throws IOException {
        FileName asked = FileName.parse("/w/a");
        for (String other : List.of("/w/b", "/etc/passwd")) {
            Path to = Files.createDirectories(temp.resolve("to"));

            assertThatThrownBy(() -> client.restore(Path.of("/w"), null, to, new Hostile(asked, FileName.parse(other))))
                    .hasMessageContaining("was asked for");
            assertThat(Trees.walk(to)).hasSize(1);
        }
    }

    @Test
    void contentThatIsNotWhatWasPromisedIsRefused() throws IOException {
        Path to = Files.createDirectory(temp.resolve("to"));

        assertThatThrownBy(() -> client.restore(
                        Path.of("/w"), null, to, new Hostile(FileName.parse("/w/a"), FileName.parse("/w/a"))))
                .hasMessageContaining("damaged");
        assertThat(to.resolve("w/a")).doesNotExist();
        assertThat(Trees.walk(to)).hasSize(2);
    }

    /** What is damaged wholly at a center comes as a file that is void, whatever it was; as a file with content it is refused. */
    @Test
    void whatComesAsSomethingElseIsNamedIfItIsVoidAndRefusedIfNot() throws IOException {
        FileName asked = FileName.parse("/w/a");
        Path to = Files.createDirectory(temp.resolve("to"));

        assertThatThrownBy(() -> client.restore(
                        Path.of("/w"), null, to, new Hostile(asked, asked, FileType.DIRECTORY, new RunItem.FileVoid())))
                .hasMessageContaining("/w/a")
                .hasMessageContaining("damaged where it is stored");
        assertThatThrownBy(() ->
                        client.restore(Path.of("/w"), null, to, new Hostile(asked, asked, FileType.DIRECTORY, null)))
                .hasMessageContaining("comes as something else");
        assertThat(to.resolve("w/a")).doesNotExist();
    }

    /** It is put aside, not in memory, for as long as somebody wants to wait. */
    @Test
    void aListWithoutEndCanBeCancelled() {
        Archive endless = new Through(new ModelCenter()) {
            @Override
            public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
                for (long i = 1; ; i++) {
                    to.version(listed(FileName.parse("/w/" + i)));
                }
            }
        };
        long[] checks = new long[1];
        Progress progress = new Cancelling(() -> ++checks[0] > 50_000);
        Path to = temp.resolve("to");

        assertThatThrownBy(() -> client.restorer.restore(
                        new RestoreFiles("/w", null, to, false, null), Client.only(endless), progress))
                .isInstanceOf(CancellationException.class);
        assertThat(to).doesNotExist();
    }

    private static StoredVersion listed(FileName path) {
        return listed(path, FileType.REGULAR);
    }

    private static StoredVersion listed(FileName path, FileType type) {
        return new StoredVersion(
                new RunId("me", "docs", 1), path, 0, Instant.EPOCH, type, 3, Instant.EPOCH, "ab", "m", null);
    }

    /** Lists one path, and sends another, with a content that has another hash. */
    private static final class Hostile extends Through {

        private final FileName listed;
        private final FileName sent;
        private final FileType type;
        private final RunItem instead;

        Hostile(FileName listed, FileName sent) {
            this(listed, sent, FileType.REGULAR, null);
        }

        /**
         * @param type of what is listed
         * @param instead comes instead of a content; null: that comes
         */
        Hostile(FileName listed, FileName sent, FileType type, RunItem instead) {
            super(new ModelCenter());
            this.listed = listed;
            this.sent = sent;
            this.type = type;
            this.instead = instead;
        }

        @Override
        public void versions(VersionsRequest request, Uplink.VersionSink to) throws IOException {
            to.version(HostileCenterTest.listed(listed, type));
        }

        @Override
        public ReadableByteChannel content(ContentRequest request) throws IOException {
            var bytes = new ByteArrayOutputStream();
            RunItem.Start start = new RunItem.Start(new UUID(1, 2), "x", 1, 0, Instant.EPOCH);
            try (FrameWriter frames = new FrameWriter(Channels.newChannel(bytes), start.mark())) {
                RunWriter writer = new RunWriter(start, frames);
                writer.write(new RunItem.FileItem(
                        sent,
                        FileType.REGULAR,
                        0600,
                        0,
                        0,
                        null,
                        null,
                        new RunItem.Times(Instant.EPOCH, Instant.EPOCH, null, null),
                        3,
                        null,
                        0,
                        List.of(),
                        0,
                        new RunItem.Follows()));
                ByteBuffer content = ByteBuffer.wrap(new byte[] {1, 2, 3});
                ContentHash hash = new ContentHash();
                hash.add(0, content);
                if (instead == null) {
                    writer.write(new RunItem.Data(0, content));
                    writer.write(new RunItem.FileEnd(hash.finish(3), null));
                } else {
                    writer.write(instead);
                }
                writer.finish();
            }
            return Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray()));
        }
    }
}
