package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.Seal;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.TestMedia;
import org.hikae.media.testing.FilesCheck;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.RandomFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was once written stays readable for ever: in format 1, with logs that say where they end (format 2), as merges leave it (format 3), and of groups of files (format 4). The media in
 * the test resources are never written again; with the system property {@code hikae.write.golden} they are written where
 * there are none, which is for a new format.
 */
class GoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final UUID HOME = new UUID(1, 1);

    /** Of all blocks but 40 to 49, which the generations do not answer for. */
    private static final BlockSet SET = BlockSet.range(0, 40).union(BlockSet.range(50, 51));

    /** What the differential one holds itself. */
    private static final BlockSet STORED = BlockSet.range(8, 12).union(BlockSet.range(90, 3));

    private static final TrackingPoint POINT = new TrackingPoint(new UUID(5, 6), 7);

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"format-1", "format-2"})
    void isStillRead(String format) throws IOException {
        Path golden = GOLDEN.resolve(format);
        if (Boolean.getBoolean("hikae.write.golden") && !Files.exists(golden)) {
            write(golden);
        }
        byte[] expected = Files.readAllBytes(golden.resolve("image"));
        TestMedia media = new TestMedia(HOME)
                .add("m", load(golden.resolve("m")), "")
                .add("logs", load(golden.resolve("logs")), "");
        try (GenerationStore store = new GenerationStore(media, home, 1)) {
            List<GenerationInfo> list = store.survey().generations();
            assertThat(list)
                    .extracting(GenerationInfo::id)
                    .containsExactly("data@1", "data@2", "data@3", "data@4", "data@5");
            assertThat(list)
                    .extracting(GenerationInfo::placement)
                    .containsExactly(null, "overlay", "separate", "separate", null);
            assertThat(list).extracting(GenerationInfo::parent).containsExactly(null, null, null, null, "data@3");
            assertThat(list.get(4).mark()).isEqualTo("mark");
            assertThat(list.get(4).point()).isEqualTo(POINT);
            assertThat(list.get(4).ownBlocks()).isEqualTo(STORED.count());
            for (GenerationInfo info : list) {
                assertThat(info.problem()).isNull();
                assertThat(info.blocks()).isEqualTo(SET.count());
                assertThat(info.loggedBlocks()).isEqualTo(info.placement() == null ? 0 : 25);
                try (GenerationReader reader = store.open(info.id())) {
                    assertThat(reader.set()).isEqualTo(SET);
                    assertThat(TestBackup.readAll(reader)).isEqualTo(expected);
                }
                assertThat(store.verify(info.id(), Progress.NONE).damages()).isEmpty();
            }
        }
    }

    /** Format 3: what merges make, which refers to frames in folders of others. */
    @Test
    void aMergeIsStillRead() throws IOException {
        Path golden = GOLDEN.resolve("format-3");
        if (Boolean.getBoolean("hikae.write.golden") && !Files.exists(golden)) {
            writeMerged(golden);
        }
        byte[] expected = Files.readAllBytes(golden.resolve("image"));
        assertThat(Files.readString(golden.resolve("m/data@3/manifest-1"))).startsWith("hikae-manifest 3 ");
        TestMedia media = new TestMedia(HOME)
                .add("m", load(golden.resolve("m")), "")
                .add("logs", load(golden.resolve("logs")), "");
        try (GenerationStore store = new GenerationStore(media, home, 1)) {
            List<GenerationInfo> list = store.survey().generations();
            assertThat(list).extracting(GenerationInfo::id).containsExactly("data@1", "data@3", "data@4", "data@6");
            assertThat(list).extracting(GenerationInfo::parent).containsExactly(null, "data@1", "data@3", null);
            for (GenerationInfo info : list) {
                assertThat(info.problem()).isNull();
                assertThat(info.blocks()).isEqualTo(SET.count());
                try (GenerationReader reader = store.open(info.id())) {
                    assertThat(reader.set()).isEqualTo(SET);
                    assertThat(TestBackup.readAll(reader)).isEqualTo(expected);
                }
                assertThat(store.verify(info.id(), Progress.NONE).damages()).isEmpty();
            }
        }
    }

    /** Format 4: generations of groups, with the meta information of all files and of these alone, moved and merged. */
    @Test
    void aGroupIsStillRead() throws IOException {
        Path golden = GOLDEN.resolve("format-4");
        if (Boolean.getBoolean("hikae.write.golden") && !Files.exists(golden)) {
            writeGroups(golden);
        }
        byte[] expected = Files.readAllBytes(golden.resolve("image"));
        assertThat(Files.readString(golden.resolve("m/data@4/manifest-1"))).startsWith("hikae-manifest 4 ");
        TestMedia media = new TestMedia(HOME)
                .add("m", load(golden.resolve("m")), "")
                .add("logs", load(golden.resolve("logs")), "");
        try (GenerationStore store = new GenerationStore(media, home, 1)) {
            List<GenerationInfo> list = store.survey().generations();
            assertThat(list).extracting(GenerationInfo::id).containsExactly("data@1", "data@2", "data@4");
            assertThat(list).extracting(GenerationInfo::parent).containsExactly(null, "data@1", null);
            assertThat(list)
                    .extracting(GenerationInfo::group)
                    .containsExactly(group("g", Meta.GROUP), group("g", Meta.ALL), group("控え", Meta.GROUP));
            for (GenerationInfo info : list) {
                assertThat(info.problem()).isNull();
                try (GenerationReader reader = store.open(info.id())) {
                    assertThat(reader.set()).isEqualTo(SET);
                    TestBackup.checkGroup(reader, expected, SET);
                    Path told = golden.resolve(info.id() + ".txt");
                    assertThat(Files.exists(told)).isEqualTo(info.group().meta() == Meta.GROUP);
                    if (Files.exists(told)) {
                        assertThat(FilesCheck.tell(reader.openMeta().orElseThrow()))
                                .isEqualTo(Files.readString(told));
                    }
                }
                assertThat(store.verify(info.id(), Progress.NONE).damages()).isEmpty();
            }
        }
    }

    private static GenerationGroup group(String name, Meta meta) {
        return new GenerationGroup(name, meta, List.of("dir_A/*", "X 除く/file_d"));
    }

    private static MemoryDriver load(Path folder) throws IOException {
        MemoryDriver driver = new MemoryDriver();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                driver.objects.put(name, Files.readAllBytes(file));
            }
        }
        return driver;
    }

    private void write(Path golden) throws IOException {
        MemoryDriver m = new MemoryDriver();
        MemoryDriver logs = new MemoryDriver();
        TestMedia media = new TestMedia(HOME).add("m", m, "").add("logs", logs, "");
        TestBackup backup = new TestBackup(42, 512, 100 * 512 + 99);
        backup.logged = BlockSet.range(10, 15).union(BlockSet.range(60, 10));
        try (GenerationStore store = new GenerationStore(media, home, 1, 12_000, RollCall.PATIENCE)) {
            backup.make(store, "m", SET, null, null);
            backup.make(store, "m", SET, null, true);
            backup.make(store, "m", SET, null, false);
            backup.make(store, "m", SET, "logs", false);
            try (GenerationWriter writer = store.create(backup.request("logs", "data@3", "mark"))) {
                backup.write(writer, STORED, null, null);
                writer.seal(new Seal(SET, STORED, POINT, Instant.ofEpochSecond(2), 6));
            }
        }
        save(golden, m, logs, backup);
    }

    private void writeMerged(Path golden) throws IOException {
        MemoryDriver m = new MemoryDriver();
        MemoryDriver logs = new MemoryDriver();
        TestMedia media = new TestMedia(HOME).add("m", m, "").add("logs", logs, "");
        TestBackup backup = new TestBackup(42, 512, 100 * 512 + 99);
        backup.logged = BlockSet.range(10, 15);
        try (GenerationStore store = new GenerationStore(media, home, 1, 12_000, RollCall.PATIENCE)) {
            backup.make(store, "m", SET, null, null);
            backup.makeUpon(store, "m", "data@1", SET, STORED);
            backup.makeUpon(store, "logs", "data@2", SET, BlockSet.range(14, 9));
            backup.makeUpon(store, "logs", "data@3", SET, BlockSet.range(90, 2));
            store.merge(new MergeRequest("data@2", "data@3", "m"), Progress.NONE);
            backup.make(store, "m", SET, "logs", false);
            backup.makeUpon(store, "m", "data@5", SET, STORED);
            store.merge(new MergeRequest("data@5", "data@6", null), Progress.NONE);
        }
        save(golden, m, logs, backup);
    }

    private void writeGroups(Path golden) throws IOException {
        MemoryDriver m = new MemoryDriver();
        MemoryDriver logs = new MemoryDriver();
        TestMedia media = new TestMedia(HOME).add("m", m, "").add("logs", logs, "");
        TestBackup backup = new TestBackup(42, 512, 100 * 512 + 99);
        backup.logged = BlockSet.range(10, 15);
        backup.files = RandomFiles.makeSmall(new Random(11), 512, backup.image, SET);
        try (GenerationStore store = new GenerationStore(media, home, 1, 12_000, RollCall.PATIENCE)) {
            backup.group = group("g", Meta.GROUP);
            backup.make(store, "m", SET, null, true);
            backup.group = group("g", Meta.ALL);
            backup.makeUpon(store, "m", "data@1", SET, STORED);
            backup.group = group("控え", Meta.GROUP);
            backup.make(store, "logs", SET, null, false);
            backup.makeUpon(store, "logs", "data@3", SET, STORED);
            store.merge(new MergeRequest("data@3", "data@4", "m"), Progress.NONE);
            save(golden, m, logs, backup);
            for (String id : List.of("data@1", "data@4")) {
                try (GenerationReader reader = store.open(id)) {
                    Files.writeString(
                            golden.resolve(id + ".txt"),
                            FilesCheck.tell(reader.openMeta().orElseThrow()));
                }
            }
        }
    }

    private static void save(Path golden, MemoryDriver m, MemoryDriver logs, TestBackup backup) throws IOException {
        Files.createDirectories(golden);
        Files.write(golden.resolve("image"), backup.expected(SET));
        for (Map.Entry<String, MemoryDriver> medium :
                Map.of("m", m, "logs", logs).entrySet()) {
            for (Map.Entry<String, byte[]> object : medium.getValue().objects.entrySet()) {
                Path file = golden.resolve(medium.getKey()).resolve(object.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, object.getValue());
            }
        }
    }
}
