package org.hikae.tape.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tape.mount.Mounts.Purpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels are written over what is not needed, and whatever happens meanwhile leaves nothing that misleads. */
class LabellerTest {

    private static final String BARCODE = "AA0001L9";

    @TempDir
    Path folder;

    private MountRig rig;
    private final FakeVolumes volumes = new FakeVolumes();
    private Labeller labeller;

    @BeforeEach
    void open() throws IOException {
        rig = new MountRig(folder).add("one", 1, 2, "AA");
        labeller = labeller(rig.home.id());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Labeller labeller(UUID home) {
        return new Labeller(home, volumes, volumes, MountRig.CLOCK);
    }

    private Label label(String pool, boolean force) throws IOException {
        return label(labeller, pool, force);
    }

    private Label label(Labeller by, String pool, boolean force) throws IOException {
        try (Mounted mounted = mount(force)) {
            Label label = by.label(mounted, pool, force, Progress.NONE);
            assertThat(mounted.label()).contains(label);
            return label;
        }
    }

    private Label erase(boolean force) throws IOException {
        try (Mounted mounted = mount(force)) {
            return labeller.erase(mounted, force, Progress.NONE);
        }
    }

    private Mounted mount(boolean force) throws IOException {
        return rig.mounts.mount(BARCODE, null, force ? Purpose.LABEL : Purpose.WRITE, new TestProgress());
    }

    private void writeData(Label label) throws IOException {
        try (Mounted mounted = rig.write(BARCODE)) {
            mounted.seek(Labeller.DATA);
            mounted.drive().write(List.of(ByteBuffer.allocate(1000)));
            mounted.drive().writeFilemarks(1);
        }
        volumes.written.add(label.volume());
    }

    private Contents contents() throws IOException {
        try (Mounted mounted = rig.read(BARCODE)) {
            return mounted.contents();
        }
    }

    @Test
    void aBlankCartridgeGetsALabel() throws IOException {
        Label label = label("monthly", false);
        assertThat(label.pool()).isEqualTo("monthly");
        assertThat(label.home()).isEqualTo(rig.home.id());
        assertThat(volumes.labels).containsValue(label);
        assertThat(contents()).isEqualTo(new Contents.Labelled(label));
        assertThat(rig.mounts.present().get(0).seen().contents()).isEqualTo(new Contents.Labelled(label));
        try (Mounted mounted = rig.read(BARCODE)) {
            assertThat(Labeller.isEmpty(mounted)).isTrue();
        }
    }

    @Test
    void oneWithNothingOnItIsLabelledAgain() throws IOException {
        Label first = label("monthly", false);
        Label second = label(null, false);
        assertThat(second.volume()).isNotEqualTo(first.volume());
        assertThat(label("weekly", false).pool()).isEqualTo("weekly");
    }

    @Test
    void whatIsNotNeededAnyMoreTakesForce() throws IOException {
        Label first = label("monthly", false);
        writeData(first);
        assertThatThrownBy(() -> label("weekly", false)).hasMessageContaining("not needed any more");
        assertThat(contents()).isEqualTo(new Contents.Labelled(first));
        assertThat(volumes.learned).contains(first.volume());
        assertThat(label("weekly", true).pool()).isEqualTo("weekly");
        Label erased = erase(false);
        assertThat(erased.pool()).isNull();
    }

    @Test
    void whatIsNeededIsNeverLabelledAndErasedWithForceAlone() throws IOException {
        Label first = label("monthly", false);
        writeData(first);
        volumes.needed.add(first.volume());
        for (boolean force : new boolean[] {false, true}) {
            assertThatThrownBy(() -> label("weekly", force))
                    .hasMessageContaining(
                            "cartridge AA0001L9 has 1 objects that are needed, such as g1/data of medium 'disk'");
        }
        assertThatThrownBy(() -> erase(false)).hasMessageContaining("needed");
        assertThat(contents()).isEqualTo(new Contents.Labelled(first));
        erase(true);
        assertThat(volumes.needed).isEmpty();
    }

    @Test
    void anotherHomesCartridgeIsNotTouchedWithoutForce() throws IOException {
        Label first = label(labeller(UUID.randomUUID()), "monthly", false);
        volumes.labels.clear();
        assertThatThrownBy(() -> label("weekly", false))
                .isInstanceOf(ForeignException.class)
                .hasMessageContaining("another home");
        assertThatThrownBy(() -> erase(false)).isInstanceOf(ForeignException.class);
        assertThat(contents()).isEqualTo(new Contents.Labelled(first));
        assertThat(label("weekly", true).home()).isEqualTo(rig.home.id());
    }

    @Test
    void somethingForeignIsNotTouchedWithoutForce() throws IOException {
        try (Mounted mounted = rig.write(BARCODE)) {
            mounted.drive().write(List.of(ByteBuffer.allocate(100_000)));
            mounted.drive().writeFilemarks(1);
        }
        assertThatThrownBy(() -> label("weekly", false)).isInstanceOf(ForeignException.class);
        assertThatThrownBy(() -> erase(false)).isInstanceOf(ForeignException.class);
        assertThat(contents()).isEqualTo(new Contents.Foreign("begins with a record that is longer than a label"));
        assertThat(erase(true).pool()).isNull();
    }

    @Test
    void aWriteProtectedOneIsRefused() throws IOException {
        Label first = label("monthly", false);
        rig.close();
        Path file = cartridge(folder.resolve("one"));
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("r--r--r--"));
        rig = new MountRig(folder).open("one");
        assertThatThrownBy(() -> label("weekly", false)).hasMessageContaining("is write-protected");
        assertThat(volumes.labels).containsOnlyKeys(first.volume());
    }

