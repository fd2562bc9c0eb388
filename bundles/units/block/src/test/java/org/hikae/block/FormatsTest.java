package org.hikae.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DetectedFileSystem;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.block.inplace.StandIns;
import org.hikae.block.tracking.Trackers;
import org.hikae.io.FileDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which format a disk has, and what becomes of it when the disk or the driver is not what it was. */
class FormatsTest {

    @TempDir
    private Path folder;

    private final Formats formats = new Formats();
    private Path disk;

    @BeforeEach
    void makeDisk() throws IOException {
        disk = Files.write(folder.resolve("disk"), new byte[100 << 10]);
        formats.bind("fake", new FakeFormat("fake1", false));
    }

    /** Knows disks that begin with its mark; those that go on with {@code bad} are damaged. */
    private record FakeFormat(String mark, boolean fails) implements FileSystemFormat {

        @Override
        public Optional<DetectedFileSystem> detect(BlockDevice device) throws IOException {
            if (fails) {
                throw new IllegalStateException("oops");
            }
            String head = head(device);
            if (!head.startsWith(mark)) {
                return Optional.empty();
            } else if (head.startsWith(mark + "bad")) {
                throw new FileSystemRefusedException("superblock", -1, "it is bad");
            }
            return Optional.of(new DetectedFileSystem(mark, 1024, "stamp"));
        }

        private static String head(BlockDevice device) throws IOException {
            ByteBuffer head = ByteBuffer.allocate(16);
            device.read(head, 0);
            return new String(head.array(), StandardCharsets.US_ASCII);
        }

        @Override
        public FileSystemReader open(BlockDevice device) throws IOException {
            boolean damaged = head(device).startsWith(mark + "damaged");
            return new FakeReader() {
                @Override
                public BlockSet used() throws IOException {
                    if (damaged) {
                        throw new FileSystemRefusedException("block bitmap of group 0", 7, "it is damaged");
                    }
                    return super.used();
                }
            };
        }
    }

