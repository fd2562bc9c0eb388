package org.hikae.media.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file as a block device, which needs the right to make one. */
final class LoopDevice {

    /** Something that is done with the device. */
    interface Use {
        void of(Path device) throws IOException;
    }

    private LoopDevice() {}

    static void on(Path file, Use use) throws IOException, InterruptedException {
        String device = run("losetup", "-f", "--show", file.toString());
        assumeTrue(device != null, "needs the right to make loop devices");
        try {
            use.of(Path.of(device.strip()));
        } finally {
            run("losetup", "-d", device.strip());
        }
    }

    /** What the program printed; null if it failed or is not there. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? out : null;
        } catch (IOException e) {
            return null;
        }
    }
}
