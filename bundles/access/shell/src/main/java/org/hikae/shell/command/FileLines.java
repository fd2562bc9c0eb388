package org.hikae.shell.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Printable;
import org.hikae.shell.text.Times;

/**
 * Prints files one by one as they are met: there may be millions, and a file may have millions of extents. If they are not
 * what a mount would show, it is said beside them, and in the first one for programs.
 */
final class FileLines {

    private final Call call;
    private final FileSystem fileSystem;
    private final boolean asJson;
    private final PrintWriter out;
    /** What comes before the next element of the array. */
    private String separator = "[";
    /** Why what is shown is not what a mount would show, as long as it is to be said; null if it is. */
    private String outdated;

    FileLines(Call call, FileSystem fileSystem, boolean asJson) throws IOException {
        this.call = call;
        this.fileSystem = fileSystem;
        this.asJson = asJson;
        this.out = call.out();
        this.outdated = fileSystem.info().outdated();
        if (outdated != null) {
            call.note("outdated: " + outdated);
        }
    }

    void print(FileEntry file) throws IOException {
        call.cancellation().check();
        if (asJson) {
            printJson(file);
        } else {
            out.print(line(file) + "\n");
        }
    }

    /** After the last one. */
    void end() {
        if (asJson) {
            out.print(separator.equals("[") ? "[]\n" : "]\n");
        }
        out.flush();
    }

    private void printJson(FileEntry file) throws IOException {
        FileAttributes attributes = file.attributes();
        Json json = new Json();
        if (outdated != null) {
            json.put("outdated", outdated);
            outdated = null;
        }
        String fields = json.put("path", file.path())
                .put("inode", attributes.inode())
                .put("type", word(attributes.type()))
                .put("size", attributes.size())
                .put("mode", attributes.mode())
                .put("uid", attributes.uid())
                .put("gid", attributes.gid())
                .put("mtime", attributes.modified())
                .put("links", attributes.links())
                .put("target", target(file))
                .node()
                .toString();
        out.print(separator + fields.substring(0, fields.length() - 1) + ",\"extents\":[");
        printExtents(attributes.inode());
        out.print("]}");
        separator = ",\n";
    }

    private void printExtents(long inode) throws IOException {
        String comma = "";
        List<FileExtent> extents = fileSystem.extents(inode, 0);
        while (!extents.isEmpty()) {
            call.cancellation().check();
            for (FileExtent extent : extents) {
                out.print(comma + "[" + extent.logical() + "," + extent.physical() + "," + extent.count() + "]");
                comma = ",";
            }
            extents = fileSystem.extents(inode, extents.get(extents.size() - 1).end());
        }
    }

    private String target(FileEntry file) throws IOException {
        return file.attributes().type() == FileType.SYMLINK
                ? fileSystem.symlinkTarget(file.attributes().inode()).toString()
                : null;
    }

    /** As {@code ls -l} has it. */
    private String line(FileEntry file) throws IOException {
        FileAttributes attributes = file.attributes();
        String target = target(file);
        return String.format(
                Locale.ROOT,
                "%s %4d %6d %6d %13d  %s  %s",
                FileMode.of(attributes),
                attributes.links(),
                attributes.uid(),
                attributes.gid(),
                attributes.size(),
                Times.show(attributes.modified(), call.caller().clock().getZone()),
                Printable.of(file.path() + (target == null ? "" : " -> " + target)));
    }

    /** What a program is told of a type. */
    static String word(FileType type) {
        return switch (type) {
            case REGULAR -> "regular";
            case DIRECTORY -> "directory";
            case SYMLINK -> "symlink";
            case CHARACTER_DEVICE -> "character";
            case BLOCK_DEVICE -> "block";
            case FIFO -> "fifo";
            case SOCKET -> "socket";
        };
    }
}
