package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * b.1-b.7: groups of files of real trees, a JDK and a git checkout, on an ext disk and on one that nodes share: what a generation
 * gives back is what tar finds in the source, by patterns that mean the same.
 */
class GroupTreesIT {
    /** Times are whole seconds, as mkfs keeps them. */
    private static final String SOURCE =
            """
            set -e
            mkdir -p source/git source/jdk && cd source/git
            git init -q . && git config user.email a@b.c && git config user.name n && git config gc.auto 0
            for i in 1 2 3; do
                mkdir -p "d$i/夜/objects"
                for j in $(seq 30); do head -c $((i * j * 37)) /dev/urandom > "d$i/夜/f$j"; done
                echo object > "d$i/夜/objects/o" && ln "d$i/夜/f30" "d$i/linked" && ln -s "夜/f1" "d$i/symbolic"
                git add . && git commit -q -m "commit $i"
            done
            cd ../jdk && cp -aL "$1"/bin "$1"/conf . && cp -aL "$1"/legal . && cd ..
            chown -R 0:0 . 2>/dev/null || true
            find . -depth -exec touch -h -d '2020-02-02 02:02:02' {} +
            """;

    /** The group: all of the checkout but git's objects, and some licences. */
    private static final String[] LIST = {"/git/*", "X .git/objects/", "/jdk/legal/*", "X java.b*"};

    private static final String TAR = "tar --sort=name --format=posix --pax-option=delete=atime,delete=ctime"
            + " --numeric-owner --exclude=.git/objects --exclude='java.b*' -C \"$1\"";

    @TempDir
    Path folder;

    private Program program;
    private Program.Running server;

    @BeforeEach
    void serve() throws Exception {
        program = Program.in(folder);
        sh(SOURCE, System.getProperty("java.home"));
        server = program.serve();
        program.ok("medium", "add", "m", "directory", path("m"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String sh(String script, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectError(folder.resolve("sh.err").toFile());
        builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("sh.err")))
                .isZero();
        return output;
    }

    @Test
    void ofAnExtDisk() throws Exception {
        sh("truncate -s 400M disk.img && mkfs.ext4 -q -F -d source disk.img");
        program.ok("disk", "add", "data", path("disk.img"));
        membersAreWhatTheyWere();
    }

    @Test
    void ofADiskThatNodesShare() throws Exception {
        sh("truncate -s 1G disk.img");
        program.ok("-c", "disk add data '" + path("disk.img") + "'; disk format data shared");
        program.ok("-c", "fs put '" + path("source/git") + "' data:/; fs put '" + path("source/jdk") + "' data:/");
        membersAreWhatTheyWere();

        program.ok("-c", "fs rm -r data:/git/d1; fs mv data:/git/d2 data:/git/d4");
        String generation = backUp("group", "--differential");
        program.ok("generation", "restore", generation, "--to", path("later"));
        assertThat(sh("ls -A later/git")).isEqualTo(".git\nd3\nd4\n");
        assertThat(sh("diff -r later/git/d4 source/git/d2 && diff -r later/git/d3 source/git/d3"))
                .isEmpty();
    }

    private void membersAreWhatTheyWere() throws Exception {
        List<String> add = new ArrayList<>(List.of("group", "add", "some", "data"));
        add.addAll(List.of(LIST));
        program.ok(add.toArray(String[]::new));
        for (String meta : List.of("all", "group")) {
            String generation = backUp(meta);
            program.ok("generation", "restore", generation, "--to", path(meta));
            assertThat(sh("ls -A \"$1\" \"$1\"/jdk", meta))
                    .isEqualTo(meta + ":\ngit\njdk\n\n" + meta + "/jdk:\nlegal\n");
            assertThat(sh("find \"$1\" -path '*.git/objects*' -o -name 'java.b*'", meta))
                    .isEmpty();
            assertThat(listed(meta)).isEqualTo(listed("source"));
            assertThat(summed(meta)).isEqualTo(summed("source"));
            String files = program.ok("generation", "files", generation);
            assertThat(files.contains("/jdk/bin/java\n")).isEqualTo(meta.equals("all"));
            assertThat(program.fails("generation", "get", generation, "/jdk/bin/java", "--to", path("java")))
                    .contains("/jdk/bin/java");
            program.ok("generation", "verify", generation);
        }
    }

    private String backUp(String meta, String... options) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("backup", "run", "--group", "some", "--to", "m", "--meta", meta, "--json"));
        words.addAll(List.of(options));
        return Program.ids(program.ok(words.toArray(String[]::new)).replace("\"generation\"", "\"id\""))
                .get(0);
    }

    /** What tar shows of the members, so that a difference can be read. */
    private String listed(String tree) throws Exception {
        return sh(TAR + " -cf - git jdk/legal | tar --numeric-owner --full-time -tvf -", tree);
    }

    private String summed(String tree) throws Exception {
        return sh(TAR + " -cf - git jdk/legal | sha256sum", tree);
    }
}
