package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.hikae.itests.cli.Cli.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform of a user who may not give files to others: that is told, once, and all else is as tar does it. */
class OrdinaryUserIT {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    /** Times are whole seconds, as mkfs keeps them. */
    private static final String SOURCE =
            """
            set -e
            mkdir -p "source/top/d/$(printf 'deep/%.0s' $(seq 100))" && cd source/top
            echo x > d/f && ln d/f linked && ln -s f d/link && echo y > set && chmod 6755 set
            n=$(printf 'caf\\351') && echo latin > "$n"
            printf x | dd of=sparse bs=1 seek=5000000 status=none
            mkfifo fifo && chmod 1555 d
            if [ "$(id -u)" = 0 ]; then
                mknod null c 1 3 && chown -h 12345:54321 d/f d/link
            fi
            find . -depth -exec touch -h -d '2020-02-02 02:02:02' {} +
            cd ../.. && PATH=$PATH:/usr/sbin:/sbin mkfs.ext4 -q -F -d source disk.img 16M && chmod 666 disk.img
            """;

    /** All but what this user may not do. */
    private static final String DESCRIBED =
            """
            tar --sort=name --format=posix --pax-option=delete=atime,delete=ctime --numeric-owner --owner=0 --group=0 \\
                --mode=ug-s --exclude=./null -C "$1" -cf - . | tee "$1.tar" | tar --numeric-owner --full-time -tvf -
            """;

    @TempDir
    Path folder;

    private boolean root;
    private Cli hikae;

    @BeforeEach
    void makeDisk() throws Exception {
        root = sh("id -u").strip().equals("0");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Cli cli = Cli.in(folder);
        hikae = cli.withJar(Files.copy(cli.jar(), folder.resolve("copy.jar")));
        sh(SOURCE);
    }

    private String sh(String script, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        words.addAll(List.of(arguments));
        Result result = Cli.in(folder).start(words, nothing()).await();
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    private static ProcessBuilder.Redirect nothing() {
        return ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile());
    }

    private Result run(String script) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(root ? AS_NOBODY : List.of());
        words.addAll(hikae.words("-c", script));
        return hikae.start(words, nothing()).await();
    }

    @Test
    void aTreeIsGotWithAllThatIsAllowed() throws Exception {
        if (root) {
            List<String> look = new ArrayList<>(AS_NOBODY);
            look.addAll(List.of(
                    "test",
                    "-x",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            assumeTrue(hikae.start(look, nothing()).await().code() == 0);
        }
        Result result = run("disk add files " + hikae.path("disk.img") + "; medium add m directory " + hikae.path("m")
                + "; backup run files --to m; generation get files@1 /top --to " + hikae.path("target"));
        assertThat(result.code()).as(result.err()).isZero();
        String told = result.out() + result.err();
        assertThat(told.split("not all could be restored", -1)).hasSize(root ? 2 : 1);
        if (root) {
            assertThat(told)
                    .containsPattern("108 owners \\(such as /top[^:]*: Operation not permitted\\)")
                    .contains("1 modes (such as /top/set: set-user-id and set-group-id need the owner)")
                    .contains("1 special files (such as /top/null: Operation not permitted)");
        }
        assertThat(sh(DESCRIBED, "target")).isEqualTo(sh(DESCRIBED, "source/top"));
        assertThat(Files.mismatch(folder.resolve("target.tar"), folder.resolve("source/top.tar")))
                .isEqualTo(-1);
        assertThat(Long.parseLong(sh("stat -c %b target/sparse").strip())).isLessThan(100);
        assertThat(new String(Files.readAllBytes(folder.resolve("target/d/f")), StandardCharsets.UTF_8))
                .isEqualTo("x\n");
    }
}