    private static Path cartridge(Path library) throws IOException {
        try (var files = Files.walk(library)) {
            return files.filter(file -> file.endsWith(BARCODE + ".tap"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The platform is killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final Set<String> CHANGES = Set.of("write", "writeFilemarks");

    /** Ends with an error before the change of that number. */
    private Mounted killed(Mounted mounted, int[] left) {
        Runnable step = () -> {
            if (left[0]-- == 0) {
                throw new Killed();
            }
        };
        volumes.step = step;
        TapeDrive drive = proxy(TapeDrive.class, mounted.drive(), CHANGES, step);
        return (Mounted) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Mounted.class},
                (self, method, arguments) ->
                        method.getName().equals("drive") ? drive : invoke(mounted, method, arguments));
    }

    private static <T> T proxy(Class<T> type, T target, Set<String> steps, Runnable step) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (steps.contains(method.getName())) {
                        step.run();
                    }
                    return invoke(target, method, arguments);
                }));
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void aKillAtAnyStepLeavesWhatWasThereOrABlankOrTheLabel() throws IOException {
        boolean ended = false;
        for (int step = 0; !ended; step++) {
            Label first = label("monthly", false);
            writeData(first);
            volumes.needed.add(first.volume());
            try (Mounted mounted = mount(true)) {
                labeller.erase(killed(mounted, new int[] {step}), true, Progress.NONE);
                ended = true;
            } catch (Killed e) {
                ended = false;
            }
            volumes.step = () -> {};
            rig = rig.again();
            Contents found = contents();
            boolean old = found.equals(new Contents.Labelled(first));
            assertThat(found).as("after step %d", step).isNotInstanceOf(Contents.Foreign.class);
            // What is relied upon is there.
            assertThat(volumes.needed.isEmpty() || old)
                    .as("after step %d", step)
                    .isTrue();
            assertThat(step == 0).isEqualTo(volumes.needed.contains(first.volume()));
            // And it can be used again.
            erase(true);
        }
    }

    @Test
    void aLabelThatIsTornAnywhereIsABlank() throws IOException {
        Label label = label("monthly", false);
        rig.close();
        Path file = cartridge(folder.resolve("one"));
        byte[] whole = Files.readAllBytes(file);
        rig = new MountRig(folder).open("one");
        assertThat(contents()).isEqualTo(new Contents.Labelled(label));
        int blanks = 0;
        for (int length = whole.length - 1; length >= 0; length -= length > 10 && length < whole.length - 10 ? 29 : 1) {
            rig.close();
            Files.write(cartridge(folder.resolve("one")), Arrays.copyOf(whole, length));
            rig = new MountRig(folder).open("one");
            Contents found = contents();
            assertThat(found)
                    .as("of %d bytes of %d", length, whole.length)
                    .isIn(new Contents.Blank(), new Contents.Labelled(label));
            blanks += found instanceof Contents.Blank ? 1 : 0;
        }
        assertThat(blanks).isGreaterThan(10);
    }

    @Test
    void aLabelWithAnyBitWrongIsNone() throws IOException {
        Label label = label("monthly", false);
        byte[] record = LabelCodec.encode(label, new org.hikae.api.tape.spi.RecordLimits(512, 1 << 20, 4));
        assertThat(record.length % 4).isZero();
        assertThat(LabelCodec.decode(record)).isEqualTo(label);
        for (int bit = 0; bit < 8 * record.length; bit++) {
            byte[] damaged = record.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> LabelCodec.decode(damaged)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLabelHoldsWhatItIsGiven() throws IOException {
        Label label = new Label(
                UUID.randomUUID(), "X-1", null, UUID.randomUUID(), Instant.parse("2026-01-01T00:00:00.123456789Z"));
        for (int least : new int[] {1, 300, 4096}) {
            byte[] record = LabelCodec.encode(label, new org.hikae.api.tape.spi.RecordLimits(least, 1 << 20, 1));
            assertThat(record.length).isGreaterThanOrEqualTo(least);
            assertThat(LabelCodec.decode(record)).isEqualTo(label);
        }
        assertThatThrownBy(() -> LabelCodec.encode(label, new org.hikae.api.tape.spi.RecordLimits(1, 100, 1)))
                .hasMessageContaining("takes no record");
    }
}
