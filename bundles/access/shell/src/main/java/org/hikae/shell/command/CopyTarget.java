package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.shell.tree.TreeCopy;

/**
 * Where copies go, as {@code cp} and {@code mv} have it: into a folder that is there, or else to the path itself.
 *
 * @param folder whether copies go into it, under their own names
 */
record CopyTarget(Path path, boolean folder) {

    /**
     * @param text as the caller wrote it
     * @param sources how many files go there
     * @throws IOException if they cannot go there
     */
    static CopyTarget of(Path path, String text, int sources) throws IOException {
        boolean folder = Files.isDirectory(path);
        if (!folder && sources > 1) {
            throw new IOException(text + " is not a folder that is there, so only one file can go to it");
        } else if (!folder && text.endsWith("/") && Files.exists(path)) {
            throw new IOException(text + " is not a folder");
        } else if (!folder && !Files.isDirectory(folderOf(path))) {
            throw new IOException(text + " cannot be made: " + folderOf(path) + " is no folder that is there");
        }
        return new CopyTarget(path, folder);
    }

    private static Path folderOf(Path path) {
        Path absolute = path.toAbsolutePath();
        return absolute.getParent() == null ? absolute : absolute.getParent();
    }

    /**
     * The path of the copy of a file. What is in a folder that has no name here, {@code .} or the root, goes into the folder.
     *
     * @param text as the caller wrote it
     */
    Path place(Path source, String text) throws IOException {
        boolean nameless = source.getFileName() == null
                || text.equals(".")
                || text.endsWith("/.")
                || text.endsWith(DiskPath.SEPARATOR + "/")
                || text.endsWith(String.valueOf(DiskPath.SEPARATOR));
        return folder && !nameless ? TreeCopy.placeIn(path, source) : path;
    }
}
