package org.hikae.files.client.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.job.Progress;
import org.hikae.files.client.Client;
import org.hikae.files.client.Trees;
import org.hikae.files.client.send.Archive;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.uplink.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A center that has too much to do is waited for. */
class BusyCenterTest extends RestoreFixture {

    private Path to;

    @BeforeEach
    void target() throws IOException {
        to = Files.createDirectory(temp.resolve("to"));
    }

    @Test
    void aCenterThatIsBusyIsWaitedFor() throws IOException {
        Files.writeString(root.resolve("a"), "a");
        client.run("docs", root);
        client.send("docs", center);
        int[] asked = new int[1];
        Archive busy = new Through(center) {
            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                if (asked[0]++ < 20) {
                    throw new RefusedException(503, new ErrorReply(ErrorReply.BUSY, "later"), Duration.ofMillis(1));
                }
                return super.content(request);
            }
        };

        client.restore(root, null, to, busy);

        assertThat(Trees.describe(to.resolve("tree"))).isEqualTo(Trees.describe(root));
        assertThat(asked[0]).isEqualTo(21);
    }

    @Test
    void whoCancelsDoesNotWaitForABusyCenter() throws IOException {
        Archive busy = new BigFile(1, 5) {
            @Override
            public ReadableByteChannel content(ContentRequest request) throws IOException {
                throw new RefusedException(503, new ErrorReply(ErrorReply.BUSY, "later"), Duration.ofDays(1));
            }
        };
        AtomicBoolean waits = new AtomicBoolean();
        Progress cancelling = new Cancelling(waits::get) {
            @Override
            public void phase(String phase) {
                waits.compareAndSet(false, phase.contains("busy"));
            }
        };
        Restorer.Centers centers = Client.only(busy);
        Restorer.Plan plan =
                client.restorer.plan(new RestoreFiles("/w", null, to, false, null), centers, Progress.NONE);

        assertThatThrownBy(() -> client.restorer.restore(plan, cancelling)).isInstanceOf(CancellationException.class);
    }
}
