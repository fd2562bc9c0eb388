package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.media.MediumStatus;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code node read} and {@code node write}. */
class TransferTest {

    @TempDir
    Path folder;

    private final Platform platform = Platform.filled();
    private final byte[] disk = platform.nodes.device.bytes;

    @BeforeEach
    void fill() {
        platform.folder = folder;
        new Random(7).nextBytes(disk);
    }

    private Outcome read(String at, String length, String to) {
        return platform.run("node", "read", "n1", "data", "--at", at, "--length", length, "--to", to);
    }

    private Outcome write(String at, String from) {
        return platform.run("node", "write", "n1", "data", "--at", at, "--from", from);
    }

    @Test
    void readsAnyRangeIntoAFile() throws Exception {
        assertThat(read("1001", "2.5MiB", "out.bin").out())
                .isEqualTo("2.5 MiB read from disk data at 1001 into out.bin\n");
        assertThat(Files.readAllBytes(folder.resolve("out.bin")))
                .isEqualTo(Arrays.copyOfRange(disk, 1001, 1001 + (5 << 19)));
        assertThat(folder.toFile().list()).containsExactly("out.bin");
    }

    @Test
    void readsToStandardOutputAndPrintsNothingElse() {
        assertThat(read("1MiB", "1500000", "-").raw())
                .isEqualTo(Arrays.copyOfRange(disk, 1 << 20, (1 << 20) + 1500000));
        assertThat(read("0", "0", "-").raw()).isEmpty();
        assertThat(read("3MiB", "0", "-").exit()).isZero();
    }

    @Test
    void aReadThatFailsLeavesTheOldFile() throws Exception {
        Files.writeString(folder.resolve("out.bin"), "old");
        platform.nodes.device.failAfter = 2;
        assertThat(read("0", "3MiB", "out.bin").message()).isEqualTo("node read: disk data is damaged at 2097152");
        assertThat(folder.resolve("out.bin")).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("out.bin");
    }

    @Test
    void aReadReplacesTheFileThatALinkPointsTo() throws Exception {
        Files.writeString(folder.resolve("real.bin"), "old");
        Files.createSymbolicLink(folder.resolve("link.bin"), Path.of("real.bin"));
        read("0", "512", "link.bin");
        assertThat(folder.resolve("link.bin")).isSymbolicLink();
        assertThat(folder.resolve("real.bin")).hasBinaryContent(Arrays.copyOf(disk, 512));
    }

    @Test
    void aDeviceIsWrittenDirectly() {
        assertThat(read("0", "1MiB", "/dev/null").exit()).isZero();
        assertThat(Path.of("/dev/null")).exists().isNotEqualTo(folder);
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void whatBelongsToThePlatformIsNotWrittenOver() throws Exception {
        Path other = Files.writeString(folder.resolve("c2.img"), "a disk");
        platform.add(new DiskStatus("c2", other, "raw", "raw", 6, 512, null));
        platform.add(new MediumStatus("vault", "directory", folder + "/vault", -1, -1, List.of(), null));
        assertThat(read("0", "16", "c2.img").message()).contains("c2.img is disk 'c2'; choose another file");
        assertThat(other).hasContent("a disk");
        assertThat(read("0", "16", "vault/x").message()).contains("lies in medium 'vault'");
    }

    @Test
    void aFullDiskIsNamed() {
        assertThat(read("0", "512", "/dev/full").message())
                .isEqualTo("node read: /dev/full cannot be written: No space left on device; make room, or choose"
                        + " another place");
    }

    @Test
    void rangesOutsideTheDiskAreRefusedBeforeAnythingIsDone() {
        assertThat(read("3MiB", "1", "out.bin").message())
                .isEqualTo("node read: 1 bytes from 3145728 on do not lie within disk data, which has 3145728 bytes");
        assertThat(read("7EiB", "7EiB", "out.bin").message()).contains("do not lie within disk data");
        assertThat(read("0", "1", ".").message()).contains("is a folder");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void writesAFile() throws Exception {
        byte[] data = new byte[1_300_001];
        new Random(8).nextBytes(data);
        Files.write(folder.resolve("in.bin"), data);
        assertThat(write("777", "in.bin").out()).isEqualTo("1.24 MiB written to disk data at 777\n");
        assertThat(Arrays.copyOfRange(disk, 777, 777 + data.length)).isEqualTo(data);
    }

    @Test
    void aFileThatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws Exception {
        byte[] before = disk.clone();
        Files.write(folder.resolve("in.bin"), new byte[1 << 20]);
        assertThat(write("2097153", "in.bin").message()).contains("do not lie within disk data");
        assertThat(disk).isEqualTo(before);
    }

    @Test
    void writesStandardInput() {
        platform.input = new byte[(2 << 20) + 5];
        new Random(9).nextBytes(platform.input);
        assertThat(write("3", "-").exit()).isZero();
        assertThat(Arrays.copyOfRange(disk, 3, 3 + platform.input.length)).isEqualTo(platform.input);
    }

    @Test
    void inputThatGoesBeyondTheEndSaysWhatWasWritten() {
        platform.input = new byte[3 << 20];
        assertThat(write("1MiB", "-").message())
                .isEqualTo(
                        "node write: the input does not fit: disk data ends at 3145728, and 2097152 bytes are written"
                                + " already from 1048576 on");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(write("0", "nothing").message()).endsWith("/nothing: no such file or folder");
        assertThat(write("0", ".").message()).contains("is a folder");
        assertThat(platform.run("node", "flush", "n9").message()).isEqualTo("node flush: there is no node n9");
    }

    @Test
    void aCancelledReadLeavesNothing() {
        platform.cancellation.cancel();
        assertThat(read("0", "1MiB", "out.bin").message()).isEqualTo("node read: cancelled");
        assertThat(folder.toFile().list()).isEmpty();
    }
}
