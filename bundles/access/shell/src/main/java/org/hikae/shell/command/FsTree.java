package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.hikae.shell.call.Call;
import org.hikae.shell.command.FileViews.Shown;
import org.hikae.shell.text.Printable;
import org.hikae.shell.tree.FileFacts;
import org.hikae.shell.tree.TreeCopy;

/** Shows a folder and what is below it as a tree. Not by recursion: trees may be deeper than the call stack. */
final class FsTree {

    private final Call call;
    private final boolean all;
    private final int levels;
    private final Deque<Level> open = new ArrayDeque<>();
    private long folders;
    private long files;
    private int failures;

    /**
     * @param all hidden files too
     * @param levels how deep to go, from 1
     */
    FsTree(Call call, boolean all, int levels) {
        this.call = call;
        this.all = all;
        this.levels = levels;
    }

    /** A folder that is being shown; {@code indent} stands before what is in it. */
    private record Level(DiskPath path, String indent, Iterator<Path> files) {}

    void print(DiskPath path, Path start) throws IOException {
        if (!FileFacts.followed(start).isDirectory()) {
            throw new IOException(path + " is no folder; see 'fs stat'");
        }
        call.say(Printable.of(path.toString()));
        enter(path, start, "");
        while (!open.isEmpty()) {
            call.cancellation().check();
            Level level = open.element();
            if (level.files.hasNext()) {
                show(level, level.files.next());
            } else {
                open.pop();
            }
        }
        call.say("");
        call.say(folders + (folders == 1 ? " folder, " : " folders, ") + files + (files == 1 ? " file" : " files"));
        if (failures > 0) {
            throw new IOException(failures + (failures == 1 ? " file" : " files") + " could not be shown");
        }
    }

    private void show(Level level, Path file) {
        boolean last = !level.files.hasNext();
        String name = FileViews.name(file);
        DiskPath path = level.path.child(name);
        String branch = level.indent + (last ? "└── " : "├── ");
        try {
            Shown shown = Shown.of(path, name, file);
            call.say(branch + Printable.of(shown.nameAndTarget()));
            if (!shown.facts().isDirectory()) {
                files++;
                return;
            }
            folders++;
        } catch (IOException e) {
            failed(path, e);
            return;
        }
        if (open.size() < levels) {
            enter(path, file, level.indent + (last ? "    " : "│   "));
        }
    }

    private void enter(DiskPath path, Path folder, String indent) {
        try {
            open.push(new Level(
                    path, indent, FileViews.in(folder, all, call.cancellation()).iterator()));
        } catch (IOException e) {
            failed(path, e);
        }
    }

    private void failed(DiskPath path, IOException e) {
        call.note(Printable.of(path + ": " + TreeCopy.why(e)));
        failures++;
    }
}
