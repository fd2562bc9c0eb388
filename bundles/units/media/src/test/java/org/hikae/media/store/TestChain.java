package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ManifestCodec;
import org.hikae.media.testing.FilesCheck;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.RandomFiles;
import org.hikae.media.testing.TestFiles;

/** Generations of a disk that changes, each with what it should read as. */
final class TestChain {

    static final int BLOCK = 4096;
    private static final int BLOCKS = 64;

    final TestBackup disk = new TestBackup(5, BLOCK, BLOCKS * BLOCK - 100);
    /** What generations read as, by their ids. */
    final Map<String, byte[]> expected = new TreeMap<>();

    /** What generations answer for: of a group, not everything. */
    private BlockSet set = disk.all();

    private int changes;
    /** The files that are in generations of a group, by their ids. */
    private final Map<String, TestFiles> files = new HashMap<>();

    TestChain() {}

    /** Of a group of files, with the meta information of these alone. */
    TestChain(String group) {
        set = disk.all().minus(BlockSet.of(new BlockRun(40, 3), new BlockRun(55, 1)));
        disk.group = new GenerationGroup(group, Meta.GROUP, List.of("dir_A/*"));
    }

    /** @param image what it reads as, which its files are a part of */
    private GenerationInfo made(byte[] image, Making making) throws IOException {
        if (disk.group != null) {
            Random random = new Random(changes);
            disk.files = RandomFiles.makeSmall(random, BLOCK, image, set);
        }
        GenerationInfo info = making.make();
        files.put(info.id(), disk.files);
        return info;
    }

    /** Makes a generation. */
    private interface Making {
        GenerationInfo make() throws IOException;
    }

    String full(GenerationStore store, String medium) throws IOException {
        return remember(made(disk.image, () -> disk.make(store, medium, set, null, null)), disk.image);
    }

    /** With a log that is kept apart, some blocks of which are needed. */
    String fullWithLog(GenerationStore store, String medium, String logMedium) throws IOException {
        disk.logged = BlockSet.range(3, 9);
        return remember(made(disk.image, () -> disk.make(store, medium, set, logMedium, false)), disk.image);
    }

    /** Changes three blocks, one of which the generation before has changed too. */
    String upon(GenerationStore store, String medium, String parent) throws IOException {
        BlockSet.Builder stored = new BlockSet.Builder();
        byte[] image = expected.get(parent).clone();
        for (int i = 0; i < 3; i++) {
            int block = (changes * 2 + i) % (BLOCKS - 1);
            Arrays.fill(disk.image, block * BLOCK, (block + 1) * BLOCK, (byte) (changes + i));
            disk.image[block * BLOCK + i] = (byte) 0xaa;
            System.arraycopy(disk.image, block * BLOCK, image, block * BLOCK, BLOCK);
            stored.add(new BlockRun(block, 1));
        }
        changes++;
        return remember(
                made(
                        image,
                        () -> disk.makeUpon(
                                store, medium, parent, set, stored.build().intersect(set))),
                image);
    }

    private String remember(GenerationInfo info, byte[] image) {
        expected.put(info.id(), image.clone());
        return info.id();
    }

    /** Checks that these generations are there, and no others, and that each reads as it should. */
    void check(GenerationStore store, String... ids) throws IOException {
        assertThat(ids(store)).containsExactly(ids);
        for (String id : ids) {
            assertThat(store.get(id).problem()).as(id).isNull();
            checkContent(store, id);
            assertThat(store.verify(id, Progress.NONE).damages()).as(id).isEmpty();
        }
    }

    void checkContent(GenerationStore store, String id) throws IOException {
        try (GenerationReader reader = store.open(id)) {
            checkContent(reader);
        }
    }

    void checkContent(GenerationReader reader) throws IOException {
        String id = reader.info().id();
        if (reader.info().group() != null) {
            TestBackup.checkGroup(reader, expected.get(id), set);
            FilesCheck.check(files.get(id), reader.openMeta().orElseThrow(), new Random(1));
            return;
        }
        assertThat(Arrays.equals(TestBackup.readAll(reader), expected.get(id)))
                .as(id)
                .isTrue();
    }

    static List<String> ids(GenerationStore store) throws IOException {
        return store.survey().generations().stream().map(GenerationInfo::id).toList();
    }

    /** Checks that there is nothing on media to which no manifest refers. */
    static void checkNoGarbage(MemoryDriver... drivers) throws IOException {
        Set<String> needed = new HashSet<>();
        for (MemoryDriver driver : drivers) {
            for (Map.Entry<String, byte[]> object : driver.objects.entrySet()) {
                GenerationId id = GenerationId.ofObject(object.getKey()).orElse(null);
                if (id != null && id.revisionOfManifest(object.getKey()).isPresent()) {
                    Manifest manifest = ManifestCodec.decode(id, object.getValue());
                    needed.add(object.getKey());
                    manifest.all().forEach(ref -> needed.add(ref.name()));
                }
            }
        }
        for (MemoryDriver driver : drivers) {
            List<String> garbage = new ArrayList<>(driver.names());
            garbage.removeAll(needed);
            assertThat(garbage).isEmpty();
        }
    }
}
