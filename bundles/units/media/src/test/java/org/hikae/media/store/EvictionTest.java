package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.DataPlace.Where;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.StoredObjects.StoredObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** c.3: a generation's objects, their copies, and what is left when these alone have its data. */
class EvictionTest extends StoreTestBase {

    private final MemoryTier tier = new MemoryTier();
    private final TestChain chain = new TestChain();

    @BeforeEach
    void useTier() {
        media.tier = tier;
    }

    private Eviction evict(String id) throws IOException {
        return Copying.evict(store, tier, id);
    }

    private Where where(String id) throws IOException {
        return store.places().get(id).where();
    }

    private UUID id(String medium) throws IOException {
        return media.open(medium).id();
    }

    private String data(String id) {
        return m.names().stream()
                .filter(name -> name.startsWith(id + "/data"))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Objects {

        /** With the last one the generation is there: that order is in docs/formats/generation.md. */
        @Test
        void areInTheOrderOfWriting() throws IOException {
            backup.make(store, "m", all, "logs", false);
            try (StoredObjects objects = store.objects("data@1")) {
                assertThat(objects.generation()).isEqualTo("data@1");
                List<String> names = objects.list().stream()
                        .map(each -> each.mediumName() + " " + each.name().substring(7) + (each.bulk() ? " bulk" : "")
                                + (each.near() ? "" : " far"))
                        .map(name -> name.replaceAll("-?[0-9a-f]{8}-.{27}|[.][0-9]{2}[.][0-9]{4}", ""))
                        .distinct()
                        .toList();
                assertThat(names)
                        .containsExactly(
                                "m data bulk", "logs log.0000 bulk", "logs log-index", "m index", "m manifest");
                for (StoredObject each : objects.list()) {
                    MemoryDriver on = each.mediumName().equals("m") ? m : logs;
                    assertThat(each.length()).isEqualTo(on.objects.get(each.name()).length);
                    assertThat(each.medium()).isEqualTo(id(each.mediumName()));
                    try (ObjectReader reader = objects.open(each)) {
                        assertThat(reader.length()).isEqualTo(each.length());
                    }
                }
                StoredObject other = new StoredObject(id("m"), "m", "data@2/manifest", 1, true, false);
                assertThatThrownBy(() -> objects.open(other)).isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Test
        void keepTheGeneration() throws IOException {
            make();
            try (StoredObjects objects = store.objects("data@1")) {
                assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("is in use");
                assertThatThrownBy(() -> media.handle("m").endUses()).hasMessageContaining("data@1 is being copied");
                assertThat(objects.list()).isNotEmpty();
            }
            store.remove("data@1");
            assertThatThrownBy(() -> store.objects("data@1")).hasMessageContaining("there is no generation");
            media.handle("m").endUses();
        }

        @Test
        void ofWhatIsEvictedAreFar() throws IOException {
            make();
            evict("data@1");
            try (StoredObjects objects = store.objects("data@1")) {
                assertThat(objects.list()).allMatch(each -> each.near() == !each.bulk());
                for (StoredObject each : objects.list()) {
                    try (ObjectReader reader = objects.open(each)) {
                        assertThat(reader.length()).isEqualTo(each.length());
                    }
                }
            }
        }
    }

    @Nested
    class Evicted {

        /** A cartridge that is erased between the last look and the deletion would take the only copy with it. */
        @Test
        void keepsItsCopiesFromBeingGivenUpWhileItIsDeleted() throws IOException {
            String id = make().id();
            Copying.copy(store, tier, id);
            List<String> unkept = new ArrayList<>();
            List<String> kept = new ArrayList<>();
            m.fault = step -> {
                if (step.startsWith("delete ")) {
                    (tier.holds.get() == 0 ? unkept : kept).add(step);
                }
            };
            tier.fault = step -> {
                if (tier.holds.get() > 0) {
                    kept.add(step);
                }
            };
            store.evict(id);
            assertThat(unkept).isEmpty();
            List<String> expected = new ArrayList<>();
            for (String step : kept) {
                if (step.startsWith("delete ")) {
                    expected.addAll(List.of(step.replace("delete", "tier copies"), step));
                }
            }
            assertThat(kept).isNotEmpty().isEqualTo(expected);
            assertThat(tier.holds).hasValue(0);
        }

        @ParameterizedTest
        @EnumSource(Layout.class)
        void readsAndVerifiesAsBefore(Layout layout) throws IOException {
            backup.layout = layout;
            backup.over = LogPlace.OVERLAY;
            String id = make().id();
            long before = store.get(id).storedBytes();
            assertThat(where(id)).isEqualTo(Where.NEAR);
            Copying.copy(store, tier, id);
            assertThat(where(id)).isEqualTo(Where.BOTH);
            Eviction eviction = store.evict(id);
            assertThat(eviction.shared()).isEmpty();
            assertThat(eviction.bytes()).isPositive().isLessThan(before);
            assertThat(m.names()).containsExactly(id + "/index", id + "/manifest");
            DataPlace place = store.places().get(id);
            assertThat(place).isEqualTo(new DataPlace(eviction.bytes(), 0, eviction.bytes(), 0));
            assertThat(place.where()).isEqualTo(Where.TIER);
            checkWhole(id);
            assertThat(store.get(id).storedBytes()).isEqualTo(before);
            store.remove(id);
            assertThat(m.names()).isEmpty();
            assertThat(tier.copies).isEmpty();
        }

        private void checkWhole(String id) throws IOException {
            assertThat(store.get(id).problem()).isNull();
            checkContent(id);
            assertThat(store.verify(id, Progress.NONE).damages()).isEmpty();
        }

        @Test
        void withItsLogOnAnotherMedium() throws IOException {
            backup.make(store, "m", all, "logs", false);
            evict("data@1");
            assertThat(m.names()).containsExactly("data@1/index", "data@1/manifest");
            assertThat(logs.names()).hasSize(1).allMatch(name -> name.startsWith("data@1/log-index-"));
            checkWhole("data@1");
            store.remove("data@1");
            assertThat(tier.copies).isEmpty();
        }

        /** What was made on tape has left nothing else behind on a disk. */
        @Test
        void isTheLogOfWhatWasMadeOnATape() throws IOException {
            MemoryDriver tape = new MemoryDriver();
            tape.id = new UUID(5, 6);
            media.add("t", tape, "");
            backup.make(store, "t", all, "logs", false);
            tape.objects.forEach((name, bytes) -> tier.put(tape.id, name, bytes));
            assertThat(where("data@1")).isEqualTo(Where.TIER);
            assertThat(store.places().get("data@1").lackingBytes()).isZero();
            try (StoredObjects objects = store.objects("data@1")) {
                assertThat(objects.list())
                        .allMatch(each -> each.near() == each.mediumName().equals("logs"));
            }
            assertThatThrownBy(() -> store.evict("data@1")).hasMessageContaining("no copy on tape that was read back");
            Map<String, byte[]> before = tape.copy();
            Eviction eviction = evict("data@1");
            assertThat(eviction.bytes()).isPositive();
            assertThat(logs.names()).hasSize(1).allMatch(name -> name.startsWith("data@1/log-index-"));
            assertThat(tape.objects).containsOnlyKeys(before.keySet());
            assertThat(where("data@1")).isEqualTo(Where.TIER);
            checkWhole("data@1");
            assertThatThrownBy(() -> store.evict("data@1")).hasMessageContaining("which is a tape");
        }

        /** Nothing of it is missing, and nothing can be evicted. */
        @Test
        void isNothingOfWhatHasNoData() throws IOException {
            String full = chain.full(store, "m");
            String id =
                    chain.disk.makeUpon(store, "m", full, all, BlockSet.empty()).id();
            Copying.copy(store, tier, id);
            assertThat(where(id)).isEqualTo(Where.NOTHING);
            assertThatThrownBy(() -> store.evict(id)).hasMessageContaining("has no data on its media");
        }

        @Test
        void isBuiltUponAndMerged() throws IOException {
            String last = chain.full(store, "m");
            for (int i = 0; i < 4; i++) {
                evict(last);
                last = chain.upon(store, "m", last);
            }
            chain.check(store, "data@1", "data@2", "data@3", "data@4", "data@5");
            store.merge(new MergeRequest("data@1", "data@3", null), Progress.NONE);
            store.merge(new MergeRequest("data@4", "data@5", "logs"), Progress.NONE);
            chain.check(store, "data@3", "data@5");
            store.remove("data@5");
            store.remove("data@3");
            assertThat(m.names()).isEmpty();
            assertThat(tier.copies).isEmpty();
        }

        @Test
        void readersGoOn() throws IOException {
            make();
            Copying.copy(store, tier, "data@1");
            try (GenerationReader reader = store.open("data@1")) {
                assertThat(TestBackup.readAll(reader)).isEqualTo(backup.image);
                store.evict("data@1");
                m.fault = what -> {
                    if (what.startsWith("read data@1/data")) {
                        throw new IOException("it was deleted");
                    }
                };
                assertThat(TestBackup.readAll(reader)).isEqualTo(backup.image);
            }
        }

        /** Half of it is gone when the process dies: the rest is evicted another time. */
        @Test
        void canBeGoneOnWith() throws IOException {
            chain.disk.alone = false;
            backup.make(store, "m", all, "logs", false);
            Copying.copy(store, tier, "data@1");
            m.objects.remove(data("data@1"));
            assertThat(store.evict("data@1").bytes()).isPositive();
            checkWhole("data@1");
            assertThatThrownBy(() -> store.evict("data@1")).hasMessageContaining("has no data on its media");
        }
    }
}
