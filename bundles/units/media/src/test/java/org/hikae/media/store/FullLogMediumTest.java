package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockRun;
import org.hikae.api.job.Progress;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.io.Buffers;
import org.hikae.media.medium.RollCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log whose medium is full, and has room again: no byte is lost or doubled, and its hash is right. */
class FullLogMediumTest extends StoreTestBase {

    private final AtomicInteger waits = new AtomicInteger();

    @BeforeEach
    void smallObjects() {
        store.close();
        store = new GenerationStore(media, home, 1, 50_000, RollCall.PATIENCE);
        backup = new TestBackup(5, 4096, 1_000_003);
        all = backup.all();
        // Noise, so that there is something to write.
        new Random(5).nextBytes(backup.image);
    }

    /** Makes a generation of which all blocks are in the log. */
    private String makeLogged(Patience patience) throws IOException {
        try (GenerationWriter writer = store.create(backup.request("m"));
                BlockWriter blocks = writer.openBlocks();
                LogSink log = writer.openLog(LogPlace.SEPARATE, "logs", patience)) {
            blocks.zeros(new BlockRun(0, backup.blockCount()));
            blocks.complete();
            for (int block = 0; block < backup.blockCount(); block++) {
                var data = Buffers.allocate(4096);
                int from = block * 4096;
                data.put(backup.image, from, Math.min(4096, backup.image.length - from));
                log.put(block + 1, new BlockRun(block, 1), data.clear());
            }
            log.complete();
            return writer.seal(Seal.full(all, null, Instant.EPOCH, 0)).id();
        }
    }

    private void check(String id) throws IOException {
        try (GenerationReader reader = store.open(id)) {
            assertThat(TestBackup.readAll(reader)).isEqualTo(backup.image);
        }
        assertThat(store.verify(id, Progress.NONE).damages()).isEmpty();
    }

    @Test
    void roomComesInDribs() throws IOException {
        logs.room.set(64);
        Random random = new Random(6);
        String id = makeLogged(full -> {
            assertThat(full).isInstanceOf(MediumFullException.class);
            waits.incrementAndGet();
            logs.room.addAndGet(random.nextInt(5000));
            if (waits.get() % 50 == 0) {
                logs.room.set(1 << 20); // for the index, which is written when all are done
            }
        });
        assertThat(waits.get()).isGreaterThan(20);
        check(id);
    }

    /** Where every step of an object is refused once. */
    @Test
    void everyStepIsRefusedOnce() throws IOException {
        AtomicInteger steps = new AtomicInteger();
        logs.fault = what -> {
            boolean ofLog = what.matches("(create|write|commit) data@1/log\\..*");
            // The first object is created and its header is written without patience, so that it is known early.
            if (ofLog && steps.getAndIncrement() > 1 && steps.get() % 2 == 0) {
                throw new MediumFullException(what, null);
            }
        };
        String id = makeLogged(full -> waits.incrementAndGet());
        assertThat(waits.get()).isGreaterThan(40);
        logs.fault = what -> {};
        check(id);
    }

    @Test
    void isToldAtOnceWithoutPatience() throws IOException {
        logs.room.set(300_000);
        assertThatThrownBy(() -> makeLogged(Patience.NONE)).isInstanceOf(MediumFullException.class);
        assertThat(logs.objects.keySet()).containsExactly("hikae-medium");
        logs.room.set(Long.MAX_VALUE);
        check(makeLogged(Patience.NONE));
    }

    @Test
    void isToldAtTheStartWhateverThePatience() {
        logs.room.set(10);
        assertThatThrownBy(() -> makeLogged(full -> waits.incrementAndGet())).isInstanceOf(MediumFullException.class);
        assertThat(waits.get()).isZero();
    }

    /** Whoever waits is not left waiting when the generation is given up. */
    @Test
    void isGivenUpWhileItWaits() throws IOException {
        GenerationWriter writer = store.create(backup.request("m"));
        LogSink log = writer.openLog(LogPlace.SEPARATE, "logs", full -> writer.close());
        logs.room.set(0);
        var data = Buffers.allocate(1 << 20);
        BlockRun run = new BlockRun(0, 200);
        data.put(backup.image, 0, 200 * 4096).flip();
        log.put(1, run, data);
        assertThatThrownBy(log::complete).isInstanceOf(IOException.class);
        assertThat(logs.objects.keySet()).containsExactly("hikae-medium");
    }
}
