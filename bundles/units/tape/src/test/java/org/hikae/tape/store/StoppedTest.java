package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.CartridgeInfo.State;
import org.hikae.tape.store.write.ObjectStream;
import org.hikae.tape.store.write.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session that is ended in mid-write leaves its cartridge to others. */
@Timeout(60)
class StoppedTest {

    @TempDir
    Path folder;

    @Test
    void theOnlyCartridgeIsWrittenByTheNextSession() throws Exception {
        try (StoreRig rig = new StoreRig(folder).add("one", 1, 1, 1 << 20, "AA")) {
            Session session = rig.store.begin("pool", null, Progress.NONE);
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            rig.hook.set((method, after) -> {
                writing.countDown();
                awaitQuietly(cancelled);
                throw new InterruptedIOException("cancelled");
            });
            ObjectStream stream = session.begin(new ObjectStream.Name(StoreRig.MEDIUM, "medium", "one"));
            stream.write(ByteBuffer.wrap(new byte[12 * StoreRig.PAYLOAD]));
            writing.await();
            Thread closer = new Thread(session::close);
            closer.start();
            while (!session.hasFailed()) {
                Thread.onSpinWait();
            }
            rig.hook.set((method, after) -> {});
            cancelled.countDown();
            closer.join();
            rig.copy("pool", Map.of("two", new byte[3000]));
            assertThat(rig.contents()).containsOnlyKeys("two");
        }
    }

    @Test
    void whoIsEndedWaitsForNoCartridge() throws Exception {
        try (StoreRig rig = new StoreRig(folder).add("one", 2, 2, 1 << 16, "AA");
                Session other = rig.store.begin("pool", null, Progress.NONE)) {
            ObjectStream kept = other.begin(new ObjectStream.Name(StoreRig.MEDIUM, "medium", "kept"));
            kept.write(ByteBuffer.wrap(new byte[20 * StoreRig.PAYLOAD]));
            Session session = rig.store.begin("pool", null, Progress.NONE);
            Thread writer = new Thread(() -> fill(session));
            writer.start();
            while (rig.store.volumes().volumes().stream().noneMatch(volume -> volume.state() == State.FULL)) {
                assertThat(writer.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            session.close();
            writer.join();
        }
    }

    /** With more than a cartridge takes. */
    private static void fill(Session session) {
        ObjectStream stream = session.begin(new ObjectStream.Name(StoreRig.MEDIUM, "medium", "one"));
        assertThatThrownBy(() -> stream.write(ByteBuffer.wrap(new byte[1 << 17])))
                .isInstanceOf(IOException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) throws InterruptedIOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
