package org.hikae.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DetectedFileSystem;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.FormatOptions;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.api.shared.spi.FreeSpace;
import org.hikae.api.shared.spi.SharedFormat;
import org.hikae.block.inplace.StandIns;
import org.hikae.block.tracking.Trackers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk gets a file system that nodes write, and stays the same disk. */
class FormattingTest {

    private static final FormatOptions OPTIONS = new FormatOptions(new UUID(3, 4), "", 0, 0, 0);

    @TempDir
    private Path folder;

    private final FakeConfigurations configurations = new FakeConfigurations(this::configure);
    private final FakeShared shared = new FakeShared();
    private final List<ConfiguredDisk> components = new ArrayList<>();
    private DiskRegistry registry;
    private Disk disk;

    /** Marks a device with its first byte. */
    private static final class FakeShared implements SharedFormat {

        private FreeSpace.Factory freeSpace;
        private boolean damaged;

        private void checkDamage() throws IOException {
            if (damaged) {
                throw new FileSystemRefusedException("root", 3, "torn");
            }
        }

        @Override
        public void format(BlockDevice device, FormatOptions options) throws IOException {
            if (options.metadataBytes() > device.size()) {
                throw new IOException("too small");
            }
            device.write(ByteBuffer.allocate(4096).put(0, (byte) 's'), 0);
        }

        @Override
        public SharedFileSystem mount(BlockDevice device, FreeSpace.Factory factory) throws IOException {
            freeSpace = factory;
            checkDamage();
            throw new IllegalStateException("oops");
        }

        @Override
        public CheckReport check(BlockDevice device) throws IOException {
            checkDamage();
            return new CheckReport(1, 1, 0, List.of(detect(device).isEmpty() ? "nothing there" : "all there"), 0);
        }

        @Override
        public Optional<DetectedFileSystem> detect(BlockDevice device) throws IOException {
            ByteBuffer head = ByteBuffer.allocate(4096);
            device.read(head, 0);
            return head.get(0) == 's'
                    ? Optional.of(new DetectedFileSystem("shared1", 4096, "stamp"))
                    : Optional.empty();
        }

        @Override
        public FileSystemReader open(BlockDevice device) {
            return new FakeReader();
        }
    }

    @BeforeEach
    void addDisk() throws IOException {
        registry = new DiskRegistry(
                configurations.admin(),
                new Trackers(folder.resolve("tracking")),
                new StandIns(folder.resolve("in-place")));
        registry.bindFormat(shared, Map.of(FileSystemFormat.NAME, "shared"));
        Path file = Files.write(folder.resolve("disk"), new byte[1 << 20]);
        disk = registry.add("d", file, "raw", 4096);
    }

    /** What the component runtime does on a thread of its own: the component ends, and another one starts. */
    private void configure(Map<String, Object> properties) {
        for (ConfiguredDisk component : components) {
            registry.unbind(component);
        }
        components.clear();
        ConfiguredDisk component = new ConfiguredDisk(settings(properties));
        components.add(component);
        registry.bind(component);
    }

    private static DiskSettings settings(Map<String, Object> properties) {
        return new DiskSettings(
                (String) properties.get("name"),
                UUID.fromString((String) properties.get("id")),
                Path.of((String) properties.get("path")),
                (String) properties.get("format"),
                (Integer) properties.get("blockSize"));
    }

    private void format(FormatOptions options) throws Exception {
        try (AutoCloseable use = registry.use("d", "node 'm' has it open");
                BlockDevice door = disk.openForDoor()) {
            registry.format("d", "shared", options, door);
            assertThat(use).isNotNull();
        }
    }

