package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.tape.mount.Volumes;
import org.hikae.tapekit.Call.Step;
import org.hikae.tapekit.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Cartridges end and drives fail wherever they can: what is committed is read, by this home and by one that knows nothing. */
class FaultTest {

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final boolean all = Boolean.getBoolean("hikae.long");
    private int count;

    /** @param reserve bytes between the early warning and the end */
    private void write(long capacity, long reserve, Consumer<Faults> faults, String what) throws IOException {
        Path place = Files.createDirectory(folder.resolve("f" + count++));
        String as = what + ", hikae.seed=" + seed;
        RandomWriter writer = new RandomWriter(random);
        StoreRig rig = new StoreRig(place);
        try {
            rig.add("one", 2, 6, capacity, reserve, "AA");
            writer.write(rig, 6);
            faults.accept(rig.faults);
            writer.write(rig, 25);
            rig.faults.clear();
            writer.write(rig, 6);
            check(rig, writer, as);
            rig = rig.again();
            check(rig, writer, as);
            rig = rig.again("rebuilt");
            assertThat(rig.store.reader().scan(true, Progress.NONE).problems())
                    .as(as)
                    .isEmpty();
            check(rig, writer, as);
            writer.write(rig, 6);
            check(rig, writer, as);
        } catch (IOException e) {
            throw new IOException(as, e);
        } finally {
            rig.close();
        }
    }

    private static void check(StoreRig rig, RandomWriter writer, String as) throws IOException {
        assertThat(writer.committed).as(as).hasSameSizeAs(writer.objects.keySet());
        Map<String, byte[]> found = rig.contents();
        assertThat(found.keySet()).as(as).containsExactlyInAnyOrderElementsOf(writer.committed);
        found.forEach(
                (name, content) -> assertThat(content).as(as + ": " + name).isEqualTo(writer.objects.get(name)));
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).as(as).isTrue();
    }

    /** How far a loop goes on, by day and in the long variant. */
    private int step(int by) {
        return all ? 1 : by + random.nextInt(2 * by);
    }

    @Test
    void cartridgesOfEverySize() throws IOException {
        for (int more = 0; more < 1100; more += 20 * step(10)) {
            write((1 << 16) + more, 1 << 13, faults -> {}, "capacity + " + more);
        }
    }

    @Test
    void theEndComesWithoutAWarning() throws IOException {
        for (int more = 0; more < 1100; more += 20 * step(10)) {
            write((1 << 16) + more, 0, faults -> {}, "no reserve, capacity + " + more);
        }
    }

    @Test
    void theWarningComesAfterAnyRecord() throws IOException {
        for (int i = 0; i < 60; i += step(15)) {
            int skip = i;
            write(1 << 20, 1 << 17, faults -> faults.earlyWarning().after(skip).times(1), "warned after " + i);
        }
    }

    @Test
    void theEndComesAtAnyRecord() throws IOException {
        for (int i = 0; i < 60; i += step(15)) {
            int skip = i;
            write(1 << 20, 1 << 17, faults -> faults.endOfMedium().after(skip).times(1), "ended after " + i);
        }
    }

    @Test
    void aRecordCannotBeWrittenOnce() throws IOException {
        for (int i = 0; i < 60; i += step(15)) {
            int skip = i;
            write(
                    1 << 20,
                    1 << 17,
                    faults -> faults.fail(Step.WRITE).after(skip).times(1),
                    "failed once after " + i);
        }
    }

    @Test
    void aRecordCannotBeWrittenInTwoDrives() throws IOException {
        for (int i = 0; i < 60; i += step(15)) {
            int skip = i;
            write(
                    1 << 20,
                    1 << 17,
                    faults -> faults.fail(Step.WRITE).after(skip).times(2),
                    "failed twice after " + i);
        }
    }

    @Test
    void aFilemarkCannotBeWritten() throws IOException {
        for (int i = 0; i < 12; i += step(3)) {
            int skip = i;
            write(
                    1 << 20,
                    1 << 17,
                    faults -> faults.fail(Step.FILEMARKS).after(skip).times(1),
                    "filemark " + i);
        }
    }

    @Test
    void aFilemarkIsWrittenAndSaidNotToBe() throws IOException {
        for (int i = 0; i < 12; i += step(3)) {
            int skip = i;
            write(
                    1 << 20,
                    1 << 17,
                    faults -> faults.fail(Step.FILEMARKS).after(skip).times(1).late(),
                    "late filemark " + i);
        }
    }

    @Test
    void theDriveFails() throws IOException {
        for (int i = 0; i < 40; i += step(10)) {
            int skip = i;
            write(
                    1 << 20,
                    1 << 17,
                    faults -> faults.fail(Step.WRITE, new IOException("broken"))
                            .after(skip)
                            .times(1),
                    "drive failed after " + i);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "hikae.long", matches = "true")
    void anythingFailsNowAndThen() throws IOException {
        for (int i = 0; i < 50; i++) {
            long chance = random.nextLong();
            write(1 << 20, 1 << 17, faults -> faults.random(chance, 40, Step.WRITE, Step.FILEMARKS), "chance " + i);
        }
    }

    @Test
    void aCartridgeThatCannotBeWrittenIsDamagedAndItsOldContentStays() throws IOException {
        RandomWriter writer = new RandomWriter(random);
        try (StoreRig rig = new StoreRig(folder).add("one", 2, 3, 1 << 20, "AA")) {
            writer.write(rig, 10);
            rig.faults.fail(Step.WRITE).onCartridge("AA0001L9");
            writer.write(rig, 10);
            assertThat(rig.store.volumes().volumes())
                    .extracting(volume -> volume.label().barcode(), Volumes.Volume::state)
                    .contains(
                            tuple("AA0001L9", CartridgeInfo.State.DAMAGED),
                            tuple("AA0002L9", CartridgeInfo.State.APPENDABLE));
            rig.faults.clear();
            check(rig, writer, "damaged");
            writer.write(rig, 10);
            check(rig, writer, "damaged");
        }
    }

    @Test
    void aDriveThatCannotWriteIsNotTakenForCartridges() throws IOException {
        RandomWriter writer = new RandomWriter(random);
        try (StoreRig rig = new StoreRig(folder).add("one", 2, 3, 1 << 20, "AA")) {
            writer.write(rig, 10);
            rig.faults.fail(Step.WRITE).onDrive(0);
            writer.write(rig, 10);
            assertThat(rig.store.volumes().volumes())
                    .extracting(Volumes.Volume::state)
                    .containsExactly(CartridgeInfo.State.APPENDABLE);
            check(rig, writer, "one drive");
        }
    }

    @Test
    void fewAreTriedWhenNothingCanBeWritten() throws IOException {
        RandomWriter writer = new RandomWriter(random);
        try (StoreRig rig = new StoreRig(folder).add("one", 2, 8, 1 << 20, "AA")) {
            writer.write(rig, 10);
            rig.faults.fail(Step.WRITE);
            assertThatThrownBy(() -> writer.write(rig, 40)).isInstanceOf(IOException.class);
            rig.faults.clear();
            assertThat(rig.store.volumes().volumes().stream()
                            .filter(volume -> volume.state() == CartridgeInfo.State.DAMAGED)
                            .count())
                    .isLessThanOrEqualTo(3);
            assertThat(rig.contents().keySet()).isEqualTo(writer.committed);
        }
    }
}