    private void write(String head) throws IOException {
        byte[] bytes = new byte[100 << 10];
        byte[] text = head.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, 0, text.length);
        Files.write(disk, bytes);
    }

    private FormatChoice choose(String wanted) throws IOException {
        return FormatChoice.make(formats, disk, wanted);
    }

    @Test
    void whatNobodyKnowsIsRaw() throws IOException {
        assertThat(choose(null)).isEqualTo(new FormatChoice("raw", 4096));
    }

    @Test
    void aFileSystemWinsOverRawUnlessRawIsWanted() throws IOException {
        write("fake1");
        assertThat(choose(null)).isEqualTo(new FormatChoice("fake", 1024));
        assertThat(choose("fake")).isEqualTo(new FormatChoice("fake", 1024));
        assertThat(choose("fake1")).isEqualTo(new FormatChoice("fake", 1024));
        assertThat(choose("raw")).isEqualTo(new FormatChoice("raw", 4096));
    }

    private void openAny(String format) throws IOException {
        try (BlockDevice device = FileDevice.open(disk, 512, FileDevice.Mode.READ);
                FileSystem fileSystem = formats.openAny(format, device)) {
            assertThat(fileSystem.used()).isNotNull();
        }
    }

    @Test
    void anyDeviceIsOpenedByDriverOrFormatOrWhatIsFound() throws IOException {
        write("fake1");
        openAny("fake");
        openAny("fake1");
        openAny("fake0");
        openAny("raw");
        openAny(null);
        formats.bind("other", new FakeFormat("fake", false));
        openAny("fake1");
        assertThatThrownBy(() -> openAny("raw")).hasMessageContaining("several formats");
    }

    @Test
    void aDeviceWithoutAFileSystemIsRefusedWithWhatCouldBeRead() {
        assertThatThrownBy(() -> openAny("raw"))
                .hasMessage("no file system is found on it; the formats that can be read are: fake");
        assertThatThrownBy(() -> openAny("ext9"))
                .hasMessage(
                        "no file system is found on it, though it was ext9; the formats that can be read are: fake");
    }

    @Test
    void whatIsWantedMustBeThere() throws IOException {
        assertThatThrownBy(() -> choose("fake")).hasMessage(disk + " holds no file system of format fake");
        write("fake1");
        assertThatThrownBy(() -> choose("fake2"))
                .hasMessage("the disk holds nothing of a format 'fake2'; the formats are: fake, raw");
    }

    @Test
    void whatCannotBeReadIsRefusedWithAdvice() throws IOException {
        write("fake1bad");
        assertThatThrownBy(() -> choose(null))
                .hasMessage(
                        disk + " holds a file system that cannot be read: superblock: it is bad; repair it, or add the"
                                + " disk with --format raw, so that backups take all of its blocks");
        write("fake1damaged");
        assertThatThrownBy(() -> choose(null))
                .hasMessageContaining("block bitmap of group 0 (block 7): it is damaged")
                .hasMessageContaining("--format raw");
        assertThat(choose("raw").driver()).isEqualTo("raw");
    }

    @Test
    void whatTwoFormatsKnowIsForTheUserToChoose() throws IOException {
        formats.bind("other", new FakeFormat("fake", false));
        write("fake1");
        assertThatThrownBy(() -> choose(null))
                .hasMessageContaining("fake, other")
                .hasMessageContaining("--format");
        assertThat(choose("other").driver()).isEqualTo("other");
    }

    @Test
    void aDriverThatFailsIsNamed() {
        formats.bind("broken", new FakeFormat("fake", true));
        assertThatThrownBy(() -> choose(null)).hasMessageContaining("the driver of format 'broken' failed with");
    }

    @Test
    void aDisksFormatIsFoundAgainAndAgain() throws IOException {
        write("fake1");
        FileDisk known = disk("fake");
        assertThat(known.format()).isEqualTo("fake");
        DiskStatus status = known.status(false);
        assertThat(status.format()).isEqualTo("fake1");
        assertThat(status.driver()).isEqualTo("fake");
        assertThat(status.problem()).isNull();
        try (FileSystem fileSystem = known.openFileSystem()) {
            assertThat(fileSystem.used().count()).isEqualTo(10);
        }
        assertThat(known.used().count()).as("what a backup wants").isEqualTo(100);
    }

    @Test
    void aDiskWhoseFileSystemWentAwayHasAProblemAndIsNotRaw() throws IOException {
        write("fake1");
        FileDisk known = disk("fake");
        known.probe(false);
        write("nothing");
        DiskStatus status = known.status(true);
        assertThat(status.problem()).startsWith("there is no file system of format fake on it any more");
        assertThat(status.format()).isEqualTo("fake1");
        assertThat(status.size()).as("it can still be opened, to be restored").isEqualTo(100 << 10);
        known.openForDoor().close();
        write("fake1bad");
        assertThat(known.status(true).problem())
                .contains("superblock: it is bad")
                .contains("--format raw");
    }

    @Test
    void aDiskWhoseDriverIsGoneHasAProblemUntilItIsBack() throws IOException {
        write("fake1");
        FakeFormat driver = new FakeFormat("fake1", false);
        formats.bind("fake", driver);
        FileDisk known = disk("fake");
        formats.unbind("fake", driver);
        assertThat(known.status(false).problem())
                .isEqualTo("the driver of its format 'fake' is not there: start the bundle that brings it");
        assertThatThrownBy(known::openFileSystem).hasMessageContaining("is not there");
        formats.bind("fake", driver);
        assertThat(known.status(false).problem()).isNull();
    }

    @Test
    void r14_aDiskTellsWhenItsFileSystemWasUsedLast() throws IOException {
        write("fake1");
        LastUse use = new LastUse(
                formats,
                new DiskSettings("d", new UUID(1, 2), disk, "fake", 1024),
                () -> FileDevice.open(disk, 512, FileDevice.Mode.READ));
        assertThat(use.now()).isEqualTo("stamp");
        write("fake1bad");
        assertThat(use.now()).as("damaged by somebody").isNotEmpty().isNotEqualTo("stamp");
        write("nothing");
        assertThat(use.now()).as("overwritten by somebody").isNotEmpty().isNotEqualTo("stamp");
        formats.bind("fake", new FakeFormat("fake1", true));
        assertThat(use.now()).as("a driver that fails tells nothing").isEmpty();
        Files.delete(disk);
        assertThat(use.now()).as("a disk that is not there tells nothing").isEmpty();
        assertThat(new LastUse(
                                formats,
                                new DiskSettings("d", new UUID(1, 2), disk, "raw", 1024),
                                () -> FileDevice.open(disk, 512, FileDevice.Mode.READ))
                        .now())
                .isEmpty();
    }

    @Test
    void aRawDiskHasNoFileSystem() throws IOException {
        write("fake1");
        FileDisk raw = disk("raw");
        assertThat(raw.status(false).problem()).isNull();
        assertThatThrownBy(raw::openFileSystem).isInstanceOf(IOException.class).hasMessageContaining("is raw");
    }

    private FileDisk disk(String format) throws IOException {
        FileDisk known = new FileDisk(
                new DiskSettings("d", new UUID(1, 2), disk, format, 1024),
                formats,
                new Trackers(disk.resolveSibling("tracking")),
                new StandIns(disk.resolveSibling("in-place")));
        if (format.equals("raw")) {
            known.probe(false);
        }
        return known;
    }
}
