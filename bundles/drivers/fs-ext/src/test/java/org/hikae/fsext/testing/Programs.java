package org.hikae.fsext.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs by others: those that make file systems, and those that know them. */
public final class Programs {

    private static final long PATIENCE_SECONDS = 120;

    private Programs() {}

    /** What a program said, in Latin 1 so that every byte stays what it is. */
    public record Outcome(int code, String out) {}

    public static Outcome run(String... command) throws IOException {
        return run(List.of(command));
    }

    public static Outcome run(List<String> command) throws IOException {
        Path out = Files.createTempFile("hikae-program", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(found(command))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile());
            builder.environment().put("LC_ALL", "C");
            // So that two images made in the same way are the same.
            builder.environment().put("E2FSPROGS_FAKE_TIME", "1790000000");
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end");
            }
            return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(out);
        }
    }

    /** Runs a program that must succeed. */
    public static String ok(String... command) throws IOException {
        return ok(List.of(command));
    }

    public static String ok(List<String> command) throws IOException {
        Outcome outcome = run(command);
        if (outcome.code() != 0) {
            throw new IOException(command + " ended with " + outcome.code() + ": " + outcome.out());
        }
        return outcome.out();
    }

    /** Administrators' programs are not on everybody's path. */
    private static List<String> found(List<String> command) {
        List<String> found = new ArrayList<>(command);
        for (String folder : List.of("/usr/sbin", "/sbin")) {
            Path candidate = Path.of(folder, command.get(0));
            if (!command.get(0).contains("/") && Files.isExecutable(candidate)) {
                found.set(0, candidate.toString());
                return found;
            }
        }
        return found;
    }
}
