package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the manual promises of results, and of files that are not to be written over or cannot be read. */
class PromisesIT {

    private static final Pattern RESULT = Pattern.compile("\"result\"\\s*:\\s*\\{([^}]*)\\}");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"\\s*:");

    @TempDir
    static Path folder;

    private static Program program;
    private static Program.Running server;

    @BeforeAll
    static void serve() throws Exception {
        byte[] content = new byte[4 << 20];
        new Random(2).nextBytes(content);
        Files.write(folder.resolve("data.img"), content);
        Files.write(folder.resolve("other.img"), content);
        program = Program.in(folder);
        server = program.serve();
        program.ok("disk", "add", "data", path("data.img"));
        program.ok("disk", "add", "other", path("other.img"));
        program.ok("medium", "add", "vault", "directory", path("vault"));
        program.ok("backup", "run", "data", "--to", "vault");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    /** The section of the manual's page on commands that begins with that heading. */
    private static String section(String heading) throws IOException {
        String page = Files.readString(Path.of("../../docs/manual/commands.md"));
        return page.substring(page.indexOf("\n### " + heading)).split("\n##+ ", 3)[1];
    }

    private static List<String> fields(String... words) throws Exception {
        MatchResult result =
                RESULT.matcher(program.ok(words)).results().findFirst().orElseThrow();
        return NAME.matcher(result.group(1))
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    @Test
    void theManualHasEveryFieldOfEveryResult() throws Exception {
        assertFields("backup run", fields("backup", "run", "data", "--to", "vault", "--after", "exit 3", "--json"));
        assertFields("generation verify", fields("generation", "verify", "data@1", "--json"));
        assertFields(
                "generation restore",
                fields("generation", "restore", "data@1", "--to", path("restored.img"), "--json"));
    }

    private static void assertFields(String command, List<String> fields) throws IOException {
        assertThat(fields).hasSizeGreaterThan(1);
        assertThat(fields).allSatisfy(field -> assertThat(section(command)).contains("`" + field + "`"));
    }

    @Test
    void disksAndMediaAreNotWrittenOver() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("other.img"));
        String[] read = {"node", "read", "n1", "data", "--at", "0", "--length", "16", "--to"};
        assertThat(program.fails(with(read, path("other.img")))).contains("is disk 'other'");
        Path link = Files.createSymbolicLink(folder.resolve("link.img"), folder.resolve("other.img"));
        assertThat(program.fails(with(read, link.toString()))).contains("is disk 'other'");
        assertThat(program.fails(with(read, path("vault/x")))).contains("lies in medium 'vault'");
        String[] restore = {"generation", "restore", "data@1", "--overwrite", "--to"};
        assertThat(program.fails(with(restore, link.toString()))).contains("is disk 'other'");
        assertThat(program.fails(with(restore, path("vault/x")))).contains("lies in medium 'vault'");
        assertThat(program.fails("medium", "add", "inner", "directory", path("vault/in")))
                .contains("lies in the folder of medium 'vault'");
        assertThat(folder.resolve("other.img")).hasBinaryContent(before);
        assertThat(folder.resolve("vault/x")).doesNotExist();
    }

    private static String[] with(String[] words, String last) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }

    @Test
    void aBrokenConfigurationIsAProblem() throws Exception {
        Program own = Program.in(Files.createDirectory(folder.resolve("own")));
        Path etc = Files.createDirectories(own.home().resolve("etc"));
        Files.write(etc.resolve("org.hikae.disk~noise.config"), new byte[] {'a', '\n', (byte) 0xff});
        Files.createFile(etc.resolve("org.hikae.medium~empty.config"));
        Files.createDirectory(etc.resolve("org.hikae.log.strategy~folder.config"));
        Files.writeString(etc.resolve("org.hikae.disk~cut.config"), "blockSize=I\"4096\"\nformat=\"raw\"\n");
        assertThat(own.fails("status", "--json"))
                .contains("disk~noise.config is ignored: line 2: it is not in UTF-8")
                .contains("medium~empty.config is ignored: it is empty")
                .contains("strategy~folder.config is ignored: it is a folder")
                .contains("\"cut\"", "its configuration has no name");
    }
}
