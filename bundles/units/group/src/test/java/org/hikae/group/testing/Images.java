package org.hikae.group.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/** Images of ext file systems, made and read by e2fsprogs. */
public final class Images {

    private static final long PATIENCE_SECONDS = 120;

    private Images() {}

    /** Runs a script; what it prints. */
    public static String run(Path folder, String script) throws IOException {
        Path out = Files.createTempFile("hikae-script", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder("bash", "-euc", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, admins) -> path + ":" + admins);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(script + " does not end");
            }
            String text = Files.readString(out, StandardCharsets.ISO_8859_1);
            if (process.exitValue() != 0) {
                throw new IOException(script + " ended with " + process.exitValue() + ": " + text);
            }
            return text;
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(out);
        }
    }

    /** A copy of an image with some blocks alone: all else is zeros. */
    public static Path copy(Path image, BlockSet blocks, int blockSize, Path copy) throws IOException {
        try (FileChannel in = FileChannel.open(image);
                FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (BlockRun run : blocks) {
                in.transferTo(run.first() * blockSize, run.count() * blockSize, out.position(run.first() * blockSize));
            }
        }
        run(copy.getParent(), "truncate -s " + Files.size(image) + " " + copy.getFileName());
        return copy;
    }
}
