package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive to install, unpacked where the path has a space. */
class InstalledIT {
    private static final long DEADLINE_SECONDS = 60;
    private static final int DISK_BYTES = 8 << 20;
    /** So that a backup runs for longer than anything here takes. */
    private static final String SLOW = "64kB/s";

    @TempDir
    static Path folder;

    private static Path archive;
    /** What is in the archive's folder. */
    private static Path installed;

    private final Path home = folder.resolve("home " + System.nanoTime());

    @BeforeAll
    static void unpack() throws Exception {
        Path target = Path.of(System.getProperty("hikae.top"), "features/dist/target");
        try (Stream<Path> files = Files.list(target)) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Path place = Files.createDirectory(folder.resolve("a place"));
        ok("tar", "-xzf", archive.toString(), "-C", place.toString());
        String name = archive.getFileName().toString();
        installed = place.resolve(name.substring(0, name.length() - ".tar.gz".length()));
        byte[] content = new byte[DISK_BYTES];
        new Random(7).nextBytes(content);
        Files.write(folder.resolve("data.img"), content);
    }

    private static Program.Running start(Map<String, String> environment, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "output", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Program.Running(builder.start(), output);
    }

    private static String ok(String... command) throws IOException, InterruptedException {
        return ok(Map.of(), command);
    }

    private static String ok(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Program.Result result = start(environment, List.of(command)).await();
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String unit() throws IOException {
        return Files.readString(installed.resolve("systemd/hikae.service"));
    }

    @Test
    void allIsRootsAndOthersOnlyReadIt() throws Exception {
        List<String> entries = ok("tar", "-tvzf", archive.toString()).lines().toList();
        String name = installed.getFileName().toString();
        assertThat(entries).allMatch(entry -> entry.contains(" root/root ") && entry.contains(" " + name + "/"));
        assertThat(entries).allMatch(entry -> entry.startsWith(modeOf(entry)));
        assertThat(ok("sh", "-c", "cd \"$1\" && find . -type f | sort", "sh", installed.toString()))
                .contains("./LICENSE", "./README.md", "./bin/hikae\n", "./docs/manual/install.md", "./lib/hikae.jar");
    }

    private static String modeOf(String entry) {
        if (entry.endsWith("/")) {
            return "drwxr-xr-x ";
        }
        return entry.endsWith("/bin/hikae") ? "-rwxr-xr-x " : "-rw-r--r-- ";
    }

    @Test
    void aBackupAndARestoreByALinkToTheProgram() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("linked hikae"), installed.resolve("bin/hikae"));
        String script = "disk add data '" + path("data.img") + "'; medium add vault directory '" + path("a vault")
                + "'; backup run data --to vault; generation verify data@1; generation restore data@1 --to '"
                + path("restored.img") + "'";
        ok(Map.of("HIKAE_HOME", home.toString(), "JAVA_OPTS", "-Xmx300m -Dx=y"), link.toString(), "-c", script);
        assertThat(folder.resolve("restored.img")).hasSameBinaryContentAs(folder.resolve("data.img"));
        assertThat(home.resolve("version")).exists();
    }

    @Test
    void theManualsLinksLeadSomewhere() throws Exception {
        List<Path> pages;
        try (Stream<Path> files = Files.walk(installed.resolve("docs"), 2)) {
            pages = Stream.concat(
                            Stream.of(installed.resolve("README.md")),
                            files.filter(file -> file.getNameCount() == installed.getNameCount() + 3))
                    .toList();
        }
        assertThat(pages).hasSizeGreaterThan(20);
        for (Path page : pages) {
            Matcher link = Pattern.compile("]\\(([^)#:]+)[^):]*\\)").matcher(Files.readString(page));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1)))
                        .as("a link on " + page)
                        .exists();
            }
        }
    }

    /** A home is no place for what a program writes beside itself. */
    @Test
    void nothingIsWrittenWhereItIsInstalled() throws Exception {
        String list = "cd \"$1\" && find . -printf '%p %m %s %T@\\n' | sort";
        String before = ok("sh", "-c", list, "sh", installed.toString());
        ok(installed.resolve("bin/hikae").toString(), "--home", home.toString(), "status");
        assertThat(ok("sh", "-c", list, "sh", installed.toString())).isEqualTo(before);
    }

    @Test
    void anOldJavaInThePathIsPassedOver() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/usr/lib/jvm")), "no package has installed Java: skipped");
        Path old = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        ok("chmod", "755", old.toString());
        Map<String, String> environment =
                Map.of("JAVA_HOME", "", "PATH", old.getParent() + ":" + System.getenv("PATH"));
        assertThat(ok(environment, installed.resolve("bin/hikae").toString(), "--version"))
                .startsWith("Hikae ");
    }

    @Test
    void theUnitIsWellFormed() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "there is no systemd-analyze here: skipped");
        // Where a program lies that is installed, whatever the path.
        Path program = Files.createSymbolicLink(folder.resolve("program"), installed.resolve("bin/hikae"));
        Path unit = folder.resolve("hikae.service");
        Files.writeString(unit, unit().replace("/opt/hikae/bin/hikae", program.toString()));
        String output = ok("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit.toString());
        assertThat(output).doesNotContain("hikae.service");
    }

    /** As systemd does when it stops a unit, while a backup runs. */
    @Test
    void sigtermEndsWhatTheUnitStartsCleanly() throws Exception {
        try (Program.Running server = serve()) {
            ok(
                    installed.resolve("bin/hikae").toString(),
                    "--home",
                    home.toString(),
                    "-c",
                    "disk add data '" + path("data.img") + "'; medium add v directory '" + path("v")
                            + "'; backup run data --to v --rate " + SLOW + " --detach");
            server.signal("TERM");
            Program.Result result = server.await();
            assertThat(result.code()).as(result.output()).isIn(0, Integer.parseInt(setting("SuccessExitStatus")));
        }
        String after = ok(
                installed.resolve("bin/hikae").toString(),
                "--home",
                home.toString(),
                "-c",
                "job list; generation list; backup run data --to v");
        assertThat(after).contains("the platform was stopped").contains("there are no generations");
    }

    /** What the unit starts, in another home. */
    private Program.Running serve() throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM,HUP"));
        for (String word : setting("ExecStart").split(" ")) {
            command.add(word.replace("/opt/hikae", installed.toString()).replace("/var/lib/hikae", home.toString()));
        }
        Program.Running server = start(Map.of(), command);
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> {
            assertThat(server.process().isAlive()).as(server.soFar()).isTrue();
            return server.soFar().contains("ready");
        });
        return server;
    }

    private static String setting(String name) throws IOException {
        Matcher setting = Pattern.compile("(?m)^" + name + "=(.*)$").matcher(unit());
        assertThat(setting.find()).as(name).isTrue();
        return setting.group(1);
    }
}
