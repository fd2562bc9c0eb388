package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs by others. */
final class Tool {

    private static final long DEADLINE_SECONDS = 60;

    private Tool() {}

    /**
     * How a program ended.
     *
     * @param output what it printed, errors too
     */
    record Result(int code, String output) {

        String ok() {
            assertThat(code).as(output).isZero();
            return output;
        }
    }

    /** A program that may still run; closing it kills it with -9, and what it has started. */
    record Running(Process process, Path output) implements AutoCloseable {

        Result await() throws IOException, InterruptedException {
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("it ends: " + Files.readString(output))
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(output));
        }

        @Override
        public void close() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(process.destroyForcibly().waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("it ends, killed")
                    .isTrue();
        }
    }

    static Running start(Path folder, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "output", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        // nbdsh is for the Python of the system.
        builder.environment().merge("PATH", "", (path, none) -> "/usr/bin:/bin:/usr/sbin:" + path);
        return new Running(builder.start(), output);
    }

    static Result run(Path folder, List<String> command) throws IOException, InterruptedException {
        try (Running running = start(folder, command)) {
            return running.await();
        }
    }

    static String ok(Path folder, String... command) throws IOException, InterruptedException {
        return run(folder, List.of(command)).ok();
    }

    /** fio's options for the NBD engine. */
    static String fio(Path folder, String uri, String... options) throws IOException, InterruptedException {
        List<String> command =
                new java.util.ArrayList<>(List.of("fio", "--name=job", "--ioengine=nbd", "--uri=" + uri));
        command.addAll(List.of(options));
        return run(folder, command).ok();
    }
}
