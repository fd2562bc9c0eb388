package org.hikae.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.TierSource;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.CartridgeInfo.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cartridges that will not come back, and some that do all the same. */
class LostCartridgeTest {

    private static final UUID MEDIUM = new UUID(1, 2);

    @TempDir
    Path folder;

    private TapesRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new TapesRig(folder).add("one", "AA", 1, 4);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private CartridgeInfo cartridge(String barcode) throws IOException {
        return rig.tapes.cartridge(barcode);
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

    @Test
    void twoOfOneBarcodeAreTold() throws IOException {
        copy("a", "one");
        Files.createFile(
                Files.createDirectories(rig.library("one").resolve("station")).resolve("AA0001L9.tap"));
        rig.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(cartridge("AA0001L9").note())
                .contains("2 cartridges of the barcode AA0001L9", "station 0 of library 'one'");
        assertThat(rig.tapes.cartridges()).hasSize(4);
        copy("a", "two"); // on another cartridge
        assertThat(rig.store.tierCopies(MEDIUM, "two").get(0).cartridges()).containsExactly("AA0002L9");
        assertThat(scan(true)).singleElement().asString().contains("2 cartridges of the barcode AA0001L9");
    }

    private Path file(String barcode) throws IOException {
        try (Stream<Path> files = Files.walk(rig.library("one"))) {
            return files.filter(file -> file.endsWith(barcode + ".tap"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Takes a cartridge out, for good. */
    private void burn(String barcode) throws IOException {
        rig.tapes.export(barcode, Progress.NONE);
        Files.delete(file(barcode));
        rig.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    }

    private List<String> scan(boolean all) throws IOException {
        return rig.tapes.scan(all, Progress.NONE).problems();
    }

    @Test
    void aCartridgeThatIsLostIsNotMissedAnyMore() throws IOException {
        copy("a", "one");
        copy("b", "two");
        copy("a", "three"); // whose table names both
        assertThatThrownBy(() -> rig.tapes.lose("AA0002L9", true)).hasMessageContaining("is in a library");
        assertThatThrownBy(() -> rig.tapes.lose("AA0009L9", true)).hasMessageContaining("no cartridge AA0009L9");
        burn("AA0002L9");
        rig.tapes.lose("AA0002L9", false);
        assertThat(cartridge("AA0002L9").state()).isEqualTo(State.LOST);
        assertThat(cartridge("AA0002L9").objects()).isZero();
        assertThat(rig.store.list(MEDIUM, ""))
                .extracting(object -> object.name())
                .containsExactly("one", "three");
        assertThat(scan(true)).isEmpty();
        assertThat(rig.store.isComplete(MEDIUM)).isTrue();
        assertThatThrownBy(() -> rig.tapes.lose("AA0002L9", true)).hasMessageContaining("already");
        rig = rig.again();
        assertThat(scan(true)).isEmpty();
        assertThat(rig.store.list(MEDIUM, "")).hasSize(2);
    }

    /** What the tapes say of it is what the next home knows. */
    @Test
    void aHomeThatKnowsNothingMissesItUntilATableSaysThatItIsLost() throws IOException {
        copy("a", "one");
        copy("b", "two");
        copy("a", "three");
        burn("AA0002L9");
        rig = rig.elsewhere(folder.resolve("second"));
        assertThat(scan(true)).singleElement().asString().contains("AA0002L9", "tape lost AA0002L9");
        assertThatThrownBy(() -> rig.tapes.lose("AA0002L9", false)).hasMessageContaining("nothing is known");
        rig.tapes.lose("AA0002L9", true);
        assertThat(scan(true)).isEmpty();
        assertThat(cartridge("AA0002L9").state()).isEqualTo(State.LOST);
        assertThat(cartridge("AA0002L9").labelled()).isNull();
        copy("a", "four");
        rig = rig.elsewhere(folder.resolve("third"));
        assertThat(scan(true)).isEmpty();
        assertThat(rig.store.isComplete(MEDIUM)).isTrue();
        copy("a", "five");
        rig = rig.elsewhere(folder.resolve("fourth"));
        assertThat(scan(true)).isEmpty();
    }

    @Test
    void aCartridgeThatIsFoundAgainIsReadAnew() throws IOException {
        copy("a", "one");
        copy("b", "two");
        rig.tapes.export("AA0002L9", Progress.NONE);
        Path file = file("AA0002L9");
        Files.move(file, folder.resolve("away"));
        rig.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        rig.tapes.lose("AA0002L9", true);
        copy("a", "three");
        Files.move(folder.resolve("away"), file);
        rig.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        rig.tapes.importAll(null, Progress.NONE);
        assertThat(cartridge("AA0002L9").state()).isEqualTo(State.UNKNOWN);
        assertThat(scan(false)).isEmpty();
        assertThat(cartridge("AA0002L9").state()).isEqualTo(State.APPENDABLE);
        assertThat(rig.store.list(MEDIUM, "")).hasSize(3);
        assertThat(rig.store.tierCopies(MEDIUM, "two")).singleElement().matches(copy -> copy.problem() == null);
        // it may have suffered: read before originals are deleted because of it
        assertThat(rig.store.tierCopies(MEDIUM, "two")).singleElement().matches(copy -> copy.proven() == null);
        copy("b", "two");
        assertThat(rig.store.tierCopies(MEDIUM, "two")).singleElement().matches(copy -> copy.isProven());
        copy("b", "four");
        rig = rig.elsewhere(folder.resolve("second"));
        assertThat(scan(true)).isEmpty();
        assertThat(rig.store.list(MEDIUM, "")).hasSize(4);
    }
}
