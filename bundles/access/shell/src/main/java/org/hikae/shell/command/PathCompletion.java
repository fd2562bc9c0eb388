package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a half-typed path may become: the files of its folder. Folders end with a slash, for they may go on. */
final class PathCompletion {

    private static final int MOST = 1000;

    private PathCompletion() {}

    /** @param here the folder that relative paths belong to */
    static List<String> candidates(Path here, String current) {
        return candidates(here::resolve, current);
    }

    /** @param folder finds the folder of a path as it was typed, which ends with a slash or is empty */
    static List<String> candidates(Function<String, Path> folder, String current) {
        int slash = current.lastIndexOf('/');
        String typed = current.substring(0, slash + 1);
        String begun = current.substring(slash + 1);
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.apply(typed))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                // Hidden files are for who asks for them.
                boolean meant = name.startsWith(begun) && (begun.startsWith(".") || !name.startsWith("."));
                if (meant && found.size() < MOST) {
                    found.add(typed + name + (Files.isDirectory(file) ? "/" : ""));
                }
            }
        } catch (IOException | InvalidPathException | DirectoryIteratorException e) {
            // There is nothing to offer; the command will say what is wrong.
            return List.of();
        }
        return found;
    }
}
