package org.hikae.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.job.Progress;
import org.hikae.block.inplace.InPlaceMountsUnit;
import org.hikae.block.inplace.StandIns;
import org.hikae.block.tracking.Trackers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R21: a generation that takes a disk's place, from mount to end, on files, with the change tracking that is in use. */
class R21Test {

    private static final int BLOCK = 4096;
    private static final int BLOCKS = 700;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final FakeGenerations media = new FakeGenerations();
    private final byte[] old = content(1);
    private final byte[] generation = content(2);
    private FakeConfigurations configurations;
    private DiskRegistry registry;
    private InPlaceMountsUnit mounts;
    private Disk disk;

    private static byte[] content(int seed) {
        byte[] bytes = new byte[BLOCKS * BLOCK];
        new Random(seed).nextBytes(bytes);
        Arrays.fill(bytes, 100 * BLOCK, 300 * BLOCK, (byte) 0);
        return bytes;
    }

    @BeforeEach
    void start() throws IOException {
        Path file = Files.write(folder.resolve("disk"), old);
        List<ConfiguredDisk> components = new ArrayList<>();
        configurations = new FakeConfigurations(properties -> {
            components.forEach(registry::unbind);
            components.clear();
            components.add(component((String) properties.get("name"), properties));
            registry.bind(components.get(0));
        });
        platform();
        disk = registry.add("d", file, "raw", BLOCK);
        media.add("d@7", disk.id(), "raw", null, BLOCK, generation);
    }

    /** All that a process has, on the home that there is. */
    private void platform() {
        StandIns standIns = new StandIns(folder.resolve("in-place"), PATIENCE);
        standIns.bind(media.service());
        registry = new DiskRegistry(configurations.admin(), new Trackers(folder.resolve("tracking")), standIns);
        mounts = new InPlaceMountsUnit(registry, registry, standIns, media.service());
    }

    /** The process before is gone; another one starts. */
    private void restart() throws IOException {
        platform();
        registry.bind(component("d", configurations.of("d")));
        disk = registry.get("d");
    }

    private static ConfiguredDisk component(String name, Map<String, Object> properties) {
        return new ConfiguredDisk(new DiskSettings(
                name,
                UUID.fromString((String) properties.get("id")),
                Path.of((String) properties.get("path")),
                (String) properties.get("format"),
                (Integer) properties.get("blockSize")));
    }

    private InPlaceStatus mount() throws IOException {
        return mounts.mount(new InPlaceRequest("d@7", "d", true));
    }

