package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.job.Progress;
import org.hikae.api.media.DataPlace.Where;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.VerifyReport;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** c.3: a second tier that is not there, or does not know everything; and media that have lost what it has. */
class TierFaultsTest extends StoreTestBase {

    private final MemoryTier tier = new MemoryTier();
    private final TestChain chain = new TestChain();

    @BeforeEach
    void useTier() {
        media.tier = tier;
    }

    private Eviction evict(String id) throws IOException {
        return Copying.evict(store, tier, id);
    }

    private UUID id(String medium) throws IOException {
        return media.open(medium).id();
    }

    /** Copies and evicts because there is no room: then there is none to remember that either. */
    @Nested
    class FullMedium {

        private static final String MARK = "hikae-medium.tier";

        @Test
        void remembersByANameAlone() throws IOException {
            make();
            m.room.set(0);
            evict("data@1");
            assertThat(m.objects.get(MARK)).isEmpty();
            checkContent("data@1");
            media.tier = null;
            assertThat(store.places().get("data@1").where()).isEqualTo(Where.UNKNOWN);
        }

        @Test
        void remembersOnceSomethingHasLeftIt() throws IOException {
            make();
            AtomicBoolean full = new AtomicBoolean(true);
            m.fault = step -> {
                if (step.startsWith("delete ")) {
                    full.set(false);
                } else if (full.get() && step.equals("create " + MARK)) {
                    throw new MediumFullException("no inode is left", null);
                }
            };
            Copying.copy(store, tier, "data@1");
            assertThat(m.objects).doesNotContainKey(MARK);
            store.evict("data@1");
            assertThat(m.objects).containsKey(MARK);
            checkContent("data@1");
        }

        @Test
        void isToldFromOneThatCannotBeWritten() throws IOException {
            make();
            m.fault = step -> {
                if (step.equals("create " + MARK)) {
                    throw new IOException("read-only file system");
                }
            };
            assertThatThrownBy(() -> Copying.copy(store, tier, "data@1")).hasMessageContaining("read-only");
        }
    }

    @Nested
    class WithoutTheTier {

        /** What is missing is said, nothing is damaged, and all is as before when it is back. */
        @Test
        void isNotReadAndNotDamaged() throws IOException {
            make();
            evict("data@1");
            media.tier = null;
            String told = "tape control, which may have them, is not there; start its bundle";
            assertThat(store.get("data@1").problem())
                    .startsWith("data@1/data.")
                    .contains("cannot be found on medium 'm'")
                    .endsWith(told);
            assertThatThrownBy(() -> store.open("data@1"))
                    .hasMessageContaining("cannot be read now")
                    .hasMessageContaining(told)
                    .hasMessageNotContaining("damaged");
            assertThatThrownBy(() -> store.verify("data@1", Progress.NONE)).hasMessageContaining(told);
            assertThatThrownBy(() -> store.remove("data@1")).hasMessageContaining("bring it back");
            assertThat(store.places().get("data@1").tierBytes()).isEqualTo(-1);
            assertThat(store.places().get("data@1").where()).isEqualTo(Where.UNKNOWN);
            media.tier = tier;
            checkContent("data@1");
            assertThat(store.get("data@1").problem()).isNull();
        }

        @Test
        void nothingIsGarbage() throws IOException {
            make();
            Copying.copy(store, tier, "data@1");
            m.objects.put("data@7/data.00.0000", new byte[10]);
            tier.complete = false;
            backup.make(store, "m", all, null, null);
            store.remove("data@1");
            assertThat(m.names()).contains("data@7/data.00.0000").anyMatch(name -> name.startsWith("data@1/data"));
            tier.complete = true;
            store.create(backup.request("m")).close();
            assertThat(m.names()).allMatch(name -> name.startsWith("data@8/"));
            assertThat(tier.copies).isEmpty();
        }

        /** A child may be among what cannot be seen. */
        @Test
        void aParentStays() throws IOException {
            String parent = chain.full(store, "m");
            chain.upon(store, "logs", parent);
            byte[] child = logs.objects.remove("data@2/manifest");
            logs.complete = false;
            assertThatThrownBy(() -> store.remove(parent))
                    .hasMessageContaining("data@2 on medium 'logs', of which not all can be seen now");
            logs.complete = true;
            logs.objects.put("data@2/manifest", child);
            chain.check(store, parent, "data@2");
        }

        /** The generation's manifest may be on a cartridge that is missing. */
        @Test
        void aLogOnAnotherMediumStays() throws IOException {
            backup.make(store, "m", all, "logs", false);
            byte[] manifest = m.objects.remove("data@1/manifest");
            m.complete = false;
            backup.make(store, "logs", all, null, null);
            m.objects.put("data@1/manifest", manifest);
            m.complete = true;
            checkContent("data@1");
        }
    }

    @Nested
    class BadCopies {

        @Test
        void areNoPlace() throws IOException {
            String id = make().id();
            Copying.copy(store, tier, id);
            damageCopies();
            assertThat(store.places().get(id).where()).isEqualTo(Where.NEAR);
            tier.copies.clear();
            evict(id);
            assertThat(store.places().get(id).where()).isEqualTo(Where.TIER);
            damageCopies();
            assertThat(store.places().get(id).where()).isEqualTo(Where.LACKING);
        }

        private void damageCopies() {
            tier.copies.replaceAll((name, held) -> new MemoryTier.Held(held.bytes(), true, "its cartridge is damaged"));
        }

