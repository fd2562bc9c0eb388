package org.hikae.backup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.Progress;

/**
 * A program of the operating system, which asks nothing and is run to its end: not for longer than the limit, and not when the
 * work was cancelled.
 */
record Command(List<String> words, Duration limit) {

    private static final long STEP_MILLIS = 50;
    private static final Duration OUTPUT = Duration.ofSeconds(10);
    /** What is kept of what it prints; the rest is read and forgotten. */
    private static final int LINES = 10;

    private static final int LINE = 200;

    /**
     * How it ended.
     *
     * @param code exit code; 128 and more: killed by a signal
     * @param lines the first lines that it has printed, without empty ones
     */
    record Outcome(int code, List<String> lines) {}

    /**
     * Runs it.
     *
     * @throws java.util.concurrent.CancellationException if the work was cancelled; the program was killed
     * @throws IOException if it cannot be started, or did not end in time and was killed
     */
    Outcome run(Progress progress) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        Listener listener = new Listener(process);
        listener.start();
        try {
            await(process, progress);
            listener.join(OUTPUT.toMillis());
            return new Outcome(process.exitValue(), listener.lines());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(words.get(0) + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private void await(Process process, Progress progress) throws IOException, InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
            progress.check();
            if (System.nanoTime() - until > 0) {
                throw new IOException(words.get(0) + " did not end within " + limit.toSeconds() + " s and was killed");
            }
        }
    }

    /** Reads what the program prints, so that it never waits for somebody to do so. */
    private static final class Listener extends Thread {

        private final Process process;
        /** Guarded by this. */
        private final List<String> lines = new ArrayList<>();

        Listener(Process process) {
            super("hikae-output");
            this.process = process;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (Reader in =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                StringBuilder line = new StringBuilder();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    if (next == '\n') {
                        end(line);
                    } else if (line.length() < LINE) {
                        line.append((char) next);
                    }
                }
                end(line);
            } catch (IOException e) {
                end(new StringBuilder("(its output ends here: " + e.getMessage() + ")"));
            }
        }

        private synchronized void end(StringBuilder line) {
            if (lines.size() < LINES && !line.toString().isBlank()) {
                lines.add(line.toString().strip());
            }
            line.setLength(0);
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }
    }
}
