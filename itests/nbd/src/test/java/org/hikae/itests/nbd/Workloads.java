package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.osgi.annotation.versioning.ProviderType;
import org.roaringbitmap.RoaringBitmap;

/** Programs that keep a mounted file system busy until they are closed, all at once. */
final class Workloads implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 60;
    /** What fio exits with when it was told to end. */
    private static final int FIO_TOLD = 128;

    private final Path folder;
    private final Path mounted;
    private final Path compiled;
    private final Tool.Running fio;
    private final Tool.Running compiler;
    private final Tool.Running churn;

    /**
     * Starts them.
     *
     * @param folder for what they print, not on the file system
     * @param seed of fio
     */
    Workloads(Path folder, Path mounted, long seed) throws IOException, InterruptedException {
        this.folder = folder;
        this.mounted = mounted;
        compiled = Files.createFile(folder.resolve("compiled"));
        // What can fail comes before the first of them: nobody could end it.
        String script = compilerScript();
        fio = fio(seed);
        compiler = shell(script);
        churn = churn();
    }

    /**
     * Writes past the page cache and through it, synced now and then, read back and compared; and small ones all over a
     * larger file, so that most of its blocks change once between two backups, or not at all.
     */
    private Tool.Running fio(long seed) throws IOException {
        String common =
                " --rw=randwrite --verify=crc32c --verify_fatal=1 --verify_state_save=0 --time_based --runtime=1h"
                        + " --thread --randseed=" + Math.abs(seed);
        String mixed = common + " --bsrange=4k-256k --size=6M --fallocate=none --rate=,10M";
        return shell("exec fio --directory='" + mounted + "'"
                + job("direct", mixed + " --direct=1 --fsync=16 --verify_backlog=32")
                + job("cached", mixed + " --fdatasync=40 --verify_backlog=64")
                + job(
                        "scattered",
                        common + " --bs=4k --size=24M --overwrite=1 --direct=1 --rate_iops=1000"
                                + " --verify_backlog=64"));
    }

    private static String job(String name, String options) {
        return " --name=" + name + " --filename=" + name + options;
    }

    /** Unpacks a tree of sources, renames it, compiles it, renames the result, deletes it all, again and again. */
    private String compilerScript() throws IOException, InterruptedException {
        Path sources = folder.resolve("sources.tar");
        Path top = Path.of(System.getProperty("hikae.top"));
        Tool.ok(folder, "tar", "-cf", sources.toString(), "-C", top.toString(), "bundles/api/src/main/java");
        String javac = Path.of(System.getProperty("java.home"), "bin", "javac")
                + " -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-Xmx256m -proc:none -nowarn -cp '"
                + jarOf(ProviderType.class) + ":" + jarOf(RoaringBitmap.class) + "'";
        return "set -e; cd '" + mounted + "'; while :; do mkdir unpacking; tar -xf '" + sources
                + "' -C unpacking; mv unpacking tree; find tree -name '*.java' >tree/list; " + javac
                + " -d tree/classes @tree/list; mv tree/classes tree/done; echo compiled >>'" + compiled
                + "'; rm -r tree; done";
    }

    /** Makes, rewrites, truncates and deletes files, never synced: blocks are freed, trimmed, used again. */
    private Tool.Running churn() throws IOException {
        return shell("set -e; cd '" + mounted + "'; mkdir churn; i=0; while :; do i=$((i+1)); d=churn/$((i%7));"
                + " rm -rf $d; mkdir -p $d; for f in 1 2 3 4 5 6 7 8; do head -c $((f*f*9999)) /dev/urandom >$d/$f;"
                + " done; truncate -s 5000 $d/8; done");
    }

    /** Leaves the machine to what is tested, where both want it. */
    private Tool.Running shell(String script) throws IOException {
        return Tool.start(folder, List.of("nice", "/bin/sh", "-c", script));
    }

    private static Path jarOf(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Waits until the file system is in full use. */
    void awaitBusy() {
        Awaitility.await()
                .atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> Files.exists(mounted.resolve("cached"))
                        && Files.exists(mounted.resolve("scattered"))
                        && Files.exists(mounted.resolve("tree"))
                        && Files.exists(mounted.resolve("churn/2")));
    }

    /** None has ended, which each would if a program failed, or read what it had not written. */
    void assertRunning() throws IOException {
        for (Tool.Running running : List.of(fio, compiler, churn)) {
            assertThat(running.process().isAlive())
                    .as(Files.readString(running.output()))
                    .isTrue();
        }
    }

    /** None has ended, which each would if a program failed; the sources were compiled; fio has read back, and was content. */
    void assertFine() throws IOException, InterruptedException {
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> {
            assertRunning();
            return Files.size(compiled) > 0;
        });
        fio.process().destroy();
        Tool.Result result = fio.await();
        assertThat(result.code()).as(result.output()).isEqualTo(FIO_TOLD);
        assertThat(result.output()).doesNotContain("verify:");
        for (String job : List.of("direct", "cached", "scattered")) {
            assertThat(result.output())
                    .containsPattern("(?s)" + job + ": \\([^\\n]* err= 0:.*?issued rwts: total=[1-9]");
        }
    }

    @Override
    public void close() throws InterruptedException {
        fio.close();
        compiler.close();
        churn.close();
    }
}
