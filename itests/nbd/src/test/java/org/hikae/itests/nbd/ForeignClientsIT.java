package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote: qemu's, libnbd's, fio's. */
class ForeignClientsIT {

    private static final int MIB = 1 << 20;
    private static final int SIZE = 48 * MIB;
    private static final boolean LONG = Boolean.getBoolean("hikae.long");

    @TempDir
    static Path folder;

    private static Hikae hikae;
    private static Path disk;
    private static Path content;

    @BeforeAll
    static void serve() throws Exception {
        hikae = new Hikae(folder);
        hikae.serve();
        disk = hikae.addDisk("data", SIZE);
        hikae.ok("medium", "add", "vault", "directory", folder.resolve("vault").toString());
        content = folder.resolve("content");
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        java.util.Arrays.fill(bytes, 8 * MIB, 16 * MIB, (byte) 0);
        Files.write(content, bytes);
    }

    @AfterAll
    static void stop() throws Exception {
        hikae.close();
    }

    /** Makes the disk one hole with some data in it. */
    private static void clear() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(0);
            file.setLength(SIZE);
        }
    }

    private static void assertSame(Path one, Path other) throws IOException {
        assertThat(Files.mismatch(one, other)).isEqualTo(-1);
    }

    @Test
    void qemuImgConvertsToAndFro() throws Exception {
        Tool.ok(folder, "qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", content.toString(), hikae.uri("data"));
        assertSame(content, disk);
        Path qcow = folder.resolve("copy.qcow2");
        Tool.ok(folder, "qemu-img", "convert", "-f", "raw", "-O", "qcow2", hikae.uri("data"), qcow.toString());
        Tool.ok(folder, "qemu-img", "compare", "-f", "raw", "-F", "qcow2", hikae.uri("data"), qcow.toString());
    }

    @Test
    void qemuIoFindsItsPatterns() throws Exception {
        Tool.ok(
                folder,
                "qemu-io",
                "-f",
                "raw",
                hikae.uri("data"),
                "-c",
                "write -P 0xa5 1M 3M",
                "-c",
                "write -z 2M 64k",
                "-c",
                "write -z -u 3M 64k",
                "-c",
                "read -P 0xa5 1M 1M",
                "-c",
                "read -P 0 2M 64k",
                "-c",
                "read -P 0 3M 64k",
                "-c",
                "write -f -P 7 5000k 5k",
                "-c",
                "read -P 7 5000k 5k",
                "-c",
                "discard 8M 1M",
                "-c",
                "flush");
    }

    @Test
    void nbdcopyGoesBothWays() throws Exception {
        clear();
        Tool.ok(folder, "nbdcopy", "--connections=4", "--requests=64", content.toString(), hikae.uri("data"));
        assertSame(content, disk);
        Path out = folder.resolve("out");
        Tool.ok(folder, "nbdcopy", "--connections=4", hikae.uri("data"), out.toString());
        assertSame(content, out);
        Tool.ok(folder, "nbdcopy", "--synchronous", "--request-size=33554432", hikae.uri("data"), out.toString());
        assertSame(content, out);
    }

    @Test
    void nbdinfoTellsOfHolesAndAbilities() throws Exception {
        clear();
        Tool.ok(
                folder,
                "qemu-io",
                "-f",
                "raw",
                hikae.uri("data"),
                "-c",
                "write 4M 1M",
                "-c",
                "write 40M 4M",
                "-c",
                "flush");
        assertThat(Tool.ok(folder, "nbdinfo", "--map", hikae.uri("data"))
                        .replaceAll("\\s+", " ")
                        .strip())
                .isEqualTo("0 4194304 3 hole,zero 4194304 1048576 0 data 5242880 36700160 3 hole,zero"
                        + " 41943040 4194304 0 data 46137344 4194304 3 hole,zero");
        assertThat(Tool.ok(folder, "nbdinfo", "--json", hikae.uri("data")))
                .contains("\"export-size\": " + SIZE, "\"can_multi_conn\": true", "\"base:allocation\"")
                .contains("\"is_read_only\": false", "\"block_size_maximum\": 33554432");
        assertThat(Tool.ok(folder, "nbdinfo", "--list", hikae.uri(""))).contains("export=\"data\"", "disk data");
        assertThat(Tool.run(folder, java.util.List.of("nbdinfo", hikae.uri("nothing")))
                        .output())
                .contains("No such file or directory for export: nothing");
    }

    @Test
    void fioFindsWhatItWrote() throws Exception {
        String size = LONG ? "--loops=40" : "--loops=1";
        Tool.fio(
                folder,
                hikae.uri("data"),
                "--rw=randrw",
                "--bsrange=512-256k",
                "--blockalign=512",
                "--iodepth=16",
                "--size=" + SIZE,
                "--verify=crc32c",
                "--verify_fatal=1",
                size);
    }

    @Test
    void nbdshGetsTheErrorsThatTheProtocolNames() throws Exception {
        hikae.ok("backup", "run", "data", "--to", "vault");
        Path script = folder.resolve("wrong.py");
        Files.writeString(script, WRONG.replace("DISK", hikae.uri("data")).replace("GENERATION", hikae.uri("data@1")));
        assertThat(Tool.ok(folder, "nbdsh", "-c", "exec(open('wrong.py').read(), globals())"))
                .isEqualTo(ERRORS);
    }

    private static final String WRONG =
            """
            import nbd
            def connect(uri, structured=True):
                h = nbd.NBD()
                h.set_strict_mode(0)
                h.set_request_structured_replies(structured)
                h.add_meta_context("base:allocation")
                h.connect_uri(uri)
                return h
            def wrong(what, call):
                try:
                    call()
                    print(what, "ok")
                except nbd.Error as e:
                    print(what, e.errno)
            for structured in (True, False):
                h = connect("DISK", structured)
                size = h.get_size()
                wrong("read beyond", lambda: h.pread(512, size - 100))
                wrong("read far beyond", lambda: h.pread(512, 1 << 62))
                wrong("write beyond", lambda: h.pwrite(b"x" * 512, size - 100))
                wrong("zero beyond", lambda: h.zero(512, size))
                wrong("trim beyond", lambda: h.trim(512, size))
                wrong("cache beyond", lambda: h.cache(512, size))
                wrong("read too much", lambda: h.pread(33554433, 0))
                wrong("write too much", lambda: h.pwrite(b"x" * 33554433, 0))
                wrong("no such flag", lambda: h.pread(512, 0, flags=nbd.CMD_FLAG_REQ_ONE))
                wrong("fast where data are", lambda: (h.pwrite(b"x" * 4096, 0),
                                                      h.zero(4096, 0, nbd.CMD_FLAG_FAST_ZERO)))
                wrong("status", lambda: h.block_status(1001, 77, lambda *extents: None))
                wrong("nothing", lambda: h.pwrite(b"", 0))
                wrong("and goes on", lambda: h.pread(512, 0))
            wrong("unfragmented", lambda: connect("DISK").pread_structured(
                2 << 20, 0, lambda *chunk: None, nbd.CMD_FLAG_DF))
            g = connect("GENERATION")
            wrong("write a generation", lambda: g.pwrite(b"x" * 512, 0))
            wrong("trim a generation", lambda: g.trim(512, 0))
            wrong("zero a generation", lambda: g.zero(512, 0))
            wrong("flush a generation", lambda: g.flush())
            print("read-only", g.is_read_only())
            """;

    private static final String ERRORS =
            """
            read beyond EINVAL
            read far beyond EINVAL
            write beyond ENOSPC
            zero beyond ENOSPC
            trim beyond EINVAL
            cache beyond EINVAL
            read too much EINVAL
            write too much EINVAL
            no such flag EINVAL
            fast where data are ENOTSUP
            status ok
            nothing ok
            and goes on ok
            read beyond EINVAL
            read far beyond EINVAL
            write beyond ENOSPC
            zero beyond ENOSPC
            trim beyond EINVAL
            cache beyond EINVAL
            read too much EINVAL
            write too much EINVAL
            no such flag EINVAL
            fast where data are ENOTSUP
            status EINVAL
            nothing ok
            and goes on ok
            unfragmented EOVERFLOW
            write a generation EPERM
            trim a generation EPERM
            zero a generation EPERM
            flush a generation ok
            read-only True
            """;

    @Test
    void aGenerationReadsAsTheDiskDid() throws Exception {
        Tool.ok(folder, "nbdcopy", content.toString(), hikae.uri("data"));
        String made = hikae.ok("backup", "run", "data", "--to", "vault").replaceAll("(?s).*?(data@\\d+).*", "$1");
        Tool.ok(folder, "qemu-io", "-f", "raw", hikae.uri("data"), "-c", "write -P 9 0 20M");
        Path out = folder.resolve("generation");
        Tool.ok(folder, "nbdcopy", hikae.uri(made), out.toString());
        assertSame(content, out);
        Tool.ok(folder, "qemu-img", "compare", "-f", "raw", "-F", "raw", hikae.uri(made), content.toString());
        assertThat(Tool.ok(folder, "nbdinfo", "--map", hikae.uri(made)))
                .contains("8388608     8388608    3  hole,zero");
    }
}
