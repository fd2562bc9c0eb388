package org.hikae.group.select;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Groups;
import org.hikae.group.list.GroupList;
import org.hikae.group.list.Place;

/**
 * One walk through a file system that finds the members of a list and their blocks ([0093]). Of the tree it holds the
 * directories on the way to where it is.
 */
public final class Selection implements FileSystem.Visitor {

    private final GroupList list;
    private final FileSystem fileSystem;
    private final Groups.Visitor visitor;
    /** The directories on the way, the deepest first. */
    private final Deque<Directory> way = new ArrayDeque<>();
    /** Numbers of the members with several names, as though they were blocks. */
    private final BlockSet.Builder met = new BlockSet.Builder();

    private final Runs blocks = new Runs();

    private Selection(GroupList list, FileSystem fileSystem, Groups.Visitor visitor) {
        this.list = list;
        this.fileSystem = fileSystem;
        this.visitor = visitor;
    }

    private static final class Directory {

        private final FileEntry file;
        private final Place place;
        private boolean shown;

        Directory(FileEntry file, Place place, boolean shown) {
            this.file = file;
            this.place = place;
            this.shown = shown;
        }

        /** Length of its path, as the paths of what is in it begin with it. */
        int length() {
            return file.path().equals("/") ? 0 : file.path().length();
        }
    }

    /** As {@link Groups#select}. */
    public static BlockSet of(GroupList list, FileSystem fileSystem, Groups.Visitor visitor) throws IOException {
        FileEntry root = fileSystem.find("/").orElseThrow(() -> new IOException("the file system has no root"));
        Selection selection = new Selection(list, fileSystem, visitor);
        fileSystem.walk(root, selection);
        return selection.blocks.build();
    }

    @Override
    public boolean visit(FileEntry file) throws IOException {
        boolean directory = file.attributes().type() == FileType.DIRECTORY;
        Place place = place(file, directory);
        if (place.isMember()) {
            showWay();
            visitor.visit(file, true);
            addBlocks(file.attributes());
        }
        if (directory) {
            way.push(new Directory(file, place, place.isMember()));
        }
        return true;
    }

    /** It was met last, and is at the end of the way. */
    @Override
    public boolean enters(FileEntry directory) {
        return way.element().place.mayHoldMembers();
    }

    /** A walk goes downwards: the directory that a file is in is on the way, and what is deeper is done. */
    private Place place(FileEntry file, boolean directory) throws IOException {
        if (file.path().equals("/")) {
            return list.root();
        }
        int slash = file.path().lastIndexOf('/');
        while (!way.isEmpty() && way.element().length() > slash) {
            way.pop();
        }
        if (way.isEmpty() || way.element().length() != slash) {
            throw new IOException("the file system shows " + file.path() + " before the directory that it is in");
        }
        return way.element().place.child(file.path().substring(slash + 1), directory);
    }

    /** Mostly, the deepest one has been shown, and so have all others. */
    private void showWay() throws IOException {
        List<Directory> hidden = new ArrayList<>();
        for (Directory each : way) {
            if (each.shown) {
                break;
            }
            hidden.add(each);
        }
        for (int i = hidden.size() - 1; i >= 0; i--) {
            visitor.visit(hidden.get(i).file, false);
            hidden.get(i).shown = true;
        }
    }

    /** A file is asked for its blocks once, whatever number of names it has. */
    private void addBlocks(FileAttributes file) throws IOException {
        boolean several = file.links() > 1;
        if (file.type() != FileType.REGULAR || file.size() == 0 || several && met.contains(file.inode())) {
            return;
        }
        if (several) {
            met.add(new BlockRun(file.inode(), 1));
        }
        List<FileExtent> next = fileSystem.extents(file.inode(), 0);
        while (!next.isEmpty()) {
            next.stream().filter(extent -> !extent.unwritten()).forEach(blocks::add);
            next = fileSystem.extents(file.inode(), next.get(next.size() - 1).end());
        }
    }
}
