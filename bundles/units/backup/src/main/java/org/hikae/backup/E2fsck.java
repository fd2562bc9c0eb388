package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.api.job.Progress;

/** The program that checks ext2, ext3 and ext4 file systems. */
final class E2fsck {

    private static final Duration LIMIT = Duration.ofHours(24);
    /** Exit codes from here on: it was killed, or could not begin. */
    private static final int KILLED = 126;

    private final Path program;

    private E2fsck(Path program) {
        this.program = program;
    }

    /** Where programs are looked for: in the path, and where that of users other than root often does not lead. */
    static List<Path> usualFolders() {
        List<Path> folders = new ArrayList<>();
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(":")) {
            if (folder.startsWith("/")) {
                folders.add(Path.of(folder));
            }
        }
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/sbin"));
        return List.copyOf(folders);
    }

    /** Empty if it is in none of the folders. */
    static Optional<E2fsck> find(List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve("e2fsck"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(E2fsck::new);
    }

    /** Its name and version, such as {@code e2fsck 1.47.0}. */
    String version(Progress progress) throws IOException {
        Command.Outcome said = run(progress, "-V");
        String first = said.lines().isEmpty() ? "" : said.lines().get(0);
        return first.startsWith("e2fsck ") ? first.replaceFirst(" \\(.*", "") : "e2fsck";
    }

    /**
     * Checks an image as it would be after a mount: its journal is replayed and what was deleted while open is given up, in the
     * image itself; then nothing may be wrong any more. What a mount would not put right is not put right here either, but for
     * what {@code -p} takes for harmless, which makes the verdict as bad as any other repair.
     *
     * @return what is wrong; null: nothing
     * @throws IOException if the program cannot be run to its end
     */
    String check(Path image, Progress progress) throws IOException {
        String replay =
                verdict(run(progress, "-E", "journal_only", "-p", image.toString()), "replays its journal", image);
        return replay != null ? replay : verdict(run(progress, "-f", "-n", image.toString()), "checks it", image);
    }

    private Command.Outcome run(Progress progress, String... arguments) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(program.toString());
        words.addAll(List.of(arguments));
        return new Command(words, LIMIT).run(progress);
    }

    /** What is said of the copy is said of the generation: the copy's name, which lines begin with, helps nobody. */
    private String verdict(Command.Outcome outcome, String doing, Path image) throws IOException {
        String said = "e2fsck ends with exit code " + outcome.code() + " when it " + doing + ": "
                + String.join("; ", outcome.lines()).replace(image + ": ", "");
        if (outcome.code() >= KILLED) {
            throw new IOException(program + " could not be run to its end: " + said);
        }
        return outcome.code() == 0 ? null : said;
    }
}
