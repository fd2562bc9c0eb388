package org.hikae.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.itests.karaf.Program.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The archive in Apache Karaf, as docs/manual/karaf.md has it. */
@EnabledForJreRange(
        max = JRE.JAVA_23,
        disabledReason = "Karaf 4.4 asks for a security manager: Java 24 refuses to start")
class KarafIT {
    private static final Path ARCHIVE = Path.of(System.getProperty("hikae.kar"));
    private static final Pattern CARRIED = Pattern.compile("repository/org/hikae/(org\\.hikae\\.[^/]*)/.*\\.jar");
    private static final Pattern LISTED = Pattern.compile(".*\\| Active .*\\| (org\\.hikae\\.\\S+)\\s*");
    private static final int SIZE = 5_000_123;

    @TempDir
    static Path folder;

    private static Karaf karaf;

    @RegisterExtension
    static final AfterTestExecutionCallback LOG = context -> {
        if (context.getExecutionException().isPresent()) {
            karaf.printLog();
        }
    };

    @BeforeAll
    static void install() throws Exception {
        karaf = Karaf.start(folder);
        // Its exit code is not to be relied upon: the session may end with the shell that is refreshed.
        Answer answer = karaf.client("kar:install " + ARCHIVE.toUri());
        try {
            karaf.awaitCommand("hikae:status");
        } catch (RuntimeException | Error e) {
            System.err.println("kar:install: " + answer);
            karaf.printLog();
            throw e;
        }
    }

    @AfterAll
    static void kill() {
        if (karaf != null) {
            karaf.close();
        }
    }

    @Test
    void everyBundleOfTheArchiveIsActive() throws Exception {
        Set<String> carried;
        try (JarFile archive = new JarFile(ARCHIVE.toFile())) {
            carried = named(CARRIED, archive.stream().map(JarEntry::getName));
        }
        assertThat(carried).contains("org.hikae.api", "org.hikae.shell");
        assertThat(named(LISTED, run("bundle:list -t 0 -s").lines().stream())).isEqualTo(carried);
    }

    private static Set<String> named(Pattern pattern, Stream<String> lines) {
        return lines.map(pattern::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aDiskIsBackedUpVerifiedAndRestoredAndIsKnownAfterAKill() throws Exception {
        Path disk = disk("a disk");
        Path medium = Files.createDirectory(folder.resolve("medium"));
        Path restored = folder.resolve("restored");
        assertThat(run(
                                "hikae:disk add data '" + disk + "'",
                                "hikae:medium add vault directory " + medium,
                                "hikae:backup run data --to vault",
                                "hikae:generation verify data@1",
                                "hikae:generation restore data@1 --to " + restored,
                                "hikae:schedule add nightly --disk data --to vault --full '0 3 * * *'",
                                "hikae:catalog generations",
                                "hikae:status")
                        .output())
                .contains("disk data is added: " + disk, "medium vault is added: directory " + medium)
                .containsPattern("read +4.77 MiB \\(5000123 bytes\\)")
                .containsPattern("target +" + restored)
                .contains("schedule nightly of disk data is added")
                .containsPattern("STATE +present")
                .contains("no problems");
        assertThat(Files.mismatch(disk, restored)).isEqualTo(-1);
        assertThat(karaf.data().resolve("hikae")).isDirectory();
        assertThat(run("event:display").output()).contains("org/hikae/job/STARTED", "org/hikae/job/DONE");

        karaf.restart("hikae:generation verify data@1");
        assertThat(run("hikae:disk list").output()).containsPattern("(?m)^data +4.77 MiB .*" + disk + "$");
        assertThat(run("hikae:job list").output()).contains("backup", "verify", "restore");
    }

    @Test
    void aNameOfDigitsStaysAsItIsWritten() throws Exception {
        assertThat(run("hikae:disk add 007 " + disk("seven"), "hikae:disk list").output())
                .contains("disk 007 is added")
                .containsPattern("(?m)^007 ");
        assertThat(run("hikae:disk list --json").output()).contains("\"name\": \"007\"");
    }

    @Test
    void whatFailsSaysSoInOneLineAndEndsTheScript() throws Exception {
        Answer answer = karaf.client("hikae:disk info nonesuch", "shell:echo on");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.lines())
                .containsExactly("Error executing command: disk info: there is no disk 'nonesuch'; see 'disk list'");
    }

    private static Answer run(String... commands) throws IOException, InterruptedException {
        Answer answer = karaf.client(commands);
        assertThat(answer.exit()).as(answer.output()).isZero();
        return answer;
    }

    private static Path disk(String name) throws IOException {
        byte[] content = new byte[SIZE];
        new Random(name.hashCode()).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }
}
