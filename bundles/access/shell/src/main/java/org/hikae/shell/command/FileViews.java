package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.api.fs.FileType;
import org.hikae.shell.call.Cancellation;
import org.hikae.shell.text.Json;
import org.hikae.shell.tree.FileFacts;

/** What is shown of files of a shared file system. */
final class FileViews {

    private FileViews() {}

    /**
     * A file, and where it is.
     *
     * @param name the last name of its path, or what the caller called it
     * @param target of a symlink; null for other files
     */
    record Shown(DiskPath path, String name, Path file, FileFacts facts, String target) {

        static Shown of(DiskPath path, String name, Path file) throws IOException {
            FileFacts facts = FileFacts.of(file);
            boolean symlink = facts.type() == FileType.SYMLINK;
            String target = symlink ? Files.readSymbolicLink(file).toString() : null;
            return new Shown(path, name, file, facts, target);
        }

        String nameAndTarget() {
            return target == null ? name : name + " -> " + target;
        }

        Json json() {
            return new Json()
                    .put("path", path)
                    .put("inode", facts.inode())
                    .put("type", FileLines.word(facts.type()))
                    .put("size", facts.size())
                    .put("mode", facts.mode())
                    .put("uid", facts.uid())
                    .put("gid", facts.gid())
                    .put("mtime", facts.modified())
                    .put("links", facts.links())
                    .put("target", target);
        }
    }

    /**
     * The names of the files in a folder, in order.
     *
     * @param hidden whether those that begin with a dot are wanted
     */
    static List<Path> in(Path folder, boolean hidden, Cancellation cancellation) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                cancellation.check();
                if (hidden || !name(file).startsWith(".")) {
                    found.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.comparing(FileViews::name));
        return found;
    }

    static String name(Path file) {
        return file.getFileName().toString();
    }
}
