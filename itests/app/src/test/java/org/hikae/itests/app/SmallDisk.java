package org.hikae.itests.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system that can be full, mounted at a folder; where nothing can be mounted, the folder alone, which is never full. */
final class SmallDisk implements AutoCloseable {

    private static final int PIECE = 1 << 20;

    private final Path folder;
    private final boolean mounted;

    /** @param mebibytes that it has */
    SmallDisk(Path folder, int mebibytes) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        mounted = run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + mebibytes + "m", "tmpfs", folder.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    boolean isMounted() {
        return mounted;
    }

    /** Takes all room that is left. */
    void fill() throws IOException {
        if (mounted) {
            try (OutputStream out = Files.newOutputStream(filler())) {
                byte[] piece = new byte[PIECE];
                while (true) {
                    out.write(piece);
                }
            } catch (IOException e) {
                // It is full, but for less than a piece.
                fillRest(PIECE / 2);
            }
        }
    }

    private void fillRest(int piece) throws IOException {
        for (int n = piece; n > 0; n /= 2) {
            try (OutputStream out = Files.newOutputStream(folder.resolve(".filler-" + n))) {
                out.write(new byte[n]);
            } catch (IOException e) {
                assert Files.exists(folder) : "less than that is left: " + e;
            }
        }
    }

    private Path filler() {
        return folder.resolve(".filler");
    }

    /** Gives it back. */
    void free() throws IOException {
        Files.deleteIfExists(filler());
        for (int n = PIECE / 2; n > 0; n /= 2) {
            Files.deleteIfExists(folder.resolve(".filler-" + n));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", "--lazy", folder.toString());
        }
    }
}