    private static void read(BlockDevice device, byte[] expected) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(expected.length);
        device.read(all, 0);
        assertThat(all.array()).isEqualTo(expected);
    }

    private byte[] seen() throws IOException {
        try (BlockDevice copier = disk.openForCopy()) {
            ByteBuffer all = ByteBuffer.allocate((int) copier.size());
            copier.read(all, 0);
            return all.array();
        }
    }

    private static byte[] with(byte[] before, int block, int value) {
        byte[] after = before.clone();
        Arrays.fill(after, block * BLOCK, (block + 1) * BLOCK, (byte) value);
        return after;
    }

    private static ByteBuffer block(int value) {
        byte[] bytes = new byte[BLOCK];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    /** A write as a node's door makes it, and a flush. */
    private void write(int block, int value) throws IOException {
        try (BlockDevice door = disk.openForDoor();
                ChangeTracker.Recorder recorder = disk.changes().join()) {
            recorder.record(new BlockRun(block, 1));
            door.write(block(value), (long) block * BLOCK);
            door.force();
        }
    }

    @Test
    void r21_doorsAndCopiersSeeTheGenerationAtOnce() throws IOException {
        InPlaceStatus status = mount();
        assertThat(status).isEqualTo(new InPlaceStatus("d", "d@7", true, (long) BLOCKS * BLOCK, 0, true, null));
        assertThat(seen()).isEqualTo(generation);
        assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);
        try (BlockDevice door = disk.openForDoor()) {
            read(door, generation);
        }
        assertThat(Files.readAllBytes(disk.path()))
                .as("what a guest reads comes first")
                .isEqualTo(generation);
        assertThat(mounts.of("d").orElseThrow().presentBytes()).isEqualTo((long) BLOCKS * BLOCK);
    }

    @Test
    void r21_aNewLineageBeginsWithTheGeneration() throws IOException {
        write(3, 9);
        ChangeTracker.Epoch epoch = disk.changes().closeEpoch();
        epoch.taken();
        TrackingPoint older = epoch.point();
        mount();
        ChangeTracker.Start start = disk.changes().start().orElseThrow();
        assertThat(start.generation()).isEqualTo("d@7");
        assertThat(disk.changes().changedSince(older)).isInstanceOf(Changes.Unknown.class);
        write(5, 1);
        assertThat(disk.changes().changedSince(start.point())).isEqualTo(new Changes.Known(BlockSet.range(5, 1)));
        mounts.bringBack("d", Progress.NONE);
        assertThat(disk.changes().changedSince(start.point()))
                .as("what is brought back has not changed")
                .isEqualTo(new Changes.Known(BlockSet.range(5, 1)));
        restart();
        assertThat(disk.changes().changedSince(start.point()))
                .as("a crash of ours is nobody else's write")
                .isInstanceOf(Changes.Known.class);
    }

    @Test
    void r21_onAnotherDiskTheNextBackupIsAFullOne() throws IOException {
        media.add("e@1", new UUID(9, 9), "raw", null, 512, Arrays.copyOf(generation, 100 * BLOCK + 700));
        mounts.mount(new InPlaceRequest("e@1", "d", false));
        assertThat(disk.changes().start()).isEmpty();
        byte[] expected = old.clone();
        System.arraycopy(generation, 0, expected, 0, 100 * BLOCK + 700);
        Arrays.fill(expected, 100 * BLOCK + 700, 101 * BLOCK, (byte) 0);
        assertThat(seen()).as("what lies behind stays").isEqualTo(expected);
        mounts.bringBack("d", Progress.NONE);
        assertThat(Files.readAllBytes(disk.path())).isEqualTo(expected);
    }

    @Test
    void r21_bringingBackNeverOverwritesAGuestsWrite() throws IOException {
        mount();
        write(5, 1);
        write(650, 2);
        mounts.bringBack("d", Progress.NONE);
        assertThat(Files.readAllBytes(disk.path())).isEqualTo(with(with(generation, 5, 1), 650, 2));
        assertThat(mounts.list()).isEmpty();
        assertThat(media.open).as("readers").isZero();
        assertThat(media.holds).isEmpty();
        write(6, 3);
        assertThat(seen()).isEqualTo(with(with(with(generation, 5, 1), 650, 2), 6, 3));
    }

    @Test
    void r21_whatWasFlushedIsThereAfterARestart() throws IOException {
        mount();
        write(5, 1);
        restart();
        assertThat(seen()).isEqualTo(with(generation, 5, 1));
        assertThat(mounts.of("d").orElseThrow().presentBytes()).isEqualTo(BLOCK);
        mounts.bringBack("d", Progress.NONE);
        assertThat(Files.readAllBytes(disk.path())).isEqualTo(with(generation, 5, 1));
        restart();
        assertThat(mounts.list()).isEmpty();
        assertThat(folder.resolve("in-place")).isEmptyDirectory();
    }

    @Test
    void r21_theGenerationIsHeldFromBeforeTheMountToAfterItsEnd() throws IOException {
        mount();
        assertThat(media.holds).containsOnlyKeys("d@7");
        restart();
        assertThat(media.holds).as("after a restart").containsOnlyKeys("d@7");
        mounts.bringBack("d", Progress.NONE);
        assertThat(media.calls).containsExactly("hold d@7", "release d@7");
        media.holds.put("d@7", new ArrayList<>(List.of("the in-place mount of disk d")));
        restart();
        assertThat(media.holds).as("what a crash has left").isEmpty();
    }

    @Test
    void r13_aGenerationSinceAMarkIsRefused() throws IOException {
        media.add("d@8", disk.id(), "raw", "monday", BLOCK, generation);
        assertThatThrownBy(() -> mounts.mount(new InPlaceRequest("d@8", "d", true)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("since the mark 'monday'");
        assertThat(mounts.list()).isEmpty();
        assertThat(media.holds).isEmpty();
    }

    @Test
    void r21_aDiskThatIsInUseOrTooSmallIsLeftAlone() throws Exception {
        try (AutoCloseable use = registry.use("d", "node 'n' has it open")) {
            assertThat(use).isNotNull();
            assertThatThrownBy(this::mount).hasMessageContaining("in use: node 'n' has it open");
        }
        media.add("e@1", new UUID(9, 9), "raw", null, BLOCK, new byte[BLOCKS * BLOCK + 1]);
        assertThatThrownBy(() -> mounts.mount(new InPlaceRequest("e@1", "d", true)))
                .hasMessageContaining("needs " + (BLOCKS * BLOCK + 1));
        assertThat(media.holds).isEmpty();
        assertThat(seen()).isEqualTo(old);
    }

    @Test
    void r21_beforeAnythingWasWrittenTheOldDiskComesBack() throws IOException {
        mount();
        assertThat(seen()).isEqualTo(generation);
        restart();
        mounts.undo("d");
        assertThat(seen()).isEqualTo(old);
        assertThat(media.holds).isEmpty();
        assertThat(disk.changes().start()).as("the next backup is a full one").isEmpty();
        restart();
        assertThat(seen()).isEqualTo(old);
    }

    @Test
    void r21_afterAWriteThereIsNoWayBack() throws IOException {
        mount();
        write(5, 1);
        restart();
        assertThatThrownBy(() -> mounts.undo("d"))
                .hasMessageContaining("has been written")
                .hasMessageContaining("'generation mount d@7 --in-place'");
        assertThatThrownBy(() -> registry.remove("d"))
                .hasMessageContaining("'generation mount d@7 --in-place'")
                .hasMessageNotContaining("unmount");
        assertThat(seen()).isEqualTo(with(generation, 5, 1));
    }

    @Test
    void r21_aDiskThatIsAGenerationIsNeitherRemovedNorFormattedNorAddedAgain() throws IOException {
        mount();
        assertThatThrownBy(() -> registry.remove("d"))
                .hasMessageContaining("d@7 stands in for it")
                .hasMessageContaining("'generation mount d@7 --in-place'")
                .hasMessageContaining("'generation unmount d@7 --in-place'");
        assertThatThrownBy(() -> registry.format("d", "shared", null, null))
                .hasMessageContaining("d@7 stands in for it");
        assertThat(registry.at(folder.resolve("disk"))).contains("d");
        assertThat(registry.get("d")).isSameAs(disk);
    }

    @Test
    void r21_aMediumThatIsAwayIsToldOfAndCanComeBack() throws IOException {
        mount();
        write(5, 1);
        restart();
        media.away = true;
        assertThatThrownBy(disk::openForDoor).hasMessageContaining("d@7").hasMessageContaining("it is away");
        assertThat(registry.list().get(0).problem()).contains("it is away");
        assertThat(mounts.of("d").orElseThrow().problem()).contains("it is away");
        assertThat(mounts.of("d").orElseThrow().presentBytes())
                .as("what is on the disk is known all the same")
                .isEqualTo(BLOCK);
        assertThatThrownBy(() -> mounts.bringBack("d", Progress.NONE)).hasMessageContaining("it is away");
        media.away = false;
        assertThat(seen()).isEqualTo(with(generation, 5, 1));
        assertThat(mounts.of("d").orElseThrow().problem()).contains("it is away");
        mounts.bringBack("d", Progress.NONE);
        assertThat(Files.readAllBytes(disk.path())).isEqualTo(with(generation, 5, 1));
    }

    /** Disks can be listed, and told of, whatever a medium does; it is asked once. */
    @Test
    void r21_aMediumThatHangsHoldsUpNoList() throws Exception {
        mount();
        media.hung = new CountDownLatch(1);
        FutureTask<String> list = new FutureTask<>(() -> registry.list().get(0).problem());
        FutureTask<String> status = new FutureTask<>(() -> mounts.list().get(0).problem());
        for (FutureTask<String> each : List.of(list, status)) {
            Thread looking = new Thread(each, "looking");
            looking.setDaemon(true);
            looking.start();
            assertThat(each.get(60, TimeUnit.SECONDS)).contains("answer");
        }
        media.hung.countDown();
        media.hung = null;
        assertThat(seen()).isEqualTo(generation);
    }

    @Test
    void r21_blocksThatCannotBeReadAreToldOfAndTheOthersComeBack() throws IOException {
        mount();
        media.damaged = 350;
        assertThatThrownBy(() -> mounts.bringBack("d", Progress.NONE))
                .hasMessageContaining("1 blocks [350]")
                .hasMessageContaining("frame 3 does not match");
        InPlaceStatus status = mounts.of("d").orElseThrow();
        assertThat(status.presentBytes()).isEqualTo((BLOCKS - 1L) * BLOCK);
        assertThat(status.problem()).contains("frame 3");
        assertThatThrownBy(this::seen).hasMessageContaining("frame 3");
        write(350, 7);
        mounts.bringBack("d", Progress.NONE);
        assertThat(Files.readAllBytes(disk.path())).isEqualTo(with(generation, 350, 7));
    }

    @Test
    void r21_bringingBackCanBeCancelledAndGoesOn() throws IOException {
        mount();
        Cancelled cancelled = new Cancelled();
        assertThatThrownBy(() -> mounts.bringBack("d", cancelled)).isInstanceOf(CancellationException.class);
        InPlaceStatus status = mounts.of("d").orElseThrow();
        assertThat(status.problem()).isNull();
        assertThat(seen()).isEqualTo(generation);
        restart();
        assertThat(mounts.of("d").orElseThrow().presentBytes()).isEqualTo(status.presentBytes());
        mounts.bringBack("d", Progress.NONE);
        assertThat(Files.readAllBytes(disk.path())).isEqualTo(generation);
    }

    @Test
    void r21_theSameGenerationAgainOnlySaysWhetherAllComesBack() throws IOException {
        mounts.mount(new InPlaceRequest("d@7", "d", false));
        assertThat(mount().restore()).isTrue();
        media.add("d@9", disk.id(), "raw", null, BLOCK, old);
        assertThatThrownBy(() -> mounts.mount(new InPlaceRequest("d@9", "d", true)))
                .hasMessageContaining("d@7 stands in");
    }

    /** Cancels when it is asked for the second time. */
    private static final class Cancelled implements Progress {

        private int asked;

        @Override
        public void phase(String phase) {}

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {}

        @Override
        public synchronized void pass(Check check) {
            if (asked++ > 0) {
                throw new CancellationException();
            }
        }

        @Override
        public void onCancel(Runnable action) {}
    }
}
