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

    /** What is written in part is read in whole by the layer: more than a block may not be there in whole. */
    static final int BLOCK_BYTES = 4096;

    private final Path folder;
    private final Path mounted;
    private final Path export;
    private final Tool.Running layer;
    private Tool.Running fuse;
    private String device;

    /**
     * Mounts it.
     *
     * @param folder a new one, for everything
     */
    KernelMount(Path folder, String uri) throws IOException, InterruptedException {
        this.folder = Files.createDirectory(folder);
        mounted = Files.createDirectory(folder.resolve("mnt"));
        export = Files.createFile(folder.resolve("export"));
        String socket = folder.resolve("s").toString();
        String block = "cow-block-size=" + BLOCK_BYTES;
        layer = Tool.start(folder, List.of("nbdkit", "-f", "-U", socket, "--filter=cow", "nbd", "uri=" + uri, block));
        try {
            await(layer, () -> Files.exists(Path.of(socket)));
            fuse = Tool.start(folder, List.of("nbdfuse", export.toString(), "nbd+unix:///?socket=" + socket));
            await(fuse, () -> Files.size(export) > 0);
            device = Tool.ok(folder, "losetup", "-f", "--show", "--direct-io=on", export.toString())
                    .strip();
            Tool.ok(folder, "mount", "-o", "ro", device, mounted.toString());
        } catch (Throwable e) {
            close();
            throw e;
        }
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

    /** What is mounted, as a file. */
    Path export() {
        return export;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (device != null) {
            Tool.run(folder, List.of("umount", "-l", mounted.toString()));
            Tool.run(folder, List.of("losetup", "-d", device));
        }
        if (fuse != null) {
            Tool.run(folder, List.of("umount", "-l", export.toString()));
            fuse.close();
        }
        layer.close();
    }
}
