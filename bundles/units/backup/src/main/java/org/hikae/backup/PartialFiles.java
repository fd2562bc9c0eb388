package org.hikae.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files on their way to a path, beside it: {@code .NAME.PROCESS-RANDOM.hikae-partial}. Each has a name of its own, for
 * another restore to the same path must not write into it; the process in it tells what a killed one left.
 */
final class PartialFiles {

    private static final Pattern REST = Pattern.compile("(\\d{1,18})-\\d+\\.hikae-partial");

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

    /** Those of processes that run stay, of this one too. */
    void deleteOfDead() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, this::isOfDead)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
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
