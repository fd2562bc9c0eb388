package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real trees go into a shared file system through one node, come out through another, go into a generation, and come out of it
 * when the disk is gone; by commands, each a process, and all that tar and git can tell of them is as it was.
 */
class SharedTreesIT {
    private static final boolean LONG = Boolean.getBoolean("hikae.long");

    /** Two checkouts with a history, and what they do not have: all kinds of files, modes, owners, attributes. */
    private static final String SOURCE =
            """
            set -e
            mkdir -p tree/repository && cd tree/repository
            git init -q . && git config user.email a@b.c && git config user.name n && git config gc.auto 0
            for i in 1 2 3; do
                mkdir -p "d$i/夜"
                for j in $(seq 30); do head -c $((i * j * 37)) /dev/urandom > "d$i/夜/f$j"; done
                git add . && git commit -q -m "commit $i"
            done
            git repack -q -a -d && git tag -a -m tagged v1
            cd .. && git clone -q repository clone && cd clone && git checkout -q HEAD~2 && cd ..
            mkdir kinds && cd kinds
            head -c 3000000 /dev/urandom > large && ln large linked && ln -s ../nowhere link && : > empty
            truncate -s 60000000 sparse && printf end | dd of=sparse bs=1 seek=50000000 conv=notrunc status=none
            n=$(printf 'caf\\351') && echo latin > "$n" && mkfifo fifo && chmod 4755 empty && mkdir sticky && chmod 1777 sticky
            printf x > "$(printf 'n%.0s' $(seq 255))"
            setfattr -n user.comment -v value large 2>/dev/null || true
            if [ "$(id -u)" = 0 ]; then mknod null c 1 3 && chown 12345:54321 linked && chown -h 1:2 link; fi
            touch -h -d '2020-02-02 02:02:02.123456789' link empty large sticky
            """;

    /** Names, types, modes, owners, times to the nanosecond, links, devices, extended attributes and contents. */
    private static final String DESCRIBED =
            """
            cd "$1" && tar --sort=name --format=posix --pax-option=delete=atime,delete=ctime --numeric-owner --xattrs \\
                --xattrs-include='user.*' -cf - . | sha256sum
            tar --sort=name --format=posix --numeric-owner --full-time -cf - . | tar --numeric-owner --full-time -tvf -
            """;

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void makeDisk() throws Exception {
        program = Program.in(folder);
        sh("truncate -s 2G disk.img && mkdir out");
        program.ok(
                "-c",
                "disk add data '" + folder.resolve("disk.img") + "'; node add n2; disk format data shared;"
                        + " medium add m directory '" + folder.resolve("m") + "'");
    }

    private String sh(String script, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectError(folder.resolve("sh.err").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("sh.err")))
                .isZero();
        return output;
    }

    private void assertSame(String tree, String other) throws Exception {
        assertThat(sh(DESCRIBED, other)).isEqualTo(sh(DESCRIBED, tree));
    }

    @Test
    void aTreeIsWhatItWasEverywhere() throws Exception {
        sh(SOURCE);
        through("tree");
        for (String out : List.of("out/through-n2", "out/generation")) {
            assertThat(Integer.parseInt(
                            sh("stat -c %b \"$1\"", out + "/kinds/sparse").strip()))
                    .as("blocks of a file of zeros")
                    .isLessThan(1000);
            for (String repository : List.of("repository", "clone")) {
                sh(
                        "cd \"$1\" && git fsck --full --strict && test -z \"$(git status --porcelain)\"",
                        out + "/" + repository);
            }
        }
    }

    @Test
    void aJdkIsWhatItWasEverywhere() throws Exception {
        String home = System.getProperty("java.home");
        // Without the archive of all modules, and most of the licences, by day.
        sh(
                "mkdir -p jdk/legal && cp -aL \"$1\"/bin \"$1\"/conf jdk"
                        + " && cp -a \"$1\"/legal/java.base \"$1\"/legal/java.desktop jdk/legal",
                home);
        if (LONG) {
            sh("cp -aL \"$1\"/lib jdk && cp -a \"$1\"/legal jdk", home);
        }
        through("jdk");
    }

    /** Into the disk by one node, out by another, and out of a generation: each in a process that finds what is there. */
    private void through(String tree) throws Exception {
        program.ok("-c", "fs put '" + folder.resolve(tree) + "' data:/ --node n1; fs mkdir data:/more");
        String output = program.ok(
                "-c",
                "fs get data:/" + tree + " '" + folder.resolve("out/through-n2")
                        + "' --node n2; disk check data; backup run data --to m; fs rm -r data:/" + tree
                        + "; backup run data --to m --differential; disk remove data");
        assertThat(output).contains("disk data is clean");
        assertSame(tree, "out/through-n2");
        Files.delete(folder.resolve("disk.img"));
        assertThat(program.ok("generation", "files", "data@2")).doesNotContain(tree + "/");
        program.ok("generation", "get", "data@1", "/" + tree, "--to", path("out/generation"));
        assertSame(tree, "out/generation");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
