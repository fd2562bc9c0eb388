package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hikae.itests.cli.Cli.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands, one process each: what they are given, and how they end. */
class UsageIT {
    @TempDir
    Path folder;

    private Cli hikae;

    @BeforeEach
    void nameFolder() {
        hikae = Cli.in(folder);
    }

    @Test
    void helpAndVersionNeedNoHome() throws Exception {
        Result help = hikae.run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: hikae ").contains("disk", "serve", "--home");
        assertThat(help.err()).isEmpty();
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 90);
        assertThat(hikae.run("help")).isEqualTo(help);
        assertThat(hikae.run("--version").out()).matches("Hikae \\d+\\.\\d+\\.\\d+.*\n");
        assertThat(hikae.home()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--hom | Did you mean --home?",
                "-x | There is no option -x",
                "--home | needs a folder",
                "-c | needs commands",
                "run | needs a file",
                "serve now | 'now' is one argument too many after serve",
                "--help me | 'me' is one argument too many",
            })
    void wrongUseIsToldBeforeAnythingHappens(String arguments, String message) throws Exception {
        Result result = hikae.run(arguments.split(" ", -1));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("hikae: ").contains(message).hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(hikae.home()).doesNotExist();
    }

    @Test
    void codesAndMessages() throws Exception {
        hikae.withProbe();

        assertThat(hikae.run("probe-args", "x")).isEqualTo(new Result(0, "<x>\n", ""));
        assertThat(hikae.run("probe-fail", "1", "no such disk")).isEqualTo(new Result(1, "", "no such disk\n"));
        assertThat(hikae.run("probe-fail", "2", "wrong use")).isEqualTo(new Result(2, "", "wrong use\n"));
        assertThat(hikae.run("disc", "list"))
                .isEqualTo(new Result(2, "", "There is no command disc. Did you mean disk?\n"));
        assertThat(hikae.run("run", "nowhere").err())
                .isEqualTo("hikae: There is no script " + hikae.path("nowhere") + ": give a file with commands\n");
        assertThat(hikae.run("-c", "stop x y").err()).isNotEmpty();
        assertThat(hikae.run("-c", "probe-args x; exit 3")).isEqualTo(new Result(3, "<x>\n", ""));
    }

    @Test
    void everyThingIsInTheHelp() throws Exception {
        String help = hikae.run("--help").out();
        // The variable holds the names of all commands, with their scopes.
        Result result = hikae.run("-c", "$.commands");
        List<String> things = result.out()
                .lines()
                .filter(line -> line.startsWith("hikae:"))
                .map(line -> line.substring("hikae:".length()))
                .filter(name -> !name.equals("complete"))
                .toList();
        assertThat(things).contains("disk", "backup");
        assertThat(Arrays.stream(help.split("\\W+")).collect(Collectors.toSet()))
                .containsAll(things);
    }

    @Test
    void scriptsStopAtTheFirstFailure() throws Exception {
        hikae.withProbe();
        String script = "probe-args 1\nprobe-args '2 two'\n\nprobe-fail 1 enough\nprobe-args 3\n";
        Files.writeString(folder.resolve("nightly"), script);

        assertThat(hikae.run("run", "nightly")).isEqualTo(new Result(1, "<1>\n<2 two>\n", "nightly:4: enough\n"));
        assertThat(hikae.run("-c", script)).isEqualTo(new Result(1, "<1>\n<2 two>\n", "enough\n"));
        byte[] input = script.getBytes(StandardCharsets.UTF_8);
        Result expected = new Result(1, "<1>\n<2 two>\n", "standard input:4: enough\n");
        assertThat(hikae.runWithInput(input)).isEqualTo(expected);
        assertThat(hikae.runWithInput(input, "run", "-")).isEqualTo(expected);
    }

    @Test
    void aHomeIsItsOwnersAlone() throws Exception {
        hikae.run("-c", "x = 1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hikae.home())))
                .isEqualTo("rwx------");
        assertThat(hikae.home().resolve("version")).hasContent("1");
        assertThat(hikae.home().resolve("socket")).doesNotExist();
        assertThat(names(hikae.home()))
                .contains("cache", "etc", "lock", "log", "version")
                .noneMatch(name -> name.startsWith("socket") || name.endsWith(".next"));

        // An empty folder that somebody made becomes one; a home that was opened to others is closed again.
        Files.setPosixFilePermissions(hikae.home(), PosixFilePermissions.fromString("rwxr-xr-x"));
        hikae.run("-c", "x = 1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hikae.home())))
                .isEqualTo("rwx------");
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aFolderWithOtherFilesIsNoHome() throws Exception {
        Path documents = Files.createDirectory(folder.resolve("documents"));
        Files.writeString(documents.resolve("letter"), "Dear");
        Files.setPosixFilePermissions(documents, PosixFilePermissions.fromString("rwxr-xr-x"));

        Result result = hikae.withHome(documents).run("disk", "list");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("holds other files and is no home").hasLineCount(1);
        assertThat(names(documents)).containsExactly("letter");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(documents)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void aHomeOfANewerFormatIsRefused() throws Exception {
        Files.createDirectory(hikae.home());
        Files.writeString(hikae.home().resolve("version"), "2\n");

        Result result = hikae.run("disk", "list");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("has the format 2 of a newer Hikae").hasLineCount(1);
        assertThat(names(hikae.home())).containsExactlyInAnyOrder("version", "lock");
        Files.writeString(hikae.home().resolve("version"), "");
        assertThat(hikae.run("disk", "list").err()).contains("should hold a number");
        Files.delete(hikae.home().resolve("version"));
        Files.createDirectory(hikae.home().resolve("version"));
        assertThat(hikae.run("disk", "list").err())
                .contains(hikae.home() + "/version, which tells the format of the home, cannot be read")
                .hasLineCount(1);
        Files.delete(hikae.home().resolve("version"));
        Files.delete(hikae.home().resolve("lock"));
        Files.createDirectory(hikae.home().resolve("lock"));
        assertThat(hikae.run("disk", "list").err())
                .contains("The home " + hikae.home() + " cannot be written: ")
                .hasLineCount(1);
    }

    /** What was done must not look undone because nobody could be told of it. */
    @Test
    void aFullStandardOutputIsToldAndEndsNothing() throws Exception {
        hikae.withProbe();
        List<String> words = new ArrayList<>(List.of("sh", "-c", "\"$@\" >/dev/full", "sh"));
        words.addAll(hikae.words("-c", "probe-args x; probe-write done"));
        Result result = hikae.start(words, ProcessBuilder.Redirect.from(new File("/dev/null")))
                .await();
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("Standard output cannot be written: No space left on device; what was asked for is done")
                .hasLineCount(1);
        assertThat(folder.resolve("done")).hasContent("written");
    }
}
