package org.hikae.fs.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.fs.shared.testing.Rig.name;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.logging.Logger;
import org.hikae.api.fs.FileName;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.testing.ImageDevice;
import org.hikae.fs.shared.testing.NextFit;
import org.hikae.fs.shared.testing.Rig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files, in one directory and in a tree, on a real disk file; tells how many of each call it does in a second. */
class ManyFilesTest {

    private static final Logger LOG = Logger.getLogger(ManyFilesTest.class.getName());
    private static final int FILES = Boolean.getBoolean("hikae.long") ? 1_000_000 : 5_000;
    private static final int IN_A_DIRECTORY = 100;
    private static final long SIZE = 16L << 30;
    private static final long ROOT = 1;

    private final SharedDiskFormat format = new SharedDiskFormat();
    private ImageDevice device;
    private SharedFileSystem fileSystem;

    @BeforeEach
    void format(@TempDir Path folder) throws IOException {
        device = new ImageDevice(folder.resolve("disk"), SIZE);
        format.format(device, Rig.OPTIONS);
        fileSystem = format.mount(device, NextFit::new);
    }

    @AfterEach
    void close() throws IOException {
        fileSystem.close();
        device.close();
    }

    /** What is done to one of the files. */
    @FunctionalInterface
    private interface Each {
        void run(int file) throws IOException;
    }

    private static void each(String what, Each each) throws IOException {
        long start = System.nanoTime();
        for (int file = 0; file < FILES; file++) {
            each.run(file);
        }
        tell(what, start);
    }

    private static void tell(String what, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        LOG.info(() -> String.format(
                Locale.ROOT, "%s: %d files, %.1f s, %.0f a second", what, FILES, seconds, FILES / seconds));
    }

    private static FileName file(int number) {
        return name("file-" + number);
    }

    @Test
    void inOneDirectory() throws IOException {
        each("create in one directory", file -> fileSystem.create(ROOT, file(file), NewFile.regular(0644, 0, 0)));
        Random random = new Random(1);
        each("look up at random", file -> assertThat(fileSystem
                        .lookup(ROOT, List.of(file(random.nextInt(FILES))))
                        .found())
                .isEqualTo(1));
        assertThat(list(ROOT)).isEqualTo(FILES);
        checkAndReopen(FILES + 1);
        each("remove from one directory", file -> fileSystem.unlink(ROOT, file(file)));
        assertThat(fileSystem.space().files()).isEqualTo(1);
    }

    @Test
    void inATree() throws IOException {
        long[] directory = {ROOT, ROOT};
        each("create in a tree", file -> {
            if (file % (IN_A_DIRECTORY * IN_A_DIRECTORY) == 0) {
                directory[0] = make(ROOT, file);
            }
            if (file % IN_A_DIRECTORY == 0) {
                directory[1] = make(directory[0], file);
            }
            fileSystem.create(directory[1], file(file), NewFile.regular(0644, 0, 0));
        });
        Random random = new Random(1);
        each("look up by path at random", file -> assertThat(
                        fileSystem.lookup(ROOT, path(random.nextInt(FILES))).found())
                .isEqualTo(3));
        checkAndReopen(fileSystem.space().files());
        each("remove from a tree", file -> {
            List<FileName> path = path(file);
            long in = fileSystem.lookup(ROOT, path.subList(0, 2)).attributes().inode();
            fileSystem.unlink(in, path.get(2));
        });
    }

    private long make(long in, int number) throws IOException {
        return fileSystem
                .create(in, directory(number), NewFile.directory(0755, 0, 0))
                .inode();
    }

    private static FileName directory(int number) {
        return name("directory-" + number);
    }

    private static List<FileName> path(int file) {
        return List.of(
                directory(file / (IN_A_DIRECTORY * IN_A_DIRECTORY) * IN_A_DIRECTORY * IN_A_DIRECTORY),
                directory(file / IN_A_DIRECTORY * IN_A_DIRECTORY),
                file(file));
    }

    private long list(long directory) throws IOException {
        long start = System.nanoTime();
        long count = 0;
        for (long next = 0; next >= 0; ) {
            SharedFileSystem.Listing part = fileSystem.list(directory, next);
            count += part.entries().size();
            next = part.next();
        }
        tell("list", start);
        return count;
    }

    private void checkAndReopen(long files) throws IOException {
        long start = System.nanoTime();
        fileSystem.commit();
        tell("commit", start);
        start = System.nanoTime();
        assertThat(fileSystem.check().findings()).isEmpty();
        tell("check", start);
        start = System.nanoTime();
        fileSystem.close();
        tell("unmount", start);
        start = System.nanoTime();
        fileSystem = format.mount(device, NextFit::new);
        tell("mount", start);
        assertThat(fileSystem.space().files()).isEqualTo(files);
    }
}
