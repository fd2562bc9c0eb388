package org.hikae.group.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.group.testing.ImageFileSystem;
import org.hikae.group.testing.Images;
import org.hikae.group.testing.RegexModel;
import org.hikae.group.testing.Shown;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of files on ext: a copy with the metadata and the blocks of a group has the group's files, byte by byte. */
class RealImageTest {

    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    private static final int INLINE_BYTES = 60;

    @TempDir
    private static Path folder;

    private static Path jdk;
    private static Path jdkImage;

    @BeforeAll
    static void makeImage() throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        jdk = folder.resolve("jdk");
        // The archives are most of its bytes, and few of its files.
        Images.run(
                folder,
                "mkdir jdk && cd '" + home + "' && tar -c "
                        + (LONG
                                ? ""
                                : "--exclude=*.so --exclude=modules"
                                        + " --exclude=*.jmod --exclude=*.zip --exclude=*.jsa")
                        + " . | tar -xC '" + jdk + "'");
        jdkImage = folder.resolve("jdk.img");
        Images.run(folder, "truncate -s " + (LONG ? "2G" : "96M") + " jdk.img && mkfs.ext4 -q -F -d jdk jdk.img");
    }

    /** Its links lead to other places, which nobody shall be warned of. */
    @AfterAll
    static void removeTree() throws IOException {
        Images.run(folder, "rm -r jdk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "/",
                "legal/*\nX legal/java.base/*",
                "*.properties\n*.cfg\nX /conf/security/",
                "/lib/**\nX *.jar\n*src*\nX [!s]*.zip",
                "bin/*\ninclude/**/*.h\nX jni.h\nman/man1/j[a-d]*",
                "nothing/like/this"
            })
    void aJdkIsTakenAsTheModelTakesIt(String lines) throws IOException {
        List<String> list = lines.lines().toList();
        RegexModel model = new RegexModel(list);
        Set<String> expected = new TreeSet<>();
        try (Stream<Path> files = Files.walk(jdk)) {
            for (Path file : files.toList()) {
                String path = "/" + jdk.relativize(file);
                if (model.has(path, Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))) {
                    expected.add(path);
                }
            }
        }
        try (FileSystem fileSystem = new ImageFileSystem(jdkImage)) {
            Shown shown = Shown.by(fileSystem, list);
            Set<String> found = new TreeSet<>(shown.members());
            // What mkfs makes besides.
            found.remove("/lost+found");
            assertThat(found).isEqualTo(expected);
            checkContents(jdkImage, fileSystem, shown, jdk);
        }
    }

    /** What e2fsprogs read from a copy that has the group's blocks alone is what the files held. */
    private static void checkContents(Path image, FileSystem fileSystem, Shown shown, Path source) throws IOException {
        BlockSet metadata = fileSystem.metadata();
        assertThat(shown.blocks().intersect(metadata)).isEqualTo(BlockSet.empty());
        Path restored = Files.createTempDirectory(folder, "restored");
        Path copy = Images.copy(
                image, metadata.union(shown.blocks()), fileSystem.info().blockSize(), restored.resolve("copy.img"));
        Images.run(restored, "mkdir out && debugfs -R 'rdump / out' copy.img");
        for (String member : shown.members()) {
            Path file = source.resolve(member.substring(1));
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                assertThat(Files.mismatch(file, restored.resolve("out" + member)))
                        .as(member)
                        .isEqualTo(asDumped(fileSystem, Files.size(file)));
            }
        }
        Images.run(restored, "e2fsck -fn " + copy.getFileName() + " && rm -r out copy.img");
    }

    /** Of content that lies in the inode, debugfs dumps the whole place for it: up to the file's size there is no mismatch. */
    private static long asDumped(FileSystem fileSystem, long size) throws IOException {
        boolean inside = fileSystem.info().features().contains("inline_data") && size < INLINE_BYTES;
        return inside ? size : -1;
    }

    /** Reserved blocks, holes, hard links, names that are no UTF-8, and content that lies in the inode. */
    @ParameterizedTest
    @ValueSource(strings = {"-b 1024", "-b 4096 -O inline_data", "-t ext2 -b 1024", "-t ext3 -b 4096"})
    void filesOfAllKindsAreTaken(String options) throws IOException {
        Path at = Files.createTempDirectory(folder, "kinds");
        Images.run(
                at,
                """
                mkdir -p source/in source/out && cd source
                head -c 20 /dev/urandom >in/tiny
                head -c 50000 /dev/urandom >in/plain
                head -c 30000 /dev/urandom >out/other
                head -c 40000 /dev/urandom >in/linked && ln in/linked out/linked && ln in/linked in/again
                for i in 0 7 90 4000; do echo "$i" | dd of=in/holes bs=1024 seek=$i conv=notrunc status=none; done
                head -c 3000 /dev/urandom >$'in/caf\\xe9'
                head -c 5000 /dev/urandom >in/reserved
                ln -s plain in/link && mkfifo in/fifo
                cd .. && truncate -s 32M image && mkfs.ext4 -q -F -d source OPTIONS image
                """
                        .replace("OPTIONS", options));
        boolean extents = !options.contains("ext2") && !options.contains("ext3");
        if (extents) {
            Images.run(at, "debugfs -w -R 'fallocate /in/reserved 5 500' image");
        }
        try (FileSystem fileSystem = new ImageFileSystem(at.resolve("image"))) {
            Shown shown = Shown.by(fileSystem, "in/*", "X plain", "caf\\xe9", "X fifo");
            assertThat(shown.members())
                    .containsExactlyInAnyOrder(
                            "/in/tiny",
                            "/in/linked",
                            "/in/again",
                            "/in/holes",
                            "/in/caf\\xe9",
                            "/in/reserved",
                            "/in/link");
            long size = fileSystem.info().blockSize();
            long tiny = options.contains("inline_data") ? 0 : 1;
            long plainBlocks = Stream.of(40_000, 3000, 5000)
                    .mapToLong(bytes -> (bytes + size - 1) / size)
                    .sum();
            long holes = 4;
            assertThat(shown.blocks().count()).isEqualTo(plainBlocks + holes + tiny);
            checkOthers(fileSystem, shown.blocks());
            checkContents(at.resolve("image"), fileSystem, without(shown), at.resolve("source"));
        }
    }

    /** Java has no name for bytes that are no UTF-8 in every locale. */
    private static Shown without(Shown shown) {
        shown.members().removeIf(member -> member.contains("\\"));
        return shown;
    }

    private static void checkOthers(FileSystem fileSystem, BlockSet blocks) throws IOException {
        FileEntry root = fileSystem.find("/").orElseThrow();
        fileSystem.walk(root, file -> {
            if (file.path().equals("/in/plain") || file.path().equals("/out/other")) {
                fileSystem.extents(file.attributes().inode(), 0).forEach(each -> assertThat(
                                blocks.intersect(BlockSet.range(each.physical(), each.count())))
                        .isEqualTo(BlockSet.empty()));
            }
            return true;
        });
    }

    @Test
    void everyBlockOfTheGroupIsContentOfAMember() throws IOException {
        try (FileSystem fileSystem = new ImageFileSystem(jdkImage)) {
            BlockSet all = Shown.by(fileSystem, "*").blocks();
            BlockSet some = Shown.by(fileSystem, "/legal/*").blocks();
            BlockSet others = Shown.by(fileSystem, "*", "X /legal/*").blocks();
            assertThat(some.intersect(others)).isEqualTo(BlockSet.empty());
            assertThat(some.union(others)).isEqualTo(all);
            assertThat(fileSystem.used().minus(fileSystem.metadata()).minus(all))
                    .isEqualTo(BlockSet.empty());
        }
    }
}
