package org.hikae.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that reads lines and comes to an end. */
final class Program {
    private static final long DEADLINE_SECONDS = 60;

    /** What a program printed, to either stream and without colours, and its exit code. */
    record Answer(int exit, List<String> lines) {
        String output() {
            return String.join("\n", lines);
        }
    }

    private Program() {}

    static Answer run(ProcessBuilder builder, Path folder, String... input) throws IOException, InterruptedException {
        Path script = Files.write(Files.createTempFile(folder, "script", ""), List.of(input));
        Path printed = Files.createTempFile(folder, "printed", "");
        Process process = builder.redirectInput(script.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            String output = Files.readString(printed, StandardCharsets.UTF_8);
            assertThat(ended).as("no end of %s: %s", List.of(input), output).isTrue();
            return new Answer(process.exitValue(), withoutColours(output));
        } finally {
            kill(process);
        }
    }

    /** Ends a process and what it has started. */
    static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each ->
                each.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join());
    }

    private static List<String> withoutColours(String output) {
        return output.replaceAll("\u001b\\[[0-9;]*m", "").lines().toList();
    }
}
