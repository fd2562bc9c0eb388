package org.hikae.fsext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.testing.Corpus;
import org.hikae.fsext.testing.ImageDevice;
import org.hikae.fsext.testing.Maps;
import org.hikae.fsext.testing.Oracle;
import org.hikae.fsext.testing.Programs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Images from the tests of e2fsprogs, sound, damaged and broken: the expected answers, or a clear refusal. */
class CorpusTest {

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> images() throws IOException {
        List<Corpus.Row> rows = Corpus.rows().orElse(null);
        assumeTrue(rows != null, "skipped: the property hikae.corpus names no folder with images");
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.kind() + " " + row.id(), () -> {
                    switch (row.kind()) {
                        case "clean" -> clean(row);
                        case "damaged" -> damaged(row);
                        default -> refused(row);
                    }
                }));
    }

    private void clean(Corpus.Row row) throws IOException {
        if (row.needsRecovery()) {
            replayed(row);
            return;
        }
        ImageDevice device = new ImageDevice(row.image());
        FileSystemReader reader = ExtReader.open(device);
        assertThat(reader.used()).isEqualTo(used(row.expected()));
        Maps maps = new Maps(device);
        Map<Long, File> found = new TreeMap<>();
        Map<Long, File> expected = new TreeMap<>();
        for (Map.Entry<Long, JsonNode> file : files(row.expected()).entrySet()) {
            expected.put(file.getKey(), File.of(file.getValue()));
            boolean extents = !file.getValue().get("ex").isEmpty();
            found.put(file.getKey(), File.of(maps, reader, file.getKey(), extents));
        }
        assertThat(found).isEqualTo(expected);
        assertThat(reader.metadata().minus(reader.used())).isEqualTo(BlockSet.empty());
    }

    /** What is compared of a file; extents only where it has a tree of them. */
    private record File(long size, String type, TreeSet<Long> blocks, List<List<Long>> extents) {

        static File of(JsonNode expected) {
            return new File(
                    expected.get("size").asLong(),
                    expected.get("type").asText(),
                    CorpusTest.blocks(expected),
                    CorpusTest.extents(expected));
        }

        static File of(Maps maps, FileSystemReader reader, long inode, boolean extents) throws IOException {
            FileAttributes attributes = reader.attributes(inode);
            return new File(
                    attributes.size(),
                    Maps.type(attributes.type()),
                    maps.blocks(inode),
                    extents ? Maps.extents(reader, inode) : List.of());
        }
    }

    /** What counts is what others read once they have replayed the journal of a copy. */
    private void replayed(Corpus.Row row) throws IOException {
        Path copy = Files.write(folder.resolve(row.id()), row.image());
        Oracle.replay(copy);
        ImageDevice device = new ImageDevice(row.image());
        if (Programs.run("dumpe2fs", copy.toString()).code() != 0) {
            // The replay leaves something that nobody can read.
            assertRefused(device);
            return;
        }
        FileSystemReader reader = ExtReader.open(device);
        assertThat(reader.used()).isEqualTo(Oracle.used(copy));
        Map<Long, TreeSet<Long>> blocks =
                Oracle.blocks(copy, files(row.expected()).keySet());
        assertThat(blocks).isNotEmpty();
        Maps maps = new Maps(device);
        for (Map.Entry<Long, TreeSet<Long>> file : blocks.entrySet()) {
            assertThat(maps.blocks(file.getKey()))
                    .as("blocks of %d", file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    private void damaged(Corpus.Row row) throws IOException {
        JsonNode expected = row.expected();
        ImageDevice device = new ImageDevice(row.image());
        BlockSet used;
        FileSystemReader reader;
        try {
            reader = ExtReader.open(device);
            used = reader.used();
        } catch (FileSystemRefusedException e) {
            assertClear(e);
            return;
        }
        if (row.needsRecovery()) {
            repaired(row, used);
        } else if (reader.info().notes().toString().contains("not unmounted")) {
            assertThat(used).isEqualTo(BlockSet.range(0, expected.get("blocks").asLong()));
        } else {
            assertThat(used).isEqualTo(used(expected).union(mapped(expected)));
        }
    }

    /** Fast commits only a repair replays, and it needs a block or two for that. */
    private void repaired(Corpus.Row row, BlockSet used) throws IOException {
        Path copy = Files.write(folder.resolve(row.id()), row.image());
        Programs.run("e2fsck", "-fy", copy.toString());
        BlockSet after = Oracle.used(copy);
        assertThat(used.minus(after)).isEqualTo(BlockSet.empty());
        assertThat(after.minus(used).count()).isLessThanOrEqualTo(2);
    }

    private static void refused(Corpus.Row row) throws IOException {
        assertRefused(new ImageDevice(row.image()));
    }

    private static void assertRefused(ImageDevice device) {
        assertThatThrownBy(() -> ExtReader.open(device).used())
                .isInstanceOfSatisfying(FileSystemRefusedException.class, CorpusTest::assertClear);
    }

    private static void assertClear(FileSystemRefusedException refusal) {
        assertThat(refusal.structure()).isNotBlank();
        assertThat(refusal.getMessage()).startsWith(refusal.structure());
    }

    /** Where there are clusters, the expected answers have the first block of the last cluster of a free range only. */
    private static BlockSet used(JsonNode expected) {
        JsonNode bytes = expected.get("cluster");
        long cluster = bytes.isNull() ? 1 : bytes.asLong() / expected.get("bs").asLong();
        BlockSet.Builder used = new BlockSet.Builder();
        for (JsonNode range : expected.get("used")) {
            long first = (range.get(0).asLong() + cluster - 1) / cluster * cluster;
            long last = range.get(1).asLong() / cluster * cluster + cluster - 1;
            long end = Math.min(last + 1, expected.get("blocks").asLong());
            if (end > first) {
                used.add(new BlockRun(first, end - first));
            }
        }
        return used.build();
    }

    private static BlockSet mapped(JsonNode expected) {
        BlockSet.Builder mapped = new BlockSet.Builder();
        files(expected).values().forEach(file -> blocks(file).forEach(block -> mapped.add(new BlockRun(block, 1))));
        return mapped.build();
    }

    private static Map<Long, JsonNode> files(JsonNode expected) {
        Map<Long, JsonNode> files = new TreeMap<>();
        expected.get("files").properties().forEach(file -> files.put(Long.valueOf(file.getKey()), file.getValue()));
        return files;
    }

    private static TreeSet<Long> blocks(JsonNode file) {
        TreeSet<Long> blocks = new TreeSet<>();
        file.get("blocks").forEach(block -> blocks.add(block.asLong()));
        return blocks;
    }

    private static List<List<Long>> extents(JsonNode file) {
        List<List<Long>> extents = new ArrayList<>();
        file.get("ex")
                .forEach(extent -> extents.add(List.of(
                        extent.get(0).asLong(),
                        extent.get(1).asLong(),
                        extent.get(2).asLong(),
                        extent.get(3).asText().isEmpty() ? 0L : 1L)));
        return extents;
    }
}
