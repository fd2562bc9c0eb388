package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.hikae.api.job.Progress;
import org.hikae.tape.store.Snapshots.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed at each step of writing: what was committed is there, nothing else is, and more is appended (I3). So it is for a
 * home that knows nothing and reads the cartridges.
 */
class CrashTest {

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomWriter writer = new RandomWriter(random);
    private final Map<String, byte[]> objects = writer.objects;

    @Test
    void onOneCartridge() throws IOException {
        kill(1 << 20, 12, 12);
    }

    @Test
    void fromCartridgeToCartridge() throws IOException {
        kill(1 << 16, 12, 25);
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void atEveryStep() throws IOException {
        kill(1 << 16, 1, 60);
    }

    /** @param oneIn of so many snapshots one is tried */
    private void kill(long capacity, int oneIn, int writes) throws IOException {
        System.out.println("kills while writing to tape, hikae.seed=" + seed);
        Path live = Files.createDirectory(folder.resolve("live"));
        Snapshots snapshots;
        try (StoreRig rig = new StoreRig(live).add("one", 1, 6, capacity, "AA")) {
            snapshots =
                    new Snapshots(live, Files.createDirectory(folder.resolve("kept")), random, writer.committed, oneIn);
            rig.hook.set(snapshots);
            writer.write(rig, writes);
            writer.write(rig, writes / 4);
            rig.hook.set((method, after) -> {});
            assertThat(rig.contents()).containsExactlyInAnyOrderEntriesOf(objects);
        }
        assertThat(snapshots.taken()).isNotEmpty();
        for (Snapshot snapshot : snapshots.taken()) {
            check(snapshot);
        }
    }

    private void check(Snapshot snapshot) throws IOException {
        String what = snapshot.what() + ", hikae.seed=" + seed;
        StoreRig rig = new StoreRig(snapshot.folder());
        try {
            rig.open("one");
            checkContents(rig, snapshot, what);
            byte[] more = writer.bytes(3000);
            rig.copy("pool", Map.of("more", more));
            checkContents(rig, snapshot, what);
            assertThat(rig.read("more")).as(what).isEqualTo(more);
            assertThat(rig.store.isComplete(StoreRig.MEDIUM)).as(what).isTrue();
            Map<String, byte[]> all = rig.contents();
            rig = rig.again("rebuilt");
            assertThat(rig.store.reader().scan(true, Progress.NONE).problems())
                    .as(what)
                    .isEmpty();
            Map<String, byte[]> rebuilt = rig.contents();
            assertThat(rebuilt.keySet()).as(what).containsExactlyInAnyOrderElementsOf(all.keySet());
            assertThat(rebuilt).as(what).containsExactlyInAnyOrderEntriesOf(all);
            rig.copy("pool", Map.of("last", more));
            assertThat(rig.read("last")).as(what).isEqualTo(more);
        } finally {
            rig.close();
        }
    }

    private void checkContents(StoreRig rig, Snapshot snapshot, String what) throws IOException {
        Map<String, byte[]> found = rig.contents();
        found.remove("more");
        assertThat(found.keySet()).as(what).containsAll(snapshot.committed());
        assertThat(objects.keySet()).as(what).containsAll(found.keySet());
        found.forEach(
                (name, content) -> assertThat(content).as(what + " " + name).isEqualTo(objects.get(name)));
    }
}
