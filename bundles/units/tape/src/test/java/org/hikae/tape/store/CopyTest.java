package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.api.media.tier.TierReport;
import org.hikae.tape.mount.Volumes;
import org.hikae.tape.store.write.NoCartridgeLeftException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects are copied to tape, read back, and given up. */
class CopyTest {

    @TempDir
    Path folder;

    private StoreRig rig;
    private final Random random = new Random(1);

    @BeforeEach
    void open() throws IOException {
        rig = new StoreRig(folder).add("one", 1, 4, 1 << 20, "AA");
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void whatIsCopiedIsListedProvenAndReadAsItWas() throws IOException {
        Map<String, byte[]> objects = new LinkedHashMap<>();
        for (int length : List.of(0, 1, StoreRig.PAYLOAD, StoreRig.PAYLOAD + 1, 50_000)) {
            objects.put("d@1/data." + length, bytes(length));
        }
        TierReport report = rig.store.copy(
                objects.entrySet().stream()
                        .map(entry -> StoreRig.source(entry.getKey(), entry.getValue()))
                        .toList(),
                "pool",
                false,
                Progress.NONE);
        assertThat(report.objects()).isEqualTo(5);
        assertThat(report.bytes()).isEqualTo(1 + 2 * StoreRig.PAYLOAD + 1 + 50_000);
        assertThat(report.cartridges()).containsExactly("AA0001L9");
        assertThat(rig.store.list(StoreRig.MEDIUM, "d@1/data.1")).containsExactly(new MediumObject("d@1/data.1", 1));
        assertThat(rig.contents()).containsExactlyInAnyOrderEntriesOf(objects);
        assertThat(objects.keySet()).allSatisfy(name -> assertThat(rig.store.tierCopies(StoreRig.MEDIUM, name))
                .singleElement()
                .satisfies(copy -> assertThat(copy.isProven()).isTrue())
                .satisfies(copy -> assertThat(copy.pool()).isEqualTo("pool")));
        rig = rig.again();
        assertThat(rig.contents()).containsExactlyInAnyOrderEntriesOf(objects);
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isTrue();
    }

    @Test
    void holesTakeNoRoom() throws IOException {
        byte[] sparse = new byte[5 << 20];
        System.arraycopy(bytes(1000), 0, sparse, (5 << 20) - 1000, 1000);
        rig.copy("pool", Map.of("image", sparse));
        assertThat(rig.read("image")).isEqualTo(sparse);
        assertThat(rig.store.copies(StoreRig.MEDIUM, "image").get(0).extents())
                .singleElement()
                .satisfies(extent -> assertThat(extent.offset()).isLessThanOrEqualTo((5 << 20) - 1000));
        assertThat(rig.store.volumes().volumes()).singleElement().satisfies(volume -> assertThat(volume.writtenBytes())
                .isLessThan(1 << 20));
    }

    @Test
    void whatHasAProvenCopyIsLeftOutUnlessAnotherIsWanted() throws IOException {
        byte[] content = bytes(3000);
        rig.copy("pool", Map.of("one", content));
        assertThat(rig.store.copy(List.of(StoreRig.source("one", content)), "pool", false, Progress.NONE))
                .isEqualTo(new TierReport(0, 0, 1, List.of()));
        assertThat(rig.store.copy(List.of(StoreRig.source("one", content)), "pool", true, Progress.NONE))
                .isEqualTo(new TierReport(1, 3000, 0, List.of("AA0001L9")));
        assertThat(rig.store.copy(List.of(StoreRig.source("one", content)), "other", false, Progress.NONE))
                .isEqualTo(new TierReport(1, 3000, 0, List.of("AA0002L9")));
        assertThat(rig.store.tierCopies(StoreRig.MEDIUM, "one"))
                .extracting(TierCopy::pool)
                .containsExactly("pool", "pool", "other");
    }

    /** What is not done has no rate. */
    @Test
    void whatIsThereAlreadyIsNothingThatIsDone() throws IOException {
        byte[] content = bytes(3000);
        rig.copy("pool", Map.of("one", content));
        AtomicLong total = new AtomicLong();
        AtomicLong done = new AtomicLong();
        Progress progress = (Progress) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Progress.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "total" -> total.set((long) arguments[0]);
                        case "advance" -> done.addAndGet((long) arguments[0]);
                        default -> {}
                    }
                    return null;
                });
        rig.store.copy(List.of(StoreRig.source("one", content)), "pool", false, progress);
        assertThat(total).hasValue(0);
        assertThat(done).hasValue(0);
        rig.store.copy(
                List.of(StoreRig.source("one", content), StoreRig.source("two", bytes(500))), "pool", false, progress);
        assertThat(total).hasValue(1000);
        assertThat(done).hasValue(1000);
    }

    @Test
    void whatIsForgottenIsGoneAlsoAfterAScan() throws IOException {
        rig.copy("pool", Map.of("one", bytes(3000), "two", bytes(100)));
        rig.store.forget(StoreRig.MEDIUM, "one");
        rig.store.forget(StoreRig.MEDIUM, "one");
        rig.store.forget(StoreRig.MEDIUM, "none");
        assertThat(rig.contents()).containsOnlyKeys("two");
        assertThat(rig.store.reader().scan(true, Progress.NONE).objects()).isZero();
        assertThat(rig.contents()).containsOnlyKeys("two");
        Volumes.Volume volume = rig.store.volumes().volumes().get(0);
        assertThat(volume.objects()).isEqualTo(1);
        assertThat(volume.neededBytes()).isEqualTo(100);
        assertThat(rig.store.volumes().objects(volume.label().volume()))
                .singleElement()
                .satisfies(object -> assertThat(object.name()).isEqualTo("two"));
    }

    @Test
    void aSessionGoesOnFromCartridgeToCartridge() throws IOException {
        Map<String, byte[]> objects = Map.of("big", bytes(2_500_000), "small", bytes(10));
        rig.copy("pool", objects);
        assertThat(rig.contents()).containsExactlyInAnyOrderEntriesOf(objects);
        assertThat(rig.store.tierCopies(StoreRig.MEDIUM, "big").get(0).cartridges())
                .hasSize(3);
        assertThatThrownBy(() -> rig.copy("pool", Map.of("huge", bytes(2_500_000))))
                .isInstanceOf(NoCartridgeLeftException.class)
                .hasMessageContaining("pool 'pool'");
        rig = rig.again();
        assertThat(rig.contents()).containsExactlyInAnyOrderEntriesOf(objects);
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems()).isEmpty();
    }

    /** What is done with a cartridge meanwhile is not left standing as what the copy does. */
    @Test
    void changingCartridgesIsWhatTheCopyWaitsFor() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        Progress progress = new Telling(told);
        rig.store.copy(List.of(StoreRig.source("big", bytes(2_500_000))), "pool", false, progress);
        List<String> writing = told.subList(0, told.lastIndexOf("waiting null"));
        assertThat(writing)
                .contains("waiting null", "waiting labelling cartridge AA0003L9 for pool 'pool'")
                .filteredOn(each -> each.startsWith("doing"))
                .containsExactly("doing writing big to pool 'pool'");
    }

    private record Telling(List<String> told) implements Progress {

        @Override
        public void phase(String phase) {
            told.add("doing " + phase);
        }

        @Override
        public void waiting(String what) {
            told.add("waiting " + what);
        }

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {}

        @Override
        public void pass(Check check) {}

        @Override
        public void onCancel(Runnable action) {}
    }

    @Test
    void verifyingACartridgeReadsAllOfIt() throws IOException {
        rig.copy("pool", Map.of("one", bytes(30_000), "two", bytes(100)));
        rig.store.forget(StoreRig.MEDIUM, "two");
        assertThat(rig.store.reader().verify("AA0001L9", Progress.NONE)).isEmpty();
    }

    /** Names are not given twice. */
    @Test
    void whatHasAnotherContentThanItsCopyIsNotSaidToBeCopied() throws IOException {
        byte[] content = bytes(3000);
        rig.copy("pool", Map.of("one", content));
        assertThatThrownBy(() -> rig.copy("other", Map.of("one", bytes(3000))))
                .hasMessageContaining("one of medium 'medium ä'")
                .hasMessageContaining("another content");
        assertThat(rig.read("one")).isEqualTo(content);
    }

    @Test
    void provingReadsEveryCopy() throws IOException {
        byte[] content = bytes(30_000);
        rig.copy("pool", Map.of("one", content));
        rig.copy("other", Map.of("one", content));
        assertThat(rig.store.prove(StoreRig.MEDIUM, "one", Progress.NONE)).isEmpty();
        assertThat(rig.store.prove(StoreRig.MEDIUM, "none", Progress.NONE)).isEmpty();
    }
}
