package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.Seal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GenerationStoreTest extends StoreTestBase {

    @Nested
    class Numbers {

        @Test
        void areNeverGivenTwice() throws IOException {
            assertThat(make().id()).isEqualTo("data@1");
            store.create(backup.request("m")).close();
            GenerationInfo third = make();
            assertThat(third.id()).isEqualTo("data@3");
            store.remove("data@3");
            store.remove("data@1");
            assertThat(make().id()).isEqualTo("data@4");
        }

        @Test
        void goOnFromTheMediaInANewHome() throws IOException {
            make();
            make();
            Path other = Files.createDirectory(home.resolve("other"));
            try (GenerationStore fresh = new GenerationStore(media, other, 1)) {
                assertThat(backup.make(fresh, "logs", all, null, true).id()).isEqualTo("data@3");
            }
        }

        @Test
        void ofADamagedHomeAreNotGuessed() throws IOException {
            make();
            Files.writeString(home.resolve("numbers/data"), "x");
            assertThatThrownBy(() -> make()).hasMessageContaining("does not hold the number of a generation");
        }
    }

    @Nested
    class Writing {

        @Test
        void everyWantedBlockMustBeThere() throws IOException {
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                try (BlockWriter blocks = writer.openBlocks()) {
                    blocks.zeros(new BlockRun(0, 20));
                    blocks.complete();
                }
                assertThatThrownBy(() -> writer.seal(Seal.full(all, null, Instant.EPOCH, 0)))
                        .isInstanceOf(IOException.class)
                        .hasMessage(
                                all.count() - 20 + " wanted blocks, from block 20 on, are neither copied nor logged");
            }
            assertThat(store.survey().generations()).isEmpty();
            assertThat(m.objects).containsOnlyKeys("hikae-medium");
        }

        @Test
        void everyWriterMustBeComplete() throws IOException {
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                backup.write(writer, all, null, null);
                BlockWriter late = writer.openBlocks();
                assertThatThrownBy(() -> writer.seal(Seal.full(all, null, Instant.EPOCH, 0)))
                        .hasMessageContaining("not every writer has completed");
                assertThatThrownBy(() -> late.zeros(new BlockRun(0, 1))).hasMessageContaining("was dropped");
            }
        }

        /** A copy of the home does not know that the run lives, and takes its objects for garbage (R19). */
        @Test
        void r19_whatAnotherHasRemovedMeanwhileIsNotPassedOffAsWhole() throws IOException {
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                backup.write(writer, all, null, null);
                String gone = m.objects.keySet().stream()
                        .filter(name -> name.contains("/data."))
                        .findFirst()
                        .orElseThrow();
                m.objects.remove(gone);
                assertThatThrownBy(() -> writer.seal(Seal.full(all, null, Instant.EPOCH, 0)))
                        .isInstanceOf(IOException.class)
                        .hasMessage("generation data@1 cannot be sealed: " + gone + " on medium 'm' is gone");
            }
            assertThat(store.survey().generations()).isEmpty();
        }

        @Test
        void anIncompleteLogIsNoLog() throws IOException {
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                backup.write(writer, all, null, null);
                LogSink log = writer.openLog(LogPlace.SEPARATE, null, Patience.NONE);
                log.put(1, new BlockRun(0, 1), ByteBuffer.allocate(4096));
                log.close();
                assertThatThrownBy(() -> writer.seal(Seal.full(all, null, Instant.EPOCH, 0)))
                        .hasMessageContaining("not every writer has completed");
            }
        }

        @Test
        void aSealedGenerationTakesNothingMore() throws IOException {
            GenerationWriter writer = store.create(backup.request("m"));
            backup.write(writer, all, null, null);
            writer.seal(Seal.full(all, null, Instant.EPOCH, 0));
            assertThatThrownBy(writer::openBlocks).hasMessageContaining("was sealed");
            writer.close();
            writer.close();
            assertThat(store.survey().generations()).hasSize(1);
        }

        @Test
        void aLogIsLaidOverOnTheOwnMediumOnly() throws IOException {
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                assertThatThrownBy(() -> writer.openLog(LogPlace.OVERLAY, "logs", Patience.NONE))
                        .hasMessageContaining("cannot be laid over");
                assertThatThrownBy(() -> writer.openLog(LogPlace.SEPARATE, "none", Patience.NONE))
                        .hasMessageContaining("no medium 'none'");
                writer.openLog(LogPlace.SEPARATE, "logs", Patience.NONE).close();
            }
        }

        @Test
        void wrongBlocksAreRefused() throws IOException {
            try (GenerationWriter writer = store.create(backup.request("m"));
                    BlockWriter blocks = writer.openBlocks()) {
                assertThatThrownBy(() -> blocks.zeros(new BlockRun(backup.blockCount(), 1)))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> blocks.write(new BlockRun(0, 2), ByteBuffer.allocate(4096)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }

        /** R7: blocks that were copied twice, by a worker that was lost and by its successor. */
        @Test
        void blocksMayBeCopiedTwice() throws IOException {
            try (GenerationWriter writer = store.create(backup.request("m"))) {
                backup.write(writer, all, null, null);
                backup.write(writer, BlockSet.range(3, 30), null, null);
                writer.seal(Seal.full(all, null, Instant.EPOCH, 0));
            }
            checkContent("data@1");
            assertThat(store.verify("data@1", Progress.NONE).intact()).isTrue();
        }

        @Test
        void aHugeHoleCostsNothing() throws IOException {
            long size = 20L << 40;
            GenerationRequest request = new GenerationRequest(
                    "data", new UUID(1, 2), size + 5, 4096, "raw", "m", Layout.PACKED, null, null, null);
            BlockSet every = BlockSet.range(0, size / 4096 + 1);
            try (GenerationWriter writer = store.create(request);
                    BlockWriter blocks = writer.openBlocks()) {
                blocks.zeros(new BlockRun(0, size / 4096 - 1));
                ByteBuffer data = ByteBuffer.allocate(2 * 4096).put(4096 + 4, (byte) 7);
                blocks.write(new BlockRun(size / 4096 - 1, 2), data);
                blocks.complete();
                GenerationInfo info = writer.seal(Seal.full(every, null, Instant.EPOCH, 0));
                assertThat(info.storedBytes()).isLessThan(3000);
            }
            try (GenerationReader reader = store.open("data@1")) {
                assertThat(reader.set()).isEqualTo(every);
                assertThat(reader.nextData(0)).isEqualTo(size);
                ByteBuffer last = ByteBuffer.allocate(5);
                reader.read(last, size);
                assertThat(last.get(4)).isEqualTo((byte) 7);
                assertThat(reader.nextHole(size)).isEqualTo(size + 5);
            }
        }
    }

    @Nested
    class Reading {

        @Test
        void aReaderIsReadOnlyAndBounded() throws IOException {
            make();
            GenerationReader reader = store.open("data@1");
            assertThat(reader.readOnly()).isTrue();
            assertThatThrownBy(() -> reader.write(ByteBuffer.allocate(1), 0))
                    .isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> reader.zero(0, 1)).isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(2), reader.size() - 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), -1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            reader.close();
            reader.close();
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> reader.nextData(0)).isInstanceOf(ClosedChannelException.class);
        }

        @Test
        void keepsFromRemoval() throws IOException {
            make();
            try (GenerationReader reader = store.open("data@1")) {
                assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("is in use");
                assertThatThrownBy(() -> media.handle("m").endUses()).hasMessageContaining("data@1 is being read");
                assertThat(TestBackup.readAll(reader)).isEqualTo(backup.image);
            }
            store.remove("data@1");
            assertThat(m.objects).containsOnlyKeys("hikae-medium");
            assertThatThrownBy(() -> store.open("data@1")).hasMessageContaining("there is no generation 'data@1'");
            assertThatThrownBy(() -> store.get("what ever")).hasMessageContaining("there is no generation");
            media.handle("m").endUses();
        }

        /** R10: without the log, nothing is read, rather than what was copied too late. */
        @Test
        void withoutItsLogAGenerationIsNotOpened() throws IOException {
            backup.make(store, "m", all, "logs", false);
            checkContent("data@1");
            media.stop("logs");
            String told = "the log of data@1, without which it cannot be read, is on medium 'logs'";
            assertThatThrownBy(() -> store.open("data@1")).hasMessageContaining(told);
            assertThatThrownBy(() -> store.verify("data@1", Progress.NONE)).hasMessageContaining(told);
            assertThat(store.survey().generations().get(0).problem()).contains(told);
            media.add("logs under another name", logs, "");
            checkContent("data@1");
            assertThat(store.survey().generations().get(0).problem()).isNull();
        }

        @Test
        void aDriverThatGoesAwayIsTold() throws IOException {
            make();
            try (GenerationReader reader = store.open("data@1");
                    GenerationWriter writer = store.create(backup.request("m"));
                    BlockWriter blocks = writer.openBlocks()) {
                media.stop("m");
                String told = "medium 'm': its driver went away";
                assertThatThrownBy(() -> TestBackup.readAll(reader)).hasMessageContaining(told);
                blocks.zeros(new BlockRun(0, 5));
                assertThatThrownBy(() -> {
                            blocks.write(
                                    new BlockRun(5, 1),
                                    ByteBuffer.allocate(4096).put(1, (byte) 1));
                            blocks.complete();
                        })
                        .hasMessageContaining(told);
                assertThatThrownBy(() -> writer.openLog(LogPlace.OVERLAY, null, Patience.NONE))
                        .hasMessageContaining(told);
            }
            media.add("m", m, "");
            checkContent("data@1");
            assertThat(make().id()).isEqualTo("data@3");
        }

        @Test
        void aDriverThatGoesAwayIsNoDamage() throws IOException {
            make();
            Progress stop = new Cancel(() -> media.stop("m"));
            assertThatThrownBy(() -> store.verify("data@1", stop)).hasMessageContaining("its driver went away");
        }

        @Test
        void verifyingCanBeCancelled() throws IOException {
            make();
            Progress cancel = new Cancel(() -> {
                throw new CancellationException();
            });
            assertThatThrownBy(() -> store.verify("data@1", cancel)).isInstanceOf(CancellationException.class);
            store.remove("data@1");
        }
    }

    @Nested
    class Listing {

        @Test
        void whatIsMissingIsAProblem() throws IOException {
            make();
            byte[] index = m.objects.remove("data@1/index");
            assertThat(store.survey().generations().get(0).problem()).isEqualTo("data@1/index is missing");
            m.objects.put("data@1/index", new byte[3]);
            assertThat(store.get("data@1").problem()).contains("data@1/index has 3 bytes instead of");
            assertThatThrownBy(() -> store.open("data@1")).hasMessageContaining("data@1/index has 3 bytes");
            m.objects.put("data@1/index", index);
            assertThat(store.get("data@1").problem()).isNull();
        }

        @Test
        void aDamagedManifestIsAProblemAndCanBeRemoved() throws IOException {
            make();
            m.objects.get("data@1/manifest")[100] ^= 1;
            try (GenerationStore later = new GenerationStore(media, home, 1)) {
                GenerationInfo info = later.survey().generations().get(0);
                assertThat(info.problem()).contains("the manifest of data@1 is damaged");
                assertThat(info.disk()).isEqualTo("data");
                assertThatThrownBy(() -> later.open("data@1")).hasMessageContaining("is damaged");
                assertThat(later.verify("data@1", Progress.NONE).affected()).isEqualTo(all);
                later.remove("data@1");
                assertThat(m.objects).containsOnlyKeys("hikae-medium");
            }
        }

        @Test
        void isByDiskAndNumber() throws IOException {
            for (int i = 0; i < 11; i++) {
                backup.make(store, i % 2 == 0 ? "m" : "logs", all, null, false);
            }
            assertThat(store.survey().generations())
                    .extracting(GenerationInfo::number)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        }

        @Test
        void twoOfOneIdAreNotMixedUp() throws IOException {
            make();
            m.objects.forEach((name, bytes) -> logs.objects.putIfAbsent(name, bytes));
            assertThat(store.survey().generations()).hasSize(2);
            assertThatThrownBy(() -> store.open("data@1"))
                    .hasMessageContaining("data@1 is on medium 'm' and on medium 'logs'");
        }
    }

    /** Does something when it is asked whether to go on. */
    private record Cancel(Runnable action) implements Progress {

        @Override
        public void phase(String phase) {}

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {
            action.run();
        }

        @Override
        public void pass(Check check) {
            action.run();
        }

        @Override
        public void onCancel(Runnable action) {}
    }
}
