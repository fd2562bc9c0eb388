package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A read-only export that a real kernel mounts, as the manual says: what the journal holds is written to a layer above it,
 * which is given up in the end.
 */
final class KernelMount implements AutoCloseable {

    private final Path folder;
    private final Path mounted;
    private final Path export;
    private final Tool.Running layer;
    private final Tool.Running fuse;
    private final String device;

    /**
     * Mounts it.
     *
     * @param folder a new one, for everything
     * @param blockSize of the file system, in bytes: what is written in part is read in whole by the layer
     */
    KernelMount(Path folder, String uri, int blockSize) throws IOException, InterruptedException {
        this.folder = Files.createDirectory(folder);
        mounted = Files.createDirectory(folder.resolve("mnt"));
        export = Files.createFile(folder.resolve("export"));
        String socket = folder.resolve("s").toString();
        String cluster = "cluster_size=" + blockSize;
        Tool.ok(folder, "qemu-img", "create", "-q", "-f", "qcow2", "-o", cluster, "-b", uri, "-F", "raw", "layer");
        layer = Tool.start(folder, List.of("qemu-nbd", "-k", socket, "-x", "", "-f", "qcow2", "layer"));
        await(layer, () -> Files.exists(Path.of(socket)));
        fuse = Tool.start(folder, List.of("nbdfuse", export.toString(), "nbd+unix:///?socket=" + socket));
        await(fuse, () -> Files.size(export) > 0);
        device = Tool.ok(folder, "losetup", "-f", "--show", "--direct-io=on", export.toString())
                .strip();
        Tool.ok(folder, "mount", "-o", "ro", device, mounted.toString());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Tool.Running running, Condition condition) {
        Awaitility.await().until(() -> {
            assertThat(running.process().isAlive())
                    .as(Files.readString(running.output()))
                    .isTrue();
            return condition.holds();
        });
    }

    Path mounted() {
        return mounted;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Tool.run(folder, List.of("umount", "-l", mounted.toString()));
        Tool.run(folder, List.of("losetup", "-d", device));
        Tool.run(folder, List.of("umount", "-l", export.toString()));
        fuse.close();
        layer.close();
    }
}
