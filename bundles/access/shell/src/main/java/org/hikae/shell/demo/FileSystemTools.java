package org.hikae.shell.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs that make and check an ext4 file system. */
final class FileSystemTools {

    private static final long PATIENCE_SECONDS = 120;

    private final Path mkfs;
    private final Path fsck;

    private FileSystemTools(Path mkfs, Path fsck) {
        this.mkfs = mkfs;
        this.fsck = fsck;
    }

    /** @throws IOException if they are not installed */
    static FileSystemTools find() throws IOException {
        return new FileSystemTools(find("mkfs.ext4"), find("e2fsck"));
    }

    private static Path find(String program) throws IOException {
        List<String> folders = new ArrayList<>();
        String path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(List.of(path.split(":")));
        }
        // Where users other than root often do not look.
        folders.addAll(List.of("/usr/sbin", "/sbin"));
        for (String folder : folders) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IOException("the demonstration needs " + program + ": install the package e2fsprogs");
    }

    /** Makes an ext4 image that holds the files of a folder. */
    void makeImage(Path image, long bytes, Path files) throws IOException {
        int code = run(
                List.of(mkfs.toString(), "-q", "-F", "-d", files.toString(), image.toString(), (bytes >> 10) + "k"));
        if (code != 0) {
            throw new IOException(mkfs + " could not make " + image + ": it ended with " + code);
        }
    }

    boolean isClean(Path image) throws IOException {
        return run(List.of(fsck.toString(), "-f", "-n", image.toString())) == 0;
    }

    private static int run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IOException(command.get(0) + " does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
