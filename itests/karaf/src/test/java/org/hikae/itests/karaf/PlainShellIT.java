package org.hikae.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.itests.karaf.Program.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in {@code org.apache.felix.gogo.shell}, which has no line editor and no terminal. */
class PlainShellIT {
    @TempDir
    Path folder;

    @Test
    void commandsAreReadFromStandardInput() throws Exception {
        Path disk = Files.write(folder.resolve("a disk"), new byte[1 << 20]);
        Answer answer = shell(
                "hikae:status",
                "disk add 007 '" + disk + "'",
                "disk list",
                "disk info nonesuch",
                "hikae:disk list --json",
                "felix:lb -s");
        assertThat(answer.exit()).isZero();
        assertThat(answer.lines())
                .contains("no problems", "007   1 MiB  4 KiB  raw     " + disk, "    \"name\": \"007\",")
                .anyMatch(line -> line.endsWith("disk 007 is added: " + disk + ", raw, 1 MiB"))
                .noneMatch(line -> line.startsWith("\tat "));
        assertThat(answer.lines())
                .filteredOn(line -> line.contains("nonesuch"))
                .singleElement()
                .asString()
                .endsWith("disk info: there is no disk 'nonesuch'; see 'disk list'");
        assertThat(answer.lines())
                .filteredOn(line -> line.contains("|org.hikae."))
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.contains("|Active "));
        assertThat(answer.output()).contains("org.apache.felix.gogo.shell").doesNotContain("jline");
    }

    private Answer shell(String... commands) throws Exception {
        String jar = System.getProperty("hikae.jar");
        return Program.run(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        // The framework is in the executable jar.
                        Path.of("target", "test-classes") + File.pathSeparator + jar,
                        PlainShell.class.getName(),
                        jar,
                        System.getProperty("gogo.shell"),
                        Files.createDirectory(folder.resolve("plain")).toString()),
                folder,
                commands);
    }
}
