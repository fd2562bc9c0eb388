package org.hikae.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.TierSource;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.CartridgeInfo.State;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.Labeller;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.mount.Volumes;
import org.hikae.tape.store.registry.VolumeBook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that is killed at any step of labelling knows which labels are its own, and what is behind them. */
class LabellingKillTest {

    private static final UUID MEDIUM = new UUID(1, 2);
    private static final String BARCODE = "AA0001L9";
    private static final Set<String> STEPS =
            Set.of("abandon", "labelling", "labelled", "write", "writeFilemarks", "wrote");

    @TempDir
    Path folder;

    private TapesRig rig;
    /** Steps before the kill. */
    private int left;

    @BeforeEach
    void open() throws IOException {
        rig = new TapesRig(folder.resolve("rig")).add("one", "AA", 1, 1);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    /** The platform is killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private <T> T killed(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (STEPS.contains(method.getName()) && left-- == 0) {
                throw new Killed();
            }
            Object result = invoke(method, target, args);
            return result instanceof TapeDrive drive ? killed(TapeDrive.class, drive) : result;
        }));
    }

    private static Object invoke(Method method, Object target, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Labels, and is killed before that step; returns whether all was done before. */
    private boolean label(String pool, boolean force, int step) throws IOException {
        left = step;
        Labeller labeller = new Labeller(
                rig.home.id(), killed(Volumes.class, rig.store.volumes()), rig.store.reader(), InstantSource.system());
        try (Mounted mounted = mount(force ? Purpose.LABEL : Purpose.WRITE)) {
            labeller.label(killed(Mounted.class, mounted), pool, force, Progress.NONE);
            return true;
        } catch (Killed e) {
            return false;
        } finally {
            rig = rig.again();
        }
    }

    private Mounted mount(Purpose purpose) throws IOException {
        return rig.libraries.mounts().mount(BARCODE, null, purpose, Progress.NONE);
    }

    private CartridgeInfo cartridge() throws IOException {
        return rig.tapes.cartridge(BARCODE);
    }

    private void copy(String pool, String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        rig.store.copy(
                List.of(new TierSource(MEDIUM, "disk", name, bytes.length, () -> reader(bytes))),
                pool,
                false,
                Progress.NONE);
    }

    private static ObjectReader reader(byte[] bytes) {
        return new ObjectReader() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void read(ByteBuffer dst, long position) {
                dst.put(bytes, (int) position, dst.remaining());
            }

            @Override
            public void close() {}
        };
    }

    /** The label that is on the cartridge is read, and remembered as seen; null if there is none. */
    private Label see() throws IOException {
        try (Mounted mounted = mount(Purpose.READ)) {
            return mounted.label().orElse(null);
        }
    }

    private void check(String about) throws IOException {
        checkListed(about + ", not looked at");
        Label label = see();
        checkListed(about + ", looked at");
        if (label != null) {
            // one more kill, right after its contents began to be learned
            ((VolumeBook) rig.store.volumes()).seen(label);
            checkListed(about + ", being learned");
            assertThat(cartridge().volume()).as(about).isEqualTo(label.volume());
        }
        rig = rig.again();
        checkListed(about + ", again");
    }

    private void checkListed(String about) throws IOException {
        CartridgeInfo found = cartridge();
        // One whose label nobody has seen yet is unknown, as a new one is.
        Set<State> right = found.volume() == null
                ? Set.of(State.UNKNOWN, State.SCRATCH)
                : Set.of(State.SCRATCH, State.APPENDABLE, State.EXPIRED);
        assertThat(found.state()).as("%s: %s", about, found).isIn(right);
        assertThat(found.neededBytes()).as(about).isZero();
    }

    @Test
    void aNewCartridge() throws IOException {
        boolean ended = false;
        for (int step = 0; !ended; step++) {
            rig.close();
            rig = new TapesRig(folder.resolve("new" + step)).add("one", "AA", 1, 1);
            ended = label("pool", false, step);
            check("killed before step " + step);
            copy("pool", "one");
            assertThat(cartridge().objects()).isEqualTo(1);
            assertThat(rig.store.isComplete(MEDIUM)).isTrue();
        }
    }

    @Test
    void oneThatThisHomeHadLabelledAndWrittenOnce() throws IOException {
        boolean ended = false;
        for (int step = 0; !ended; step++) {
            rig.close();
            rig = new TapesRig(folder.resolve("old" + step)).add("one", "AA", 1, 1);
            copy("pool", "gone");
            rig.store.forget(MEDIUM, "gone");
            ended = label("pool", true, step);
            String about = "killed before step " + step;
            check(about);
            if (cartridge().state() == State.EXPIRED) {
                rig.tapes.erase(BARCODE, false, Progress.NONE);
            }
            copy("pool", "one");
            assertThat(cartridge().objects()).as(about).isEqualTo(1);
        }
    }

    /** The label before was one that a kill had left: that is there from the step on at which it is remembered as seen. */
    @Test
    void oneThatWasBeingLabelledByOneKilledBefore() throws IOException {
        for (int first = 3; first <= 4; first++) {
            for (int second = 0; second < STEPS.size(); second++) {
                rig.close();
                rig = new TapesRig(folder.resolve("twice" + first + "-" + second)).add("one", "AA", 1, 1);
                label("other", false, first);
                label("pool", false, second);
                check("killed before step " + first + ", then " + second);
                rig.tapes.label(BARCODE, "pool", false, Progress.NONE);
                copy("pool", "one");
                assertThat(cartridge().objects()).isEqualTo(1);
            }
        }
    }

    /** The home was copied while a label was being written, and comes back when there is more behind that: nothing is written over. */
    @Test
    void anOlderHomeThatDoesNotKnowWhatWasWrittenSince() throws IOException {
        assertThat(label("pool", false, 3)).isFalse();
        see();
        rig.close();
        Path home = folder.resolve("rig/home");
        Path older = folder.resolve("older");
        copyAll(home, older);
        rig = rig.again();
        copy("pool", "one");
        rig.close();
        Files.move(home, folder.resolve("newer"));
        copyAll(older, home);
        rig = rig.again();
        assertThat(cartridge().state()).isEqualTo(State.APPENDABLE);
        assertThatThrownBy(() -> rig.tapes.label(BARCODE, "other", false, Progress.NONE))
                .hasMessageContaining("1 objects that are needed");
        copy("pool", "two");
        assertThat(cartridge().objects()).isEqualTo(2);
        assertThat(rig.store.isComplete(MEDIUM)).isFalse();
        rig.store.reader().scan(true, Progress.NONE);
        assertThat(rig.store.prove(MEDIUM, "one", Progress.NONE)).isEmpty();
        assertThat(rig.store.prove(MEDIUM, "two", Progress.NONE)).isEmpty();
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
