package org.hikae.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.hikae.api.backup.Quieting;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time around T0 in which guests are quiet: begins with one command and ends with another, whatever happens. */
final class Quiet implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Quiet.class);
    private static final long STEP_MILLIS = 50;
    /** Bytes at the end of what a command prints in which its last line is looked for. */
    private static final int TOLD = 4096;

    /** Where commands' output is kept while they run. */
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final Quieting quieting;
    private final Path temporary;
    /** Why the command that ends it failed; null if it did not. */
    private String warning;

    private Quiet(Quieting quieting, Path temporary) {
        this.quieting = quieting;
        this.temporary = temporary;
    }

    /**
     * Runs the command before T0.
     *
     * @throws IOException if it fails or takes too long; the command after it was run then
     * @throws CancellationException if the work is cancelled meanwhile; likewise
     */
    static Quiet begin(Quieting quieting, Progress progress) throws IOException {
        return begin(quieting, progress, TEMPORARY);
    }

    /** @param temporary where output is kept; if it cannot be, the commands run without */
    static Quiet begin(Quieting quieting, Progress progress, Path temporary) throws IOException {
        Quiet quiet = new Quiet(quieting, temporary);
        try {
            if (quieting.before() != null) {
                progress.phase("quieting");
                quiet.run("before", quieting.before(), progress);
            }
            return quiet;
        } catch (IOException | RuntimeException | Error e) {
            quiet.close();
            throw e;
        }
    }

    /** Why programs may be quiet still; null if all is well. */
    String warning() {
        return warning;
    }

    /** Runs the command after T0. That it fails does not undo the backup, but must not go unnoticed. */
    @Override
    public void close() {
        if (quieting.after() != null) {
            try {
                run("after", quieting.after(), Progress.NONE);
            } catch (IOException e) {
                warning = e.getMessage();
                LOG.error("{}", e.getMessage());
            }
        }
    }

    private void run(String which, String command, Progress progress) throws IOException {
        Path output = outputFile();
        try {
            Process process = new ProcessBuilder(List.of("/bin/sh", "-c", command))
                    .directory(
                            quieting.folder() == null ? null : quieting.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output == null ? Redirect.DISCARD : Redirect.to(output.toFile()))
                    .start();
            process.getOutputStream().close();
            String how = end(process, quieting.limit(), progress);
            if (how != null) {
                throw new IOException("the command " + which + " T0 (" + command + ") " + how + lastLine(output));
            }
        } finally {
            if (output != null) {
                Files.delete(output);
            }
        }
    }

    /** Null if there is no room for one: what is quiet must not stay so because of that. */
    private Path outputFile() {
        try {
            return Files.createTempFile(temporary, "hikae-", ".out");
        } catch (IOException e) {
            LOG.warn("what the commands around T0 print is not kept: {}", Reason.of(e));
            return null;
        }
    }

    /** @return how it went wrong; null if it did not */
    private static String end(Process process, Duration limit, Progress progress) throws IOException {
        long until = System.nanoTime() + limit.toNanos();
        try {
            while (!process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.check();
                if (System.nanoTime() - until > 0) {
                    return "did not end within " + limit.toSeconds() + " s and was killed";
                }
            }
            return process.exitValue() == 0 ? null : "ended with exit code " + process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the command was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String lastLine(Path output) throws IOException {
        if (output == null) {
            return "";
        }
        byte[] end;
        try (InputStream in = Files.newInputStream(output)) {
            in.skipNBytes(Math.max(0, Files.size(output) - TOLD));
            end = in.readNBytes(TOLD);
        }
        String[] lines = new String(end, StandardCharsets.UTF_8).strip().split("\n");
        String last = lines[lines.length - 1].strip();
        return last.isEmpty() ? "" : ": " + last;
    }
}
