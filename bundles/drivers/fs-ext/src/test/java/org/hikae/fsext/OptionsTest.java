package org.hikae.fsext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fsext.testing.ImageDevice;
import org.hikae.fsext.testing.Maps;
import org.hikae.fsext.testing.Oracle;
import org.hikae.fsext.testing.Programs;
import org.hikae.fsext.testing.SourceTree;
import org.hikae.fsext.testing.Sparse;
import org.hikae.fsext.testing.Tree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** File systems with every option that mkfs.ext4 knows, filled from a real tree, against what e2fsprogs says of them. */
class OptionsTest {

    @TempDir
    private static Path folder;

    private static SourceTree source;

    @BeforeAll
    static void makeTree() throws IOException {
        source = SourceTree.create(Files.createDirectory(folder.resolve("source")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ext2 -b 1024",
                "-t ext2 -b 2048 -O ^resize_inode,^sparse_super,^filetype",
                "-t ext3 -b 4096 -I 128",
                "-b 1024",
                "-b 4096",
                "-b 65536",
                "-O bigalloc -C 65536",
                "-b 1024 -O bigalloc -C 16384",
                "-O ^extents,^64bit",
                "-b 1024 -g 1024 -O meta_bg,^resize_inode,^flex_bg,^64bit",
                "-b 1024 -g 512 -N 8192",
                "-O inline_data",
                "-O ea_inode,large_dir",
                "-b 1024 -O ^metadata_csum,uninit_bg,^64bit",
                "-O metadata_csum_seed,casefold -E encoding=utf8",
                "-O encrypt,verity,stable_inodes",
                "-O project,quota,mmp",
                "-b 1024 -O sparse_super2,^resize_inode",
                "-I 1024 -G 64",
                "-b 1024 -O ^flex_bg",
                "-O fast_commit,orphan_file",
                "-b 1024 -r 0 -O none"
            })
    void readsWhatOthersRead(String options) throws IOException {
        check(options);
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    @ValueSource(
            strings = {
                "-t ext2 -b 4096",
                "-t ext3 -b 1024",
                "-b 2048",
                "-b 8192",
                "-b 16384",
                "-b 32768",
                "-O bigalloc -C 16384",
                "-b 1024 -O ^extents,^64bit",
                "-O ^64bit",
                "-O meta_bg,^resize_inode",
                "-b 1024 -g 1024 -O meta_bg,^resize_inode",
                "-O inline_data -I 1024",
                "-O ea_inode",
                "-O large_dir",
                "-O ^metadata_csum",
                "-O ^metadata_csum,uninit_bg",
                "-O metadata_csum_seed",
                "-O casefold -E encoding=utf8",
                "-O encrypt",
                "-O project,quota",
                "-O quota,^metadata_csum",
                "-b 1024 -O sparse_super2 -E num_backup_sb=1",
                "-I 128",
                "-I 512",
                "-I 1024",
                "-b 1024 -G 1",
                "-b 1024 -G 2",
                "-G 64",
                "-b 1024 -O ^sparse_super,^resize_inode",
                "-O mmp",
                "-O fast_commit",
                "-O orphan_file",
                "-O verity,stable_inodes",
                "-O ^has_journal",
                "-O ^dir_index,^huge_file,^dir_nlink,^extra_isize",
                "-O none -I 256",
                "-E lazy_itable_init=1,lazy_journal_init=1",
                "-J size=16 -E stride=4,stripe_width=16"
            })
    void readsWhatOthersReadOfFurtherOptions(String options) throws IOException {
        check(options);
    }

    private static void check(String options) throws IOException {
        Path image = folder.resolve("image");
        make(image, options);
        try (ImageDevice device = new ImageDevice(image)) {
            FileSystemReader reader = ExtReader.open(device);
            assertThat(reader.info().notes()).isEmpty();
            Map<String, FileAttributes> tree = Tree.of(reader);
            assertThat(reader.used()).isEqualTo(Oracle.used(image));
            checkContents(reader, tree);
            checkMaps(device, image, tree);
            checkMetadata(reader, tree);
            Path copy = Sparse.copy(image, reader, folder.resolve("sparse"));
            try (ImageDevice copied = new ImageDevice(copy)) {
                Sparse.check(image, reader, ExtReader.open(copied), copy);
            }
        }
    }

    private static void make(Path image, String options) throws IOException {
        Files.deleteIfExists(image);
        Programs.ok("truncate", "-s", "64M", image.toString());
        List<String> command = new ArrayList<>(
                List.of("mkfs.ext4", "-q", "-F", "-d", source.root().toString()));
        command.addAll(List.of(options.split(" ", -1)));
        command.add(image.toString());
        Programs.ok(command);
    }

    private static void checkContents(FileSystemReader reader, Map<String, FileAttributes> tree) throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        for (Map.Entry<String, FileAttributes> file : tree.entrySet()) {
            if (file.getValue().type() == FileType.REGULAR) {
                contents.put(file.getKey(), Tree.content(reader, file.getValue()));
            }
        }
        assertThat(contents).isEqualTo(source.contents());
        assertThat(tree.get("/size-120").links()).isEqualTo(2);
        assertThat(tree.get("/size-120")).isEqualTo(tree.get("/second name"));
        assertThat(tree.get("/size-1").mode()).isEqualTo(04751);
        assertThat(tree.get("/fifo").type()).isEqualTo(FileType.FIFO);
        assertThat(reader.symlinkTarget(tree.get("/short link").inode())).hasToString("size-1");
        assertThat(reader.symlinkTarget(tree.get("/long link").inode())).hasToString("x".repeat(200));
        if (reader.info().features().contains("ext_attr")) {
            assertThat(attributes(reader, tree.get("/size-120"))).isEqualTo(Map.of("user.comment", 30));
            assertThat(attributes(reader, tree.get("/size-1024"))).isEqualTo(Map.of("user.long", 600));
        }
        if (tree.containsKey("/tty")) {
            FileAttributes disk = tree.get("/disk");
            assertThat(tree.get("/tty").deviceMinor()).isEqualTo(300);
            assertThat(disk.deviceMajor()).isEqualTo(4000);
            assertThat(disk.deviceMinor()).isEqualTo(70000);
            assertThat(tree.get("/size-1").uid()).isEqualTo(70000);
            assertThat(tree.get("/size-1").gid()).isEqualTo(80000);
        }
    }

    private static Map<String, Integer> attributes(FileSystemReader reader, FileAttributes file) throws IOException {
        return reader.extendedAttributes(file.inode()).stream()
                .collect(Collectors.toMap(
                        attribute -> attribute.name().toString(), attribute -> attribute.value().length));
    }

    private static void checkMaps(ImageDevice device, Path image, Map<String, FileAttributes> tree) throws IOException {
        Set<Long> inodes = tree.values().stream()
                // Of a short symlink debugfs takes the target for blocks.
                .filter(file -> file.size() > 0 && (file.type() != FileType.SYMLINK || file.size() >= 60))
                .map(FileAttributes::inode)
                .collect(Collectors.toCollection(TreeSet::new));
        Maps maps = new Maps(device);
        Map<Long, TreeSet<Long>> found = new TreeMap<>();
        for (long inode : inodes) {
            found.put(inode, maps.blocks(inode));
        }
        Map<Long, TreeSet<Long>> expected = Oracle.blocks(image, inodes);
        expected.values().removeIf(TreeSet::isEmpty);
        found.values().removeIf(TreeSet::isEmpty);
        for (Map.Entry<Long, TreeSet<Long>> file : expected.entrySet()) {
            assertThat(found.get(file.getKey()))
                    .as("blocks of %d", file.getKey())
                    .isEqualTo(file.getValue());
        }
        assertThat(found.keySet()).isEqualTo(expected.keySet());
    }

    /** Metadata and content are apart from each other, and together all that is used. */
    private static void checkMetadata(FileSystemReader reader, Map<String, FileAttributes> tree) throws IOException {
        BlockSet.Builder builder = new BlockSet.Builder();
        for (FileAttributes file : tree.values()) {
            if (file.type() == FileType.REGULAR) {
                for (FileExtent extent : Maps.all(reader, file.inode())) {
                    builder.add(new BlockRun(extent.physical(), extent.count()));
                }
            }
        }
        BlockSet content = builder.build();
        BlockSet metadata = reader.metadata();
        assertThat(metadata.intersect(content)).isEqualTo(BlockSet.empty());
        BlockSet others = reader.used().minus(content).minus(metadata);
        if (!reader.info().features().contains("bigalloc")) {
            // Of a cluster, files and structures have a part each.
            assertThat(others).as("used by nobody").isEqualTo(BlockSet.empty());
        }
        FileAttributes file = tree.get("/size-900000");
        FileExtent first = reader.extents(file.inode(), 0).get(0);
        assertThat(reader.owner(first.physical() + first.count() - 1))
                .isEqualTo(new BlockOwner.Content(file.inode(), first.end() - 1));
        BlockRun some = metadata.iterator().next();
        assertThat(reader.owner(some.first())).isInstanceOf(BlockOwner.Structure.class);
    }
}
