package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.api.block.BlockSet;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Layout;
import org.hikae.api.media.LogPlace;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.FilesCheck;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.RandomFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** I3: whatever step of a backup or a removal is the last one, a generation is complete or it is not there. */
class CrashTest {

    private static final UUID HOME = new UUID(1, 1);

    @TempDir
    Path home;

    private final MemoryDriver medium = new MemoryDriver();
    private final MemoryDriver logs = new MemoryDriver();
    private final List<String> steps = new ArrayList<>();
    private TestBackup backup;
    private BlockSet set;

    @BeforeEach
    void makeDisk() {
        backup = new TestBackup(8, 4096, 300_000);
        backup.logged = BlockSet.range(10, 20);
        set = BlockSet.range(0, backup.blockCount());
    }

    /** The platform after a restart: nothing of the one before is left but the media and the home. */
    private GenerationStore restart() throws IOException {
        medium.fault = what -> {};
        logs.fault = what -> {};
        TestMedia media = media().add("m", medium, "").add("logs", logs, "");
        return new GenerationStore(media, home, 1, 60_000, RollCall.PATIENCE);
    }

    /** The media of the home; none yet. */
    TestMedia media() {
        return new TestMedia(HOME);
    }

    /** Makes the process die before its step of that number: nothing works any more. */
    private void dieBefore(int step) {
        AtomicInteger count = new AtomicInteger();
        MemoryDriver.Fault fault = what -> {
            steps.add(what);
            if (count.getAndIncrement() >= step) {
                throw new IOException("the process is dead");
            }
        };
        medium.fault = fault;
        logs.fault = fault;
    }

    /** The same steps each time. */
    private boolean make(GenerationStore store, Layout layout, String placement) {
        makeDisk();
        backup.layout = layout;
        if (placement.equals("group")) {
            backup.group = new GenerationGroup("g", Meta.GROUP, List.of("dir_A/*"));
            backup.files = RandomFiles.makeSmall(new Random(4), backup.blockSize, backup.image, set);
        }
        backup.over = placement.equals("medium") ? LogPlace.MEDIUM : LogPlace.OVERLAY;
        try {
            boolean laidOver = !placement.equals("separate") && !placement.equals("elsewhere");
            backup.make(store, "m", set, placement.equals("elsewhere") ? "logs" : null, laidOver);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PACKED,overlay",
        "PACKED,medium",
        "PACKED,separate",
        "PACKED,elsewhere",
        "PACKED,group",
        "IMAGE,overlay",
        "IMAGE,medium",
        "IMAGE,separate",
        "IMAGE,elsewhere"
    })
    void aBackupThatDiesAtAnyStep(Layout layout, String placement) throws IOException {
        SortedMap<String, byte[]> before = medium.copy();
        boolean made = false;
        int sealedThoughDead = 0;
        long last = 0;
        for (int step = 0; !made; step++) {
            try (GenerationStore store = restart()) {
                before = medium.copy();
                dieBefore(step);
                made = make(store, layout, placement);
            }
            // Even the numbers of generations that came to nothing are not given again.
            try (GenerationStore store = restart()) {
                List<GenerationInfo> list = store.survey().generations();
                for (GenerationInfo info : list) {
                    assertThat(info.number()).isGreaterThan(last);
                    checkIntact(store, info);
                    sealedThoughDead += made ? 0 : 1;
                    last = info.number();
                    store.remove(info.id());
                }
                assertNothingLeft(before);
            }
        }
        // The manifest's commit may have worked before the process died, and then the generation is there.
        assertThat(sealedThoughDead).isOne();
        assertThat(steps).contains("commit data@" + last + "/manifest");
    }

    private void checkIntact(GenerationStore store, GenerationInfo info) throws IOException {
        assertThat(info.problem()).isNull();
        assertThat(store.verify(info.id(), Progress.NONE).damages()).isEmpty();
        try (GenerationReader reader = store.open(info.id())) {
            if (info.group() != null) {
                TestBackup.checkGroup(reader, backup.expected(set), set);
                FilesCheck.check(backup.files, reader.openMeta().orElseThrow(), new Random(1));
                return;
            }
            assertThat(TestBackup.readAll(reader)).isEqualTo(backup.expected(set));
        }
    }

