package org.hikae.tapevirtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed: what was settled is there, and nothing else than what was written. */
class KillTest {

    private static final long SEED = Long.getLong("hikae.seed", System.nanoTime());

    @TempDir
    Path folder;

    @Test
    void keepsWhatWasSettled() throws Exception {
        Random random = new Random(SEED);
        System.out.println("killed processes, -Dhikae.seed=" + SEED);
        try (Rig rig = new Rig(folder)) {
            rig.library().close();
            for (int i = 0; i < (Boolean.getBoolean("hikae.long") ? 50 : 3); i++) {
                long seed = random.nextLong();
                long settled = killAfter(random.nextInt(40), seed);
                rig.reopen();
                List<String> barcodes = rig.library().inventory().stream()
                        .filter(Element::isFull)
                        .map(Element::barcode)
                        .sorted()
                        .toList();
                assertThat(barcodes).containsExactly("HK0001L9", "HK0002L9", "HK0003L9");
                check(rig.loaded(), new Sequence(seed), settled);
                rig.library().close();
            }
        }
    }

    /** @return what the process has said to be settled last */
    private long killAfter(int lines, long seed) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = victim.inputReader()) {
            long settled = Long.parseLong(output.readLine());
            checkLocked();
            for (int i = 0; i < lines; i++) {
                settled = Long.parseLong(output.readLine());
            }
            // Not by the process itself, which would close what it has said last.
            victim.toHandle().destroyForcibly();
            victim.waitFor();
            for (String line = last(output); line != null; line = last(output)) {
                settled = Long.parseLong(line);
            }
            return settled;
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    /** A line that was written whole before the process was killed. */
    private static String last(BufferedReader output) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = output.read(); c >= 0; c = output.read()) {
            if (c == '\n') {
                return line.toString();
            }
            line.append((char) c);
        }
        return null;
    }

    /** What another process has loaded is left alone. */
    private void checkLocked() throws IOException {
        try (VirtualLibrary library = new VirtualLibraryDriver().open(folder.toString())) {
            assertThatThrownBy(() -> library.drive(0).load()).hasMessageContaining("another process");
            assertThatThrownBy(() -> library.move(Rig.DRIVE, Rig.SLOT)).isInstanceOf(IOException.class);
        }
    }

    private static void check(VirtualDrive drive, Sequence sequence, long settled) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        ReadRecords read = drive.read(List.of(buffer.clear()));
        while (read.end() != ReadRecords.End.DATA) {
            byte[] object = sequence.next();
            byte[] found = read.records() == 0 ? null : Arrays.copyOf(buffer.array(), buffer.limit());
            assertThat(Arrays.equals(found, object))
                    .as("object %d", drive.position() - 1)
                    .isTrue();
            read = drive.read(List.of(buffer.clear()));
        }
        long end = drive.position();
        assertThat(end).isGreaterThanOrEqualTo(settled);
        drive.write(List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})));
        drive.writeFilemarks(1);
        drive.locate(end);
        assertThat(drive.read(List.of(buffer.clear())).records()).isEqualTo(1);
        assertThat(buffer.remaining()).isEqualTo(3);
        drive.unload();
    }
}
