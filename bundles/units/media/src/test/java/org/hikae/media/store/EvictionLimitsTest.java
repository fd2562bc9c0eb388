package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.media.DataPlace.Where;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.MergeRequest;
import org.hikae.media.format.GenerationId;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** c.3: what is not evicted, and what stays since others need it. */
class EvictionLimitsTest extends StoreTestBase {
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
    class Refused {

        private void refused(String id, String told) {
            Map<String, byte[]> before = Map.copyOf(m.copy());
            assertThatThrownBy(() -> store.evict(id))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(told);
            assertThat(m.names()).isEqualTo(new TreeSet<>(names(before)));
        }

        private List<String> names(Map<String, byte[]> objects) {
            return objects.keySet().stream()
                    .filter(name -> !name.startsWith("hikae-medium"))
                    .toList();
        }

        @Test
        void withoutACopyOfEachObject() throws IOException {
            make();
            String told = "no copy on tape that was read back";
            refused("data@1", told);
            Copying.copy(store, tier, "data@1");
            String name = data("data@1");
            byte[] bytes = m.objects.get(name);
            for (MemoryTier.Held held : List.of(
                    new MemoryTier.Held(bytes, false, null),
                    new MemoryTier.Held(bytes, true, "cartridge V00001L9 is damaged"),
                    new MemoryTier.Held(new byte[bytes.length + 1], true, null))) {
                tier.set(id("m"), name, held);
                refused("data@1", told);
            }
            tier.set(id("m"), name, new MemoryTier.Held(bytes, true, null));
            store.evict("data@1");
        }

        /** It was there when all were asked about. */
        @Test
        void aCopyThatIsGivenUpMeanwhile() throws IOException {
            make();
            Copying.copy(store, tier, "data@1");
            String name = data("data@1");
            int[] asked = new int[1];
            tier.fault = what -> {
                if (what.equals("tier copies " + name) && asked[0]++ == 1) {
                    tier.copies.remove(id("m") + " " + name);
                }
            };
            assertThatThrownBy(() -> store.evict("data@1")).hasMessageContaining("no copy on tape");
            assertThat(m.names()).contains(name);
            checkContent("data@1");
        }

        @Test
        void whatIsThereNoMoreOrNotKnown() throws IOException {
            make();
            refused("data@7", "there is no generation");
            media.tier = null;
            refused("data@1", "no copy on tape");
            media.tier = tier;
            Copying.copy(store, tier, "data@1");
            media.tier = null;
            refused("data@1", "tape control, which may have them, is not there");
        }

        @Test
        void fromATape() throws IOException {
            MemoryDriver tape = new MemoryDriver();
            tape.id = new UUID(5, 6);
            media.add("t", tape, "");
            String id = backup.make(store, "t", all, null, null).id();
            tape.objects.forEach((name, bytes) -> tier.put(tape.id, name, bytes));
            assertThatThrownBy(() -> store.evict(id)).hasMessageContaining("which is a tape");
            assertThat(where(id)).isEqualTo(Where.TIER);
            checkContent(id);
        }
    }

    @Nested
    class Shared {

        private String common;

        /** What a merge refers to and has not copied is needed by what it has merged too, for that is held. */
        @BeforeEach
        void share() throws IOException {
            String first = chain.full(store, "m");
            chain.upon(store, "m", first);
            Map<String, byte[]> before = m.copy();
            common = data(first);
            store.merge(new MergeRequest(first, "data@2", null), Progress.NONE);
            assertThat(m.names()).contains(common).doesNotContain("data@1/manifest");
            new Holds(home.resolve("holds")).add(new GenerationId("data", 1), "a restore");
            before.forEach((name, bytes) -> {
                if (name.startsWith("data@1/")) {
                    m.objects.put(name, bytes);
                }
            });
            store.close();
            store = new GenerationStore(media, home, 1);
            chain.check(store, "data@1", "data@2");
        }

        @Test
        void stays() throws IOException {
            Eviction eviction = evict("data@2");
            assertThat(eviction.shared()).containsExactly(common);
            assertThat(eviction.bytes()).isPositive();
            assertThat(where("data@2")).isEqualTo(Where.TIER);
            assertThat(where("data@1")).isEqualTo(Where.BOTH);
            assertThat(evict("data@1").shared()).isEmpty();
            assertThat(m.names()).noneMatch(name -> name.contains("/data."));
            chain.check(store, "data@1", "data@2");
        }

        /** Neither waits for the other for ever. */
        @Test
        void goesWithTheLastOfThem() throws IOException {
            assertThat(evict("data@1")).isEqualTo(new Eviction("data@1", 0, List.of(common)));
            assertThat(evict("data@2").shared()).isEmpty();
            assertThat(m.names()).noneMatch(name -> name.contains("/data."));
            chain.check(store, "data@1", "data@2");
        }
    }
}
