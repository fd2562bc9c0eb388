package org.hikae.fsext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.testing.ImageDevice;
import org.hikae.fsext.testing.Maps;
import org.hikae.fsext.testing.Oracle;
import org.hikae.fsext.testing.Programs;
import org.hikae.fsext.testing.Sparse;
import org.hikae.fsext.testing.Tree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that were copied while the kernel had them mounted: what is read is what a replay of the journal makes. */
class BusyTest {

    @TempDir
    private static Path folder;

    private static Path script;

    @BeforeAll
    static void canMount() throws IOException {
        script = folder.resolve("busy.sh");
        try (var in = BusyTest.class.getResourceAsStream("/busy.sh")) {
            Files.copy(in, script);
        }
        Programs.Outcome tried = Programs.run("bash", script.toString(), folder.toString(), "", "");
        assumeTrue(
                tried.code() == 0 || !tried.out().contains("mount:"),
                "skipped: no file system can be mounted here: " + tried.out());
    }

    private static Path copy(String format, String mount) throws IOException {
        Programs.ok("bash", script.toString(), folder.toString(), format, mount == null ? "" : mount);
        return folder.resolve("copy");
    }

    @ParameterizedTest
    @CsvSource({
        "-O metadata_csum,",
        "-O metadata_csum -b 1024,data=journal",
        "'-O ^metadata_csum,^64bit',data=journal",
        "-O ^metadata_csum,journal_checksum",
        "-t ext3 -b 1024,"
    })
    void theJournalIsLaidOver(String format, String mount) throws IOException {
        Path copy = copy(format, mount);
        Path replayed = Files.copy(copy, folder.resolve("replayed"), StandardCopyOption.REPLACE_EXISTING);
        Oracle.replay(replayed);
        try (ImageDevice device = new ImageDevice(copy);
                ImageDevice after = new ImageDevice(replayed)) {
            FileSystemReader reader = ExtReader.open(device);
            assertThat(reader.info().notes()).hasSize(1).first().asString().contains("its journal is not replayed");
            assertThat(reader.info().outdated()).isNull();
            assertThat(reader.used()).isEqualTo(Oracle.used(replayed));
            Map<String, FileAttributes> tree = Tree.of(reader);
            assertThat(tree).isEqualTo(Tree.of(ExtReader.open(after)));
            assertThat(tree)
                    .containsKeys("/escaped", "/d2/moved/f100", "/last", "/reserved")
                    .doesNotContainKey("/d1");
            assertThat(tree).doesNotContainKey("/lost");
            checkMaps(device, replayed, tree);
            checkContents(reader, ExtReader.open(after), tree);
            checkMetadata(copy, reader, replayed, ExtReader.open(after));
        }
    }

    /** The journal is part of the metadata, and replayed into a copy that has nothing else it is the same. */
    private static void checkMetadata(Path image, FileSystemReader reader, Path replayed, FileSystemReader after)
            throws IOException {
        Path copy = Sparse.copy(image, reader, folder.resolve("sparse"));
        try (ImageDevice copied = new ImageDevice(copy)) {
            assertThat(Sparse.names(ExtReader.open(copied))).isEqualTo(Sparse.names(reader));
        }
        Oracle.replay(copy);
        try (ImageDevice copied = new ImageDevice(copy)) {
            Sparse.check(replayed, after, ExtReader.open(copied), copy);
        }
    }

    private static void checkMaps(ImageDevice device, Path replayed, Map<String, FileAttributes> tree)
            throws IOException {
        Maps maps = new Maps(device);
        Map<Long, TreeSet<Long>> found = new TreeMap<>();
        for (FileAttributes file : tree.values()) {
            if (file.type() != FileType.SYMLINK) {
                found.put(file.inode(), maps.blocks(file.inode()));
            }
        }
        assertThat(found).isEqualTo(Oracle.blocks(replayed, found.keySet()));
    }

    private static void checkContents(
            FileSystemReader reader, FileSystemReader replayed, Map<String, FileAttributes> tree) throws IOException {
        for (Map.Entry<String, FileAttributes> file : tree.entrySet()) {
            if (file.getValue().type() == FileType.REGULAR) {
                assertThat(Tree.content(reader, file.getValue()))
                        .as(file.getKey())
                        .isEqualTo(Tree.content(replayed, file.getValue()));
            }
        }
    }

    @Test
    void blocksOfFastCommitsAreUsed() throws IOException {
        Path copy = copy("-O fast_commit", "");
        try (ImageDevice device = new ImageDevice(copy)) {
            FileSystemReader reader = ExtReader.open(device);
            BlockSet used = reader.used();
            BlockSet metadata = reader.metadata();
            Set<String> before = Tree.of(reader).keySet();
            assertThat(reader.info().outdated()).contains("fast commits", "as they were before");
            assertThat(reader.info().notes()).contains(reader.info().outdated());
            Path replayed = folder.resolve("fast");
            Files.copy(copy, replayed);
            Oracle.replay(replayed);
            BlockSet logged = used.minus(Oracle.used(replayed));
            assertThat(logged.count()).isGreaterThan(0);
            // The kernel needs blocks of its own for longer directories and maps.
            Programs.ok("bash", "-c", "cd '" + folder + "' && mount -o loop copy mount && umount mount");
            assertThat(Oracle.used(copy).minus(used).count()).isLessThan(10);
            assertThat(contentOfOthers(copy, before).minus(metadata)).isEqualTo(BlockSet.empty());
        }
    }

    /** Of files that came with the replay, and that a mount of the metadata alone would show. */
    private static BlockSet contentOfOthers(Path image, Set<String> before) throws IOException {
        BlockSet.Builder blocks = new BlockSet.Builder();
        try (ImageDevice device = new ImageDevice(image)) {
            FileSystemReader reader = ExtReader.open(device);
            for (Map.Entry<String, FileAttributes> file : Tree.of(reader).entrySet()) {
                if (file.getValue().type() == FileType.REGULAR && !before.contains(file.getKey())) {
                    Maps.all(reader, file.getValue().inode())
                            .forEach(extent -> blocks.add(new BlockRun(extent.physical(), extent.count())));
                }
            }
        }
        assertThat(blocks.build().count()).isGreaterThan(0);
        return blocks.build();
    }

    /** A copy that was not made at one instant is nothing that can be read for certain; it must do no harm. */
    @Test
    void aTornCopyIsReadOrRefused() throws IOException {
        copy("-O metadata_csum -b 1024 -J size=1", "");
        Programs.ok(
                "bash",
                "-c",
                "cd '" + folder + "' && mount -o loop image mount && { for i in $(seq 300); do mkdir mount/n$i;"
                        + " echo $i > mount/n$i/f; sync mount/n$i/f; done & } && for i in 1 2 3; do cp image torn$i; done;"
                        + " wait; umount mount");
        for (int i = 1; i <= 3; i++) {
            try (ImageDevice device = new ImageDevice(folder.resolve("torn" + i))) {
                FileSystemReader reader = ExtReader.open(device);
                assertThat(reader.used().count()).isPositive();
                assertThat(Tree.of(reader)).isNotEmpty();
            } catch (FileSystemRefusedException e) {
                assertThat(e.structure()).isNotBlank();
            }
        }
    }
}