        /** A cartridge that is not there may come; one that is known to be bad makes damage. */
        @Test
        void areDamageAndCartridgesThatAreAwayAreNot() throws IOException {
            String id = make().id();
            evict(id);
            tier.fault = what -> {
                if (what.startsWith("tier read")) {
                    throw new IOException("cartridge V00001L9 is in no library");
                }
            };
            assertThatThrownBy(() -> store.verify(id, Progress.NONE)).hasMessageContaining("is in no library");
            assertThatThrownBy(() -> checkContent(id)).hasMessageContaining("is in no library");
            damageCopies();
            VerifyReport report = store.verify(id, Progress.NONE);
            assertThat(report.damages()).anyMatch(each -> each.contains("is in no library"));
            assertThat(report.affected().isEmpty()).isFalse();
        }
    }

    @Nested
    class Rebuilt {

        /** A home that has lost what it knew of tapes reads them anew, and finds what was given up there. */
        @Test
        void whatWasRemovedStaysSo() throws IOException {
            String first = chain.full(store, "m");
            String second = chain.upon(store, "m", first);
            String third = chain.upon(store, "m", second);
            for (String id : List.of(first, second, third)) {
                evict(id);
            }
            Map<String, MemoryTier.Held> onTapes = tier.copy();
            store.remove(third);
            store.merge(new MergeRequest(first, second, null), Progress.NONE);
            TreeSet<String> needed = new TreeSet<>(tier.copies.keySet());
            tier.copies.putAll(onTapes);
            chain.check(store, second);
            store.close();
            store = new GenerationStore(media, home, 1);
            chain.check(store, second);
            store.create(backup.request("m")).close();
            assertThat(needed).containsAll(tier.copies.keySet());
        }
    }

    @Nested
    class LostManifests {

        /** Whoever looks waits for no cartridge; whoever uses the generation has it brought back. */
        @Test
        void areBroughtBack() throws IOException {
            make();
            evict("data@1");
            m.objects.remove("data@1/manifest");
            try (GenerationStore later = new GenerationStore(media, home, 1)) {
                tier.fault = what -> {
                    if (what.startsWith("tier read")) {
                        throw new IOException("nobody is to wait");
                    }
                };
                assertThat(later.get("data@1").problem()).contains("the manifest of data@1 is on tape alone");
                backup.make(later, "m", all, null, null);
                tier.fault = what -> {};
                assertThat(later.verify("data@1", Progress.NONE).damages()).isEmpty();
                assertThat(m.objects).containsKey("data@1/manifest");
                assertThat(later.get("data@1").problem()).isNull();
                later.remove("data@1");
                assertThat(tier.copies).isEmpty();
            }
        }

        @Test
        void thatAreDamagedAreReadFromTheTier() throws IOException {
            make();
            Copying.copy(store, tier, "data@1");
            m.objects.get("data@1/manifest")[100] ^= 1;
            try (GenerationStore later = new GenerationStore(media, home, 1)) {
                assertThat(later.get("data@1").problem()).contains("is damaged");
                try (GenerationReader reader = later.open("data@1")) {
                    assertThat(TestBackup.readAll(reader)).isEqualTo(backup.image);
                }
            }
        }
    }

    @Nested
    class Rotten {

        /** What a checksum finds is read from the second tier, and is said of the medium. */
        @ParameterizedTest
        @EnumSource(Layout.class)
        void framesAreReadFromTheTier(Layout layout) throws IOException {
            backup.layout = layout;
            backup.over = LogPlace.OVERLAY;
            String id = make().id();
            Copying.copy(store, tier, id);
            rot();
            checkContent(id);
            assertThat(store.verify(id, Progress.NONE).damages()).isNotEmpty();
            store.merge(new MergeRequest(id, id, "logs"), Progress.NONE);
            checkContent(id);
            assertThat(store.verify(id, Progress.NONE).damages()).isEmpty();
        }

        /** Directories and pages, of the log too. */
        @Test
        void indexesAreReadFromTheTier() throws IOException {
            String id = backup.make(store, "m", all, "logs", false).id();
            evict(id);
            for (MemoryDriver driver : List.of(m, logs)) {
                rot(driver, ".*/(index|log-index.*)", 16);
            }
            checkContent(id);
            assertThat(store.verify(id, Progress.NONE).damages()).hasSizeGreaterThan(1);
            tier.copies.keySet().removeIf(name -> name.contains("index"));
            assertThatThrownBy(() -> checkContent(id)).hasMessageContaining("is damaged");
        }

        @Test
        void metaInformationIsReadFromTheTier() throws IOException {
            TestChain group = new TestChain("docs");
            String id = group.full(store, "m");
            Copying.copy(store, tier, id);
            rot(m, ".*/meta", 0);
            group.checkContent(store, id);
            assertThat(store.verify(id, Progress.NONE).damages()).isNotEmpty();
        }

        @Test
        void framesWithoutARightCopyAreDamaged() throws IOException {
            String id = make().id();
            Copying.copy(store, tier, id);
            rot();
            for (String name : m.names()) {
                tier.put(id("m"), name, m.objects.get(name));
            }
            assertThatThrownBy(() -> checkContent(id)).hasMessageContaining("is damaged");
            tier.fault = what -> {
                throw new IOException("the registry of tapes is damaged");
            };
            assertThatThrownBy(() -> checkContent(id)).hasMessageContaining("is damaged");
        }

        private void rot() {
            rot(m, ".*/(data[.].*|log[.].*|image)", 64);
        }

        private void rot(MemoryDriver driver, String names, int from) {
            for (String name : driver.names()) {
                byte[] bytes = driver.objects.get(name);
                if (name.matches(names)) {
                    for (int at = from; at < bytes.length; at += bytes.length < 5000 ? 20 : 5000) {
                        bytes[at] ^= 16;
                    }
                }
            }
        }
    }
}
