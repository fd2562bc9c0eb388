package org.hikae.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.api.job.Progress;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.tier.TierSource;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.CartridgeInfo.State;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.tape.mount.Label;
import org.hikae.tape.mount.LabelCodec;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tapekit.Call.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tape control as a whole, on libraries in folders. */
class TapesServiceTest {

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

    private State state(String barcode) throws IOException {
        return cartridge(barcode).state();
    }

    private void write(String name, String pool) throws IOException {
        byte[] bytes = new byte[50_000];
        new java.util.Random(7).nextBytes(bytes);
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
    void aNewLibraryIsListedWithItsBlankCartridges() throws IOException {
        LibraryStatus status = rig.tapes.libraries().get(0);
        assertThat(status.name()).isEqualTo("one");
        assertThat(status.driver()).isEqualTo("virtual");
        assertThat(status.problem()).isNull();
        assertThat(status.drives()).singleElement().satisfies(drive -> assertThat(drive.activity())
                .isEqualTo("idle"));
        assertThat(rig.tapes.cartridges())
                .extracting(CartridgeInfo::barcode)
                .containsExactly("AA0001L9", "AA0002L9", "AA0003L9", "AA0004L9");
        assertThat(rig.tapes.cartridges()).allMatch(cartridge -> cartridge.state() == State.UNKNOWN);
        assertThat(rig.tapes.drivers()).containsExactly("virtual");
    }

    @Test
    void whatCannotBeAddedChangesNothing() {
        Map<String, String> none = Map.of();
        String two = rig.library("two").toString();
        assertThatThrownBy(() -> rig.tapes.addLibrary("one", "virtual", two, none))
                .hasMessageContaining("there is a tape library 'one' already");
        assertThatThrownBy(() -> rig.tapes.addLibrary("-", "virtual", two, none))
                .hasMessageContaining("cannot be the name");
        assertThatThrownBy(() -> rig.tapes.addLibrary("two", "real", two, none))
                .hasMessage("there is no tape driver 'real'; the drivers are: virtual");
        assertThatThrownBy(() -> rig.tapes.addLibrary("two", "virtual", two, Map.of("wheels", "4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wheels");
        assertThatThrownBy(() -> rig.tapes.addLibrary("two", "virtual", two + "/x/y", none))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> rig.tapes.addLibrary("two", "virtual", rig.library("one") + "/../one", none))
                .hasMessageEndingWith("/../one is tape library 'one' already");
        rig.configurations.broken = true;
        assertThatThrownBy(() -> rig.tapes.addLibrary("two", "virtual", two, none))
                .hasMessageContaining("no space");
        assertThat(rig.configurations.libraries).containsOnlyKeys("one");
    }

    @Test
    void aLibraryThatIsNeededStays() throws IOException {
        rig.configurations.media.put(
                "onTape", new Hashtable<>(Map.of("name", "onTape", "driver", "tape", "location", "one/monthly")));
        assertThatThrownBy(() -> rig.tapes.removeLibrary("one"))
                .hasMessageContaining("medium 'onTape' is on its tapes");
        rig.configurations.media.clear();
        rig.configurations.media.put(
                "onTape", new Hashtable<>(Map.of("name", "onTape", "driver", "tape", "location", "oneMore")));
        try (Mounted mounted = rig.libraries.mounts().mount("AA0001L9", null, Purpose.READ, Progress.NONE)) {
            assertThatThrownBy(() -> rig.tapes.removeLibrary("one")).hasMessageContaining("is in use");
        }
        rig.configurations.broken = true;
        assertThatThrownBy(() -> rig.tapes.removeLibrary("one")).hasMessageContaining("no space");
        rig.configurations.broken = false;
        assertThat(rig.libraries.mounts().isPresent("AA0001L9")).isTrue();
        rig.tapes.label("AA0001L9", "monthly", false, Progress.NONE);
        rig.tapes.removeLibrary("one");
        assertThat(rig.tapes.libraries()).isEmpty();
        assertThat(rig.tapes.cartridges()).singleElement().satisfies(cartridge -> {
            assertThat(cartridge.state()).isEqualTo(State.OFF_SITE);
            assertThat(cartridge.pool()).isEqualTo("monthly");
        });
        assertThatThrownBy(() -> rig.tapes.removeLibrary("one")).hasMessageContaining("there is no tape library 'one'");
    }

    @Test
    void anInventoryTellsWhatIsOnEachCartridge() throws IOException {
        foreign("AA0002L9");
        rig = rig.again();
        rig.faults.fail(Step.LOAD).onCartridge("AA0003L9");
        rig.tapes.label("AA0004L9", "default", false, Progress.NONE);
        List<CartridgeInfo> found = rig.tapes.inventory("one", false, Progress.NONE);
        assertThat(found)
                .extracting(CartridgeInfo::state)
                .containsExactly(State.SCRATCH, State.FOREIGN, State.DAMAGED, State.APPENDABLE);
        assertThat(found.get(2).note()).contains("could not be read");
        // What is known is not loaded again, also by the next process.
        rig = rig.again();
        rig.faults.fail(Step.LOAD);
        assertThat(rig.tapes.inventory(null, false, Progress.NONE))
                .extracting(CartridgeInfo::state)
                .containsExactly(State.SCRATCH, State.FOREIGN, State.DAMAGED, State.APPENDABLE);
        rig.faults.clear();
        assertThat(rig.tapes.inventory(null, true, Progress.NONE))
                .extracting(CartridgeInfo::state)
                .containsExactly(State.SCRATCH, State.FOREIGN, State.SCRATCH, State.APPENDABLE);
        assertThatThrownBy(() -> rig.tapes.inventory("two", false, Progress.NONE))
                .hasMessageContaining("there is no tape library 'two'");
    }

    private void foreign(String barcode) throws IOException {
        try (Mounted mounted = rig.libraries.mounts().mount(barcode, null, Purpose.LABEL, Progress.NONE)) {
            mounted.drive().rewind();
            mounted.drive()
                    .write(List.of(ByteBuffer.wrap("VOL1".getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
            mounted.drive().writeFilemarks(1);
        }
        rig.libraries.mounts().mount(barcode, null, Purpose.READ, Progress.NONE).close();
    }

    @Test
    void whatIsWrittenIsListedAndNotErasedByMistake() throws IOException {
        write("g1/data", "default");
        CartridgeInfo written = cartridge("AA0001L9");
        assertThat(written.state()).isEqualTo(State.APPENDABLE);
        assertThat(written.neededBytes()).isEqualTo(50_000);
        assertThat(written.objects()).isEqualTo(1);
        assertThat(rig.tapes.objects("AA0001L9")).singleElement().satisfies(object -> assertThat(object.name())
                .isEqualTo("g1/data"));
        assertThat(rig.tapes.verify("AA0001L9", Progress.NONE)).isEmpty();
        for (boolean force : new boolean[] {false, true}) {
            assertThatThrownBy(() -> rig.tapes.label("AA0001L9", "other", force, Progress.NONE))
                    .hasMessageContaining("objects that are needed, such as g1/data of medium 'disk'");
        }
        assertThatThrownBy(() -> rig.tapes.erase("AA0001L9", false, Progress.NONE))
                .hasMessageContaining("needed");
        rig.store.forget(MEDIUM, "g1/data");
        assertThat(state("AA0001L9")).isEqualTo(State.EXPIRED);
        assertThat(rig.tapes.erase("AA0001L9", false, Progress.NONE).state()).isEqualTo(State.SCRATCH);
        assertThat(rig.tapes.objects("AA0001L9")).isEmpty();
        write("g2/data", "default");
        assertThat(rig.tapes.erase("AA0001L9", true, Progress.NONE).state()).isEqualTo(State.SCRATCH);
        assertThat(rig.store.copies(MEDIUM, "g2/data")).isEmpty();
    }

    @Test
    void cartridgesGoAndComeBack() throws IOException {
        write("g1/data", "default");
        CartridgeInfo exported = rig.tapes.export("AA0001L9", Progress.NONE);
        assertThat(exported.place().kind()).isEqualTo(Kind.STATION);
        assertThatThrownBy(() -> rig.tapes.label("AA0001L9", "x", false, Progress.NONE))
                .hasMessage("cartridge AA0001L9 is in the station of library 'one': run 'tape import'");
        Path file = file("AA0001L9");
        Files.move(file, folder.resolve("AA0001L9.tap"));
        rig.tapes.inventory("one", false, Progress.NONE);
        assertThat(state("AA0001L9")).isEqualTo(State.OFF_SITE);
        assertThat(cartridge("AA0001L9").library()).isNull();
        assertThatThrownBy(() -> rig.tapes.export("AA0001L9", Progress.NONE)).hasMessageContaining("in no library");
        assertThatThrownBy(() -> rig.tapes.importAll(null, Progress.NONE))
                .hasMessageContaining("nothing in any station");
        Files.move(folder.resolve("AA0001L9.tap"), rig.library("one").resolve("AA0001L9.tap"));
        assertThat(rig.tapes.importAll("one", Progress.NONE)).singleElement().satisfies(cartridge -> {
            assertThat(cartridge.place().kind()).isNotEqualTo(Kind.STATION);
            assertThat(cartridge.state()).isEqualTo(State.APPENDABLE);
        });
        assertThatThrownBy(() -> cartridge("ZZ0001L9")).hasMessageContaining("there is no cartridge ZZ0001L9");
    }

    private Path file(String barcode) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(barcode + ".tap"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aCartridgeInTheOthersPlaceIsToldApart() throws IOException {
        write("g1/data", "default");
        rig.tapes.inventory("one", false, Progress.NONE);
        rig.close();
        Path file = file("AA0001L9");
        Files.move(file, folder.resolve("kept.tap"));
        Files.write(file, new byte[0]);
        rig = rig.again();
        rig.tapes.inventory("one", true, Progress.NONE);
        CartridgeInfo other = cartridge("AA0001L9");
        assertThat(other.state()).isEqualTo(State.FOREIGN);
        assertThat(other.note()).contains("not the cartridge that is known by this barcode");
        rig.close();
        Files.move(folder.resolve("kept.tap"), file("AA0001L9"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        rig = rig.again();
        rig.tapes.inventory("one", true, Progress.NONE);
        assertThat(cartridge("AA0001L9").objects()).isEqualTo(1);
    }

    @Test
    void anotherHomesCartridgesBecomeKnownByAScan() throws IOException {
        write("g1/data", "default");
        rig = rig.elsewhere(Files.createDirectories(folder.resolve("other")));
        rig.tapes.inventory(null, false, Progress.NONE);
        assertThat(state("AA0001L9")).isEqualTo(State.FOREIGN);
        assertThat(cartridge("AA0001L9").note()).contains("catalog rebuild --from tape");
        assertThatThrownBy(() -> rig.tapes.label("AA0001L9", "x", false, Progress.NONE))
                .hasMessageContaining("another home");
        assertThat(rig.tapes.scan(false, Progress.NONE).objects()).isEqualTo(1);
        assertThat(cartridge("AA0001L9").objects()).isEqualTo(1);
        assertThat(rig.tapes.objects("AA0001L9")).hasSize(1);
    }

    @Test
    void aLabelThatAKilledPlatformWroteIsRemembered() throws IOException {
        Label label = new Label(UUID.randomUUID(), "AA0002L9", "monthly", rig.home.id(), Instant.EPOCH);
        try (Mounted mounted = rig.libraries.mounts().mount("AA0002L9", null, Purpose.LABEL, Progress.NONE)) {
            mounted.drive().rewind();
            byte[] record = LabelCodec.encode(label, mounted.drive().limits());
            mounted.drive().write(List.of(ByteBuffer.wrap(record)));
            mounted.drive().writeFilemarks(1);
        }
        rig = rig.again();
        rig.tapes.inventory(null, true, Progress.NONE);
        assertThat(cartridge("AA0002L9").pool()).isEqualTo("monthly");
        assertThat(state("AA0002L9")).isEqualTo(State.APPENDABLE);
    }

    @Test
    void aDriverGoesAndComesBack() throws IOException {
        write("g1/data", "default");
        rig.driverGoes();
        assertThat(rig.tapes.libraries().get(0).problem()).isEqualTo("driver 'virtual' is not there: start its bundle");
        assertThat(rig.tapes.cartridges()).singleElement().satisfies(cartridge -> assertThat(cartridge.state())
                .isEqualTo(State.OFF_SITE));
        assertThatThrownBy(() -> rig.tapes.inventory("one", false, Progress.NONE))
                .hasMessageContaining("driver 'virtual' is not there");
        rig.driverComes();
        assertThat(rig.tapes.libraries().get(0).problem()).isNull();
        assertThat(state("AA0001L9")).isEqualTo(State.APPENDABLE);
        assertThat(rig.tapes.verify("AA0001L9", Progress.NONE)).isEmpty();
    }

    @Test
    void whatWasChosenLasts() throws IOException {
        assertThat(rig.tapes.buffer().patience()).isEqualTo(Duration.ofMinutes(5));
        rig.tapes.setPatience(Duration.ZERO);
        rig.tapes.setBuffer("fast", 32 << 20);
        rig.tapes.setBuffer("faster", 0);
        assertThatThrownBy(() -> rig.tapes.setBuffer("nowhere", 0)).hasMessageContaining("nowhere");
        assertThatThrownBy(() -> rig.tapes.setBuffer("fast", 1 << 20)).hasMessageContaining("at least 16 MiB");
        rig = rig.again();
        assertThat(rig.settings.get().buffer()).isEqualTo("faster");
        assertThat(rig.settings.get().bufferBytes()).isEqualTo(32 << 20);
        assertThat(rig.tapes.buffer().patience()).isZero();
        Path file = rig.home.folder().resolve("settings.json");
        rig.close();
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> rig.again()).hasMessageContaining("settings.json");
        Files.delete(file);
        rig = rig.again();
        assertThat(rig.tapes.libraries()).hasSize(1); // it is open before the folder goes
    }

    @Test
    void aPoolHasAName() {
        assertThatThrownBy(() -> rig.tapes.label("AA0001L9", "", false, Progress.NONE))
                .hasMessageContaining("cannot be the name of a pool");
    }
}
