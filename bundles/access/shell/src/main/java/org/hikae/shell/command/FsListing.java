package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.shell.call.Call;
import org.hikae.shell.command.FileViews.Shown;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Columns;
import org.hikae.shell.text.Printable;
import org.hikae.shell.text.Table;
import org.hikae.shell.text.Times;
import org.hikae.shell.tree.FileFacts;
import org.hikae.shell.tree.TreeCopy;

/** Lists files as {@code ls} does: one folder at a time, sorted by names. */
final class FsListing {

    private final Call call;
    private final NodeFiles files;
    private final Look look;
    private final JsonStream json;
    private boolean begun;
    private int failures;

    /**
     * How files are listed.
     *
     * @param details a line for each file, with what is known of it
     * @param all hidden ones too
     * @param below what is in folders within folders too
     * @param units sizes with units
     */
    record Look(boolean details, boolean all, boolean below, boolean units, boolean asJson) {}

    FsListing(Call call, NodeFiles files, Look look) {
        this.call = call;
        this.files = files;
        this.look = look;
        this.json = look.asJson ? new JsonStream(call.out()) : null;
    }

    /** @throws IOException if any could not be listed, after the others were */
    void print(List<String> paths) throws IOException {
        List<Shown> single = new ArrayList<>();
        List<Shown> folders = new ArrayList<>();
        for (String each : paths) {
            DiskPath path = DiskPath.parse(each);
            try {
                Shown shown = Shown.of(path, each, files.at(path));
                (isFolder(shown) ? folders : single).add(shown);
            } catch (IOException e) {
                failed(each, e);
            }
        }
        if (!single.isEmpty()) {
            show(single);
        }
        folders.forEach(folder -> printFolder(folder, paths.size() > 1));
        finish();
    }

    /** A symlink that the caller names is looked through, unless its own details are wanted. */
    private boolean isFolder(Shown shown) throws IOException {
        if (shown.target() == null || look.details) {
            return shown.facts().isDirectory();
        }
        try {
            return FileFacts.followed(shown.file()).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void finish() throws IOException {
        if (json != null) {
            json.end();
        }
        if (failures > 0) {
            throw new IOException(failures + (failures == 1 ? " file" : " files") + " could not be listed");
        }
    }

    /** Those within it follow, in the order of the names. */
    private void printFolder(Shown start, boolean titled) {
        List<Shown> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            Shown folder = open.remove(open.size() - 1);
            List<Shown> found = look(folder);
            if (json == null && (titled || look.below)) {
                call.say((begun ? "\n" : "") + Printable.of(folder.path() + ":"));
            }
            show(found);
            for (int i = found.size() - 1; look.below && i >= 0; i--) {
                if (found.get(i).facts().isDirectory()) {
                    open.add(found.get(i));
                }
            }
        }
    }

    private List<Shown> look(Shown folder) {
        List<Shown> found = new ArrayList<>();
        try {
            for (Path file : FileViews.in(folder.file(), look.all, call.cancellation())) {
                call.cancellation().check();
                String name = FileViews.name(file);
                add(found, folder.path().child(name), name, file);
            }
        } catch (IOException e) {
            failed(folder.path().toString(), e);
        }
        return found;
    }

    private void add(List<Shown> found, DiskPath path, String name, Path file) {
        try {
            found.add(Shown.of(path, name, file));
        } catch (NoSuchFileException e) {
            // Another one removed it since the folder was listed.
        } catch (IOException e) {
            failed(path.toString(), e);
        }
    }

    private void failed(String path, IOException e) {
        call.note(Printable.of(path + ": " + TreeCopy.why(e)));
        failures++;
    }

    private void show(List<Shown> found) {
        begun = true;
        if (json != null) {
            found.forEach(file -> json.add(file.json()));
        } else if (look.details) {
            table(found).lines(0, call.caller().colour()).forEach(call::say);
        } else {
            List<String> names =
                    found.stream().map(file -> Printable.of(file.name())).toList();
            Columns.lines(names, call.caller().width()).forEach(call::say);
        }
    }

    private Table table(List<Shown> found) {
        Table table = new Table(List.of(
                new Table.Column("", Table.Kind.WORD),
                new Table.Column("", Table.Kind.NUMBER),
                new Table.Column("", Table.Kind.NUMBER),
                new Table.Column("", Table.Kind.NUMBER),
                new Table.Column("", Table.Kind.NUMBER),
                new Table.Column("", Table.Kind.WORD),
                new Table.Column("", Table.Kind.TEXT)));
        found.forEach(file -> table.add(row(file)));
        return table;
    }

    private List<Cell> row(Shown file) {
        FileFacts facts = file.facts();
        return List.of(
                Cell.of(FileMode.of(facts.type(), facts.mode())),
                Cell.of(Long.toString(facts.links())),
                Cell.of(Long.toString(facts.uid())),
                Cell.of(Long.toString(facts.gid())),
                Cell.of(look.units ? ByteCount.show(facts.size()) : Long.toString(facts.size())),
                Cell.of(Times.show(facts.modified(), call.caller().zone())),
                Cell.of(file.nameAndTarget()));
    }
}