    @Test
    void theDiskKeepsAllButItsFormat() throws Exception {
        UUID id = disk.id();
        ChangeTracker changes = disk.changes();
        try (ChangeTracker.Recorder recorder = changes.join()) {
            recorder.record(new BlockRun(7, 1));
            format(OPTIONS);
            assertThat(disk.changes()).isSameAs(changes);
            recorder.record(new BlockRun(9, 1));
            assertThat(changes.changed())
                    .isEqualTo(new Changes.Known(BlockSet.of(new BlockRun(7, 1), new BlockRun(9, 1))));
        }
        assertThat(registry.get("d")).isSameAs(disk);
        assertThat(disk.id()).isEqualTo(id);
        assertThat(disk.hasFileSystem()).isTrue();
        assertThat(disk.format()).isEqualTo("shared1");
        assertThat(configurations.of("d"))
                .containsEntry("format", "shared")
                .containsEntry("id", id.toString())
                .containsEntry("blockSize", 4096);
        assertThat(registry.list()).singleElement().satisfies(status -> {
            assertThat(status.driver()).isEqualTo("shared");
            assertThat(status.problem()).isNull();
        });
        format(OPTIONS);
    }

    @Test
    void aDiskThatOthersUseIsNotFormatted() throws Exception {
        try (AutoCloseable use = registry.use("d", "a backup is under way")) {
            assertThatThrownBy(() -> format(OPTIONS))
                    .hasMessage("disk 'd' is in use: a backup is under way; node 'm' has it open");
            assertThat(use).isNotNull();
        }
        assertThat(disk.format()).isEqualTo("raw");
        format(OPTIONS);
    }

    @Test
    void nobodyBeginsToUseADiskThatIsBeingFormatted() throws Exception {
        configurations.beforeUpdate(() -> {
            assertThatThrownBy(() -> registry.use("d", "x")).hasMessage("disk 'd' is being formatted");
            assertThatThrownBy(() -> registry.remove("d")).hasMessage("disk 'd' is being formatted");
        });
        format(OPTIONS);
        registry.use("d", "x").close();
    }

    @Test
    void aFormatThatFailsIsNotNoted() {
        assertThatThrownBy(() -> format(new FormatOptions(new UUID(3, 4), "", 1 << 30, 0, 0)))
                .hasMessage("too small");
        assertThat(configurations.of("d")).containsEntry("format", "raw");
        assertThat(disk.hasFileSystem()).isFalse();
    }

    @Test
    void whatCannotBeNotedIsSaid() {
        configurations.beforeUpdate(() -> {
            throw new IOException("the home is full");
        });
        assertThatThrownBy(() -> format(OPTIONS))
                .hasMessage("disk 'd' holds an empty file system of format shared now, but is still configured as raw:"
                        + " the home is full; format it again");
        assertThat(disk.hasFileSystem()).as("as after a restart").isFalse();
    }

    @Test
    void onlyFormatsThatCanAreAsked() throws Exception {
        assertThat(registry.sharedFormats()).containsExactly("shared");
        assertThatThrownBy(() -> registry.format("d", "ext", OPTIONS, null))
                .hasMessage("the format 'ext' is none that is made, written or checked here; such formats are: shared");
        assertThatThrownBy(() -> registry.format("e", "shared", OPTIONS, null))
                .hasMessageContaining("there is no disk 'e'");
    }

    @Test
    void aDiskIsMountedAndCheckedByItsDriver() throws Exception {
        try (BlockDevice view = disk.openForCopy()) {
            assertThatThrownBy(() -> disk.mount(view)).hasMessageContaining("is raw");
            assertThatThrownBy(() -> disk.check(view)).hasMessageContaining("is raw");
            format(OPTIONS);
            assertThat(disk.check(view).findings()).containsExactly("all there");
            assertThatThrownBy(() -> disk.mount(view))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the driver of format 'shared' failed");
            shared.damaged = true;
            String damaged =
                    "the file system of disk 'd' cannot be read: root (block 3): torn; what was backed up is in the"
                            + " generations that 'generation list d' shows";
            assertThatThrownBy(() -> disk.mount(view)).hasMessage(damaged);
            assertThatThrownBy(() -> disk.check(view)).hasMessage(damaged);
        }
        assertThat(shared.freeSpace.of(BlockSet.range(0, 9)).available()).isEqualTo(9);
    }
}
