package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Groups;
import org.hikae.shell.call.Call;

/** Prints the files of a file system: all from a path on, or of these the members of a group list. */
final class DiskFiles {

    private static final String ROOT = "/";

    private final Call call;
    private final FileSystem fileSystem;
    /** The command that shows all files, for the message of a path that is not there. */
    private final String command;

    DiskFiles(Call call, FileSystem fileSystem, String command) {
        this.call = call;
        this.command = command;
        this.fileSystem = fileSystem;
    }

    void print(String path, boolean asJson) throws IOException {
        FileEntry start = find(path);
        FileLines lines = new FileLines(call, fileSystem, asJson);
        fileSystem.walk(start, file -> {
            lines.print(file);
            return true;
        });
        lines.end();
    }

    /** @param list a group list */
    void printMembers(List<String> list, String path, boolean asJson) throws IOException {
        String top = find(path).path();
        String below = top.equals(ROOT) ? ROOT : top + "/";
        FileLines lines = new FileLines(call, fileSystem, asJson);
        call.service(Groups.class).select(list, fileSystem, (file, member) -> {
            call.cancellation().check();
            if (member && (file.path().equals(top) || file.path().startsWith(below))) {
                lines.print(file);
            }
        });
        lines.end();
    }

    private FileEntry find(String path) throws IOException {
        return fileSystem
                .find(path)
                .orElseThrow(() -> new IOException("there is no file " + path + "; see '" + command + "'"));
    }
}