    private void assertNothingLeft(SortedMap<String, byte[]> before) {
        assertThat(medium.objects.keySet()).isEqualTo(before.keySet());
        assertThat(logs.objects.keySet()).containsExactly("hikae-medium");
    }

    /** The parent is as it was, and nothing that never came to be keeps it from being removed. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void aDifferentialThatDiesAtAnyStep(Layout layout) throws IOException {
        BlockSet stored = BlockSet.range(20, 30);
        try (GenerationStore store = restart()) {
            assertThat(make(store, layout, "overlay")).isTrue();
        }
        boolean made = false;
        int sealed = 0;
        for (int step = 0; !made; step++) {
            makeDisk();
            try (GenerationStore store = restart()) {
                dieBefore(step);
                made = makeUpon(store, stored);
            }
            try (GenerationStore store = restart()) {
                List<GenerationInfo> list = store.survey().generations();
                for (GenerationInfo info : list) {
                    checkIntact(store, info);
                }
                assertThat(list.get(0).id()).isEqualTo("data@1");
                assertThat(list.size()).isLessThanOrEqualTo(2);
                if (list.size() == 2) {
                    sealed++;
                    assertThatThrownBy(() -> store.remove("data@1"))
                            .hasMessageContaining(list.get(1).id());
                    store.remove(list.get(1).id());
                }
            }
        }
        assertThat(sealed).isEqualTo(2);
        try (GenerationStore store = restart()) {
            store.remove("data@1");
        }
        assertThat(medium.objects.keySet()).containsExactly("hikae-medium");
    }

    private boolean makeUpon(GenerationStore store, BlockSet stored) {
        try {
            backup.makeUpon(store, "logs", "data@1", set, stored);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"PACKED,overlay", "PACKED,elsewhere", "PACKED,group", "IMAGE,medium", "IMAGE,elsewhere"})
    void aRemovalThatDiesAtAnyStep(Layout layout, String placement) throws IOException {
        boolean removed = false;
        int absent = 0;
        for (int step = 0; !removed; step++) {
            String id;
            try (GenerationStore store = restart()) {
                assertThat(make(store, layout, placement)).isTrue();
                id = store.survey().generations().get(0).id();
                dieBefore(step);
                try {
                    store.remove(id);
                    removed = true;
                } catch (IOException e) {
                    assertThat(steps).isNotEmpty();
                }
            }
            try (GenerationStore store = restart()) {
                for (GenerationInfo info : store.survey().generations()) {
                    checkIntact(store, info);
                    store.remove(info.id());
                }
                absent += steps.contains("delete " + id + "/manifest") ? 1 : 0;
                assertThat(medium.objects.keySet()).containsExactly("hikae-medium");
                assertThat(logs.objects.keySet()).containsExactly("hikae-medium");
            }
        }
        assertThat(absent).isGreaterThan(3);
    }

    /** The same without a restart: the run itself cleans up, and the next one works. */
    @ParameterizedTest
    @CsvSource({"PACKED,overlay", "IMAGE,overlay", "IMAGE,medium"})
    void aMediumThatIsFullAtAnyStep(Layout layout, String placement) throws IOException {
        boolean made = false;
        try (GenerationStore store = restart()) {
            for (int step = 0; !made; step++) {
                AtomicInteger count = new AtomicInteger(step);
                medium.fault = what -> {
                    boolean takesSpace =
                            what.startsWith("write") || what.startsWith("create") || what.startsWith("place");
                    if (takesSpace && count.getAndDecrement() <= 0) {
                        throw new MediumFullException("medium m is full", null);
                    }
                };
                made = make(store, layout, placement);
                medium.fault = what -> {};
                if (!made) {
                    assertThat(new TreeMap<>(medium.objects)).containsOnlyKeys("hikae-medium");
                }
            }
            assertThat(store.survey().generations()).hasSize(1);
            checkIntact(store, store.survey().generations().get(0));
        }
    }
}
