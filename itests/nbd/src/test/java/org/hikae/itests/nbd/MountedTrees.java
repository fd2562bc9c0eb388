package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A disk as it was at T0, and a generation of a group of its files, both mounted by a kernel. */
final class MountedTrees {

    private final Path model;
    private final Path generation;

    MountedTrees(Path model, Path generation) {
        this.model = model;
        this.generation = generation;
    }

    /** All names are there, and all that is to be said of them. */
    void assertSameNames() throws IOException {
        assertThat(names(generation)).isEqualTo(names(model));
    }

    private static SortedMap<String, String> names(Path root) throws IOException {
        SortedMap<String, String> names = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Map<String, Object> is = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
                names.put(
                        root.relativize(path).toString(),
                        is.get("ino") + " " + is.get("mode") + " " + is.get("uid") + " " + is.get("nlink") + " "
                                + is.get("size") + " " + is.get("lastModifiedTime"));
            }
        }
        return names;
    }

    /**
     * Members are what they were, and what is none cannot be read, if it lies in blocks.
     *
     * @param isMember whether the file at a path below the root is in the group
     * @return the number of members, of regular files
     */
    int check(Predicate<String> isMember) throws IOException, InterruptedException {
        int members = 0;
        int others = 0;
        for (String line : files()) {
            String name = line.substring(line.indexOf(' ') + 1);
            if (isMember.test(name)) {
                assertThat(Files.mismatch(model.resolve(name), generation.resolve(name)))
                        .as("where " + name + " differs")
                        .isEqualTo(-1);
                members++;
            } else if (!line.startsWith("0 ")) {
                assertUnreadable(generation.resolve(name));
                others++;
            }
        }
        assertThat(others).as("files that are in no group").isPositive();
        return members;
    }

    /**
     * All files are what they were.
     *
     * @return their number
     */
    int checkAll() throws IOException, InterruptedException {
        List<String> files = files();
        for (String line : files) {
            String name = line.substring(line.indexOf(' ') + 1);
            assertThat(Files.mismatch(model.resolve(name), generation.resolve(name)))
                    .as("where " + name + " differs")
                    .isEqualTo(-1);
        }
        return files.size();
    }

    /** Regular files: the number of blocks that each has, and its path. */
    private List<String> files() throws IOException, InterruptedException {
        return Tool.ok(model.getParent(), "find", model.toString(), "-type", "f", "-printf", "%b %P\\n")
                .lines()
                .toList();
    }

    private static void assertUnreadable(Path path) throws IOException {
        try {
            Files.readAllBytes(path);
        } catch (FileSystemException e) {
            throw new AssertionError("another error than one of the medium", e);
        } catch (IOException e) {
            assertThat(e).hasMessage("Input/output error");
            return;
        }
        throw new AssertionError(path + " can be read, and is in no group");
    }
}
