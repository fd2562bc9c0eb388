package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code hikae}, and the classes that it keeps for quicker starts: they never do any harm. */
class ScriptIT {
    private static final long DEADLINE_SECONDS = 60;
    private static final String NO_DISKS = "there are no disks; see 'disk add --help'\n";
    private static final String FROM_ARCHIVE = "shared objects file (top)";

    /** A checkout, as far as the script needs one. */
    @TempDir
    Path top;

    private Path jar;

    @BeforeEach
    void checkOut() throws IOException {
        Path source = Path.of("../..").toRealPath();
        Files.createDirectories(top.resolve("cnf"));
        Files.copy(source.resolve("hikae"), top.resolve("hikae"));
        Files.copy(source.resolve("cnf/scripts.sh"), top.resolve("cnf/scripts.sh"));
        Files.copy(source.resolve("cnf/run.sh"), top.resolve("cnf/run.sh"));
        jar = top.resolve("features/app/target/hikae.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(Path.of(System.getProperty("hikae.jar")), jar);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = top.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HIKAE_BUILD", "no");
        builder.environment().put("HIKAE_JAVA_OPTS", "-Xlog:class+load:file=" + top.resolve("classes"));
        Process process = builder.start();
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private String hikae(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(top.resolve("hikae").toString()));
        command.addAll(List.of("--home", top.resolve("home").toString()));
        command.addAll(List.of(words));
        return run(command);
    }

    private Path archive() throws IOException, InterruptedException {
        String call = "top=" + top + " me=test java_home=$JAVA_HOME; . $top/cnf/scripts.sh; archive_classes " + jar
                + "; find_class_archive " + jar + "; echo $class_archive";
        Path archive = Path.of(run(List.of("bash", "-c", call)).strip());
        assertThat(archive).isNotEmptyFile();
        return archive;
    }

    private String classes() throws IOException {
        return Files.readString(top.resolve("classes"));
    }

    @Test
    void classesThatWereKeptAreUsedAndOthersPassedOverWithoutAWord() throws Exception {
        assertThat(hikae("disk", "list")).isEqualTo(NO_DISKS);
        assertThat(classes()).doesNotContain(FROM_ARCHIVE);
        Path archive = archive();
        assertThat(hikae("disk", "list")).isEqualTo(NO_DISKS);
        assertThat(classes()).contains("org.hikae.launcher.Launcher source: " + FROM_ARCHIVE);
        assertThat(classes()).contains("org.hikae.block.DiskRegistry source: " + FROM_ARCHIVE);

        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        assertThat(hikae("disk", "list")).as("of another jar").isEqualTo(NO_DISKS);
        assertThat(classes()).doesNotContain(FROM_ARCHIVE);
        Files.delete(archive);
        Files.write(archive, new byte[100_000]);
        assertThat(hikae("disk", "list")).as("no classes at all").isEqualTo(NO_DISKS);
    }

    @Test
    void longCommandsHaveTheOptimizingCompiler() throws Exception {
        String flags = "HIKAE_JAVA_OPTS='-XX:+PrintFlagsFinal -version'";
        for (String command : List.of("disk list", "generation list", "--home x --home=y nbd list")) {
            assertThat(flag(flags, command)).as(command).contains("= 1 ");
        }
        for (String command : List.of("backup run x --to y", "generation restore x", "serve", "-c x", "run x", "")) {
            assertThat(flag(flags, command)).as(command).contains("= 4 ");
        }
    }

    /** The compiler's level, as Java says it before it does what it is told. */
    private String flag(String flags, String command) throws IOException, InterruptedException {
        String call = flags + " " + top.resolve("hikae") + " --home " + top.resolve("home") + " " + command
                + " | grep ' TieredStopAtLevel ' || true";
        return run(List.of("bash", "-c", call));
    }
}
