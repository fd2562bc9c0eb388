package org.hikae.group.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.group.testing.MemoryTree;
import org.hikae.group.testing.RegexModel;
import org.hikae.group.testing.Shown;

/** Random trees and random lists, against regular expressions over paths. */
class ModelTest {

    private static final int TREES = Boolean.getBoolean("hikae.long") ? 20 : 1;

    private static final List<String> NAMES =
            List.of("a", "b", "ab", "ba", "aab", "dir_A", "x y", "X", "ü", "[b]", "a\\xe9", "*");
    private static final List<String> PATTERNS = List.of(
            "a", "b", "ab", "*", "*", "?", "a*", "*b", "?b", "[ab]", "[!a]", "[a-c]*", "**", "**", "dir_A", "x y",
            "\\X", "ü", "[[]b]", "a\\xe9", "\\*", "*a*b");

    @Property(tries = 1500)
    void findsWhatTheModelFinds(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < TREES; i++) {
            MemoryTree tree = tree(random);
            List<String> list = list(random);
            RegexModel model = new RegexModel(list);
            Set<String> members = new LinkedHashSet<>();
            BlockSet.Builder blocks = new BlockSet.Builder();
            tree.files().forEach((path, file) -> {
                if (model.has(path, file.type() == FileType.DIRECTORY)) {
                    members.add(path);
                    tree.extents(file.inode(), 0)
                            .forEach(each -> blocks.add(new BlockRun(each.physical(), each.count())));
                }
            });
            Shown shown = Shown.by(tree, list);
            assertThat(shown.members()).as("%s", list).containsExactlyInAnyOrderElementsOf(members);
            assertThat(shown.way()).containsExactlyInAnyOrderElementsOf(way(members));
            assertThat(shown.blocks()).isEqualTo(blocks.build());
        }
    }

    /** The directories above members that are none themselves. */
    private static Set<String> way(Set<String> members) {
        Set<String> way = new LinkedHashSet<>();
        for (String member : members) {
            for (int slash = member.lastIndexOf('/'); slash > 0; slash = member.lastIndexOf('/', slash - 1)) {
                way.add(member.substring(0, slash));
            }
            way.add("/");
        }
        way.removeAll(members);
        return way;
    }

    private static MemoryTree tree(SplittableRandom random) {
        MemoryTree tree = new MemoryTree(random.nextBoolean());
        List<String> directories = new ArrayList<>(List.of(""));
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            String path = one(directories, random) + "/" + one(NAMES, random);
            if (tree.files().containsKey(path)) {
                continue;
            }
            int kind = random.nextInt(5);
            if (kind < 2) {
                tree.directory(path);
                directories.add(path);
            } else if (kind == 2) {
                long inode = 1000 + random.nextInt(3);
                tree.linked(path, inode, new FileExtent(0, inode, 1, false));
            } else {
                tree.file(path, new FileExtent(0, 10 + i, 1, false));
            }
        }
        return tree;
    }

    private static List<String> list(SplittableRandom random) {
        return random.ints(1 + random.nextInt(6))
                .mapToObj(seed -> line(new SplittableRandom(seed)))
                .toList();
    }

    private static String line(SplittableRandom random) {
        if (random.nextInt(20) == 0) {
            return random.nextBoolean() ? "/" : "X /";
        }
        String pattern = random.ints(1 + random.nextInt(4), 0, PATTERNS.size())
                .mapToObj(PATTERNS::get)
                .collect(Collectors.joining("/"));
        return (random.nextInt(3) == 0 ? "X " : "")
                + (random.nextInt(3) == 0 ? "/" : "")
                + pattern
                + (random.nextInt(4) == 0 ? "/" : "");
    }

    private static <T> T one(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
