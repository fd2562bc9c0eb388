package org.hikae.backup;

import java.io.IOException;
import java.util.List;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Groups;

/** A file system of which a walk shows a group's members, and the directories on the way to them. */
final class GroupView extends FileSystemView {

    private final FileSystem all;
    private final List<String> list;
    private final Groups groups;

    GroupView(FileSystem all, List<String> list, Groups groups) {
        super(all);
        this.all = all;
        this.list = list;
        this.groups = groups;
    }

    @Override
    public void walk(FileEntry from, Visitor visitor) throws IOException {
        try {
            groups.select(list, all, (file, member) -> {
                if (PathView.isWithin(file, from) && !visitor.visit(file)) {
                    throw new Ended();
                }
            });
        } catch (Ended e) {
            // The visitor has seen enough.
            return;
        }
    }

    /** Nobody wants to see more. */
    private static final class Ended extends IOException {
        private static final long serialVersionUID = 1;
    }
}
