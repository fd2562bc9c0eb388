package org.hikae.fsext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.testing.Corpus;
import org.hikae.fsext.testing.ImageDevice;
import org.hikae.fsext.testing.Maps;
import org.hikae.fsext.testing.Oracle;
import org.hikae.fsext.testing.Programs;
import org.hikae.fsext.testing.SourceTree;
import org.hikae.fsext.testing.Sparse;
import org.hikae.fsext.testing.Tree;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the metadata blocks alone a file system has all names and attributes, and is as sound as it was (b.6). */
class MetadataTest {

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> ofOthersImages() throws IOException {
        List<Corpus.Row> rows = Corpus.rows().orElse(null);
        assumeTrue(rows != null, "skipped: the property hikae.corpus names no folder with images");
        return rows.stream()
                .filter(row -> row.kind().equals("clean"))
                .map(row -> DynamicTest.dynamicTest(row.id(), () -> ofOthers(row)));
    }

    private void ofOthers(Corpus.Row row) throws IOException {
        Path image = Files.write(folder.resolve(row.id()), row.image());
        Path copy = folder.resolve(row.id() + "-copy");
        try (ImageDevice device = new ImageDevice(image)) {
            Sparse.copy(image, ExtReader.open(device), copy);
        }
        if (row.needsRecovery()) {
            Oracle.replay(image);
            Oracle.replay(copy);
        }
        try (ImageDevice device = new ImageDevice(image);
                ImageDevice copied = new ImageDevice(copy)) {
            Sparse.check(image, ExtReader.open(device), ExtReader.open(copied), copy);
        } catch (FileSystemRefusedException e) {
            assertThat(row.needsRecovery())
                    .as("refused only after a replay: %s", e)
                    .isTrue();
        }
    }

    private Path make(String options) throws IOException {
        SourceTree source = SourceTree.create(Files.createDirectory(folder.resolve("source")));
        Path image = folder.resolve("image");
        Programs.ok(
                "bash",
                "-c",
                "truncate -s 64M '" + image + "' && PATH=$PATH:/sbin:/usr/sbin mkfs.ext4 -q -F -d '" + source.root()
                        + "' " + options + " '" + image + "'");
        return image;
    }

    /** What is deleted while open is given back by the next mount, or repair, which go by the maps. */
    @ParameterizedTest
    @ValueSource(strings = {"-t ext2 -b 1024", "-t ext3 -b 4096", "-b 1024", "-b 4096", "-b 65536", "-O ea_inode"})
    void hasTheMapsOfDeletedFilesThatAreOpen(String options) throws IOException {
        Path image = make(options);
        long first = inode(image, "/holes");
        long second = inode(image, "/size-1024");
        Oracle.edit(
                image,
                String.join("\n", "unlink /holes", "unlink /size-1024", "ssv last_orphan " + first)
                        + orphan(first, second)
                        + orphan(second, 0));
        Path copy = folder.resolve("copy");
        try (ImageDevice device = new ImageDevice(image)) {
            FileSystemReader reader = ExtReader.open(device);
            assertThat(Tree.of(reader).keySet()).doesNotContain("/holes", "/size-1024");
            Sparse.copy(image, reader, copy);
        }
        String verdict = Sparse.verdict(image, "-fy");
        assertThat(verdict).contains("orphaned inode " + first, "orphaned inode " + second);
        assertThat(Sparse.verdict(copy, "-fy")).isEqualTo(verdict);
        assertThat(Sparse.verdict(copy, "-fn")).startsWith("0 ");
    }

    /** The list of orphans is kept where the time of the deletion would be. */
    private static String orphan(long inode, long next) {
        return "\nsif <" + inode + "> links_count 0\nsif <" + inode + "> dtime " + next;
    }

    private static long inode(Path image, String path) throws IOException {
        try (ImageDevice device = new ImageDevice(image)) {
            return Tree.of(ExtReader.open(device)).get(path).inode();
        }
    }

    /** The list of bad blocks has no name and no type, but a map. */
    @Test
    void hasTheMapOfTheBadBlocks() throws IOException {
        Path list = Files.writeString(
                folder.resolve("bad"),
                LongStream.range(20_000, 20_300).mapToObj(Long::toString).collect(Collectors.joining("\n", "", "\n")));
        Path image = make("-b 1024 -l '" + list + "'");
        Path copy = folder.resolve("copy");
        try (ImageDevice device = new ImageDevice(image)) {
            FileSystemReader reader = ExtReader.open(device);
            Sparse.copy(image, reader, copy);
            assertThat(reader.metadata().contains(20_100))
                    .as("a bad block itself")
                    .isFalse();
        }
        String bad = Programs.ok("dumpe2fs", "-b", image.toString());
        assertThat(bad).contains("20000", "20299");
        assertThat(Programs.ok("dumpe2fs", "-b", copy.toString())).isEqualTo(bad);
        assertThat(Sparse.verdict(copy, "-fn")).isEqualTo(Sparse.verdict(image, "-fn"));
    }

    /** With data=journal a file's content may be nowhere else; whoever takes it by its blocks takes it from there. */
    @Test
    void contentInTheJournalIsFoundThere() throws IOException {
        Path image = make("-b 1024");
        long file = inode(image, "/size-70000");
        byte[] whole;
        long block;
        try (ImageDevice device = new ImageDevice(image)) {
            FileSystemReader reader = ExtReader.open(device);
            block = reader.extents(file, 0).get(0).physical() + 2;
            whole = content(reader, file);
        }
        byte[] journaled = "journaled".repeat(200).substring(0, 1024).getBytes(StandardCharsets.US_ASCII);
        Path content = Files.write(folder.resolve("content"), journaled);
        Oracle.edit(image, String.join("\n", "jo", "jw -b " + block + " " + content, "jc", ""));
        System.arraycopy(journaled, 0, whole, 2048, 1024);
        try (ImageDevice device = new ImageDevice(image)) {
            FileSystemReader reader = ExtReader.open(device);
            assertThat(reader.info().notes().toString()).contains("its journal is not replayed");
            assertThat(content(reader, file)).isEqualTo(whole);
            assertThat(byBlocks(device, reader, file)).isEqualTo(whole);
            assertThat(Maps.all(reader, file).get(1).physical()).isNotEqualTo(block);
        }
    }

    private static byte[] content(FileSystemReader reader, long file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) reader.attributes(file).size());
        reader.read(file, all, 0);
        return all.array();
    }

    /** As one reads who has nothing but the device and the extents. */
    private static byte[] byBlocks(ImageDevice device, FileSystemReader reader, long file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) (reader.attributes(file).size() + 1023) / 1024 * 1024);
        for (FileExtent extent : Maps.all(reader, file)) {
            device.read(
                    all.slice((int) extent.logical() * 1024, (int) extent.count() * 1024), extent.physical() * 1024);
        }
        return Arrays.copyOf(all.array(), (int) reader.attributes(file).size());
    }
}
