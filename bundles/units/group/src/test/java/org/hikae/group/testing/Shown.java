package org.hikae.group.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Groups;
import org.hikae.group.list.GroupList;
import org.hikae.group.select.Selection;

/** What a selection showed, and the blocks that it found. */
public final class Shown implements Groups.Visitor {

    private final Set<String> members = new LinkedHashSet<>();
    private final Set<String> way = new LinkedHashSet<>();
    private final List<String> all = new ArrayList<>();
    private BlockSet blocks = BlockSet.empty();

    private Shown() {}

    public static Shown by(FileSystem fileSystem, List<String> list) throws IOException {
        Shown shown = new Shown();
        shown.blocks = Selection.of(GroupList.of(list), fileSystem, shown);
        return shown;
    }

    public static Shown by(FileSystem fileSystem, String... list) throws IOException {
        return by(fileSystem, List.of(list));
    }

    @Override
    public void visit(FileEntry file, boolean member) {
        String path = file.path();
        assertThat(all).as("each path once").doesNotContain(path);
        if (!path.equals("/")) {
            int slash = path.lastIndexOf('/');
            assertThat(all).as("the directory first").contains(slash == 0 ? "/" : path.substring(0, slash));
        }
        all.add(path);
        (member ? members : way).add(path);
    }

    public Set<String> members() {
        return members;
    }

    /** The directories that were shown, but are no members. */
    public Set<String> way() {
        return way;
    }

    public BlockSet blocks() {
        return blocks;
    }
}
