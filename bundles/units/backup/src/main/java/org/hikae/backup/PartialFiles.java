package org.hikae.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files and folders on their way to a path, beside it: {@code .NAME.PROCESS-RANDOM.hikae-partial}. Each has a name of its own, for
 * another restore to the same path must not write into it; the process in it tells what a killed one left.
 */
final class PartialFiles {

    private static final Pattern REST = Pattern.compile("(\\d{1,18})-\\d+\\.hikae-partial");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final String prefix;

    /** @param path absolute */
    PartialFiles(Path path) {
        this.folder = path.getParent();
        this.prefix = "." + path.getFileName() + ".";
    }

    Path create() throws IOException {
        long self = ProcessHandle.current().pid();
        return Files.createTempFile(folder, prefix + self + "-", ".hikae-partial");
    }

    /** A name for something that is no file yet. Whoever makes it must find out whether it is there. */
    Path name() {
        long self = ProcessHandle.current().pid();
        long random = RANDOM.nextLong() & Long.MAX_VALUE;
        return folder.resolve(prefix + self + "-" + random + ".hikae-partial");
    }

    /**
     * Gives what is no folder its name at last. A link, unlike a move, replaces nothing that was created meanwhile.
     *
     * @return whether it has the old name no more
     */
    static boolean takeName(Path partial, Path path) throws IOException {
        try {
            Files.createLink(path, partial);
            return false;
        } catch (FileAlreadyExistsException e) {
            throw new IOException(path + " was created by somebody else meanwhile; choose another path", e);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links.
            Files.move(partial, path);
            return true;
        }
    }

    /** Those of processes that run stay, of this one too. */
    void deleteOfDead() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, this::isOfDead)) {
            for (Path file : files) {
                TreeDeletion.delete(file);
            }
        }
    }

    private boolean isOfDead(Path file) {
        String name = file.getFileName().toString();
        if (!name.startsWith(prefix)) {
            return false;
        }
        Matcher rest = REST.matcher(name.substring(prefix.length()));
        return rest.matches() && ProcessHandle.of(Long.parseLong(rest.group(1))).isEmpty();
    }
}
