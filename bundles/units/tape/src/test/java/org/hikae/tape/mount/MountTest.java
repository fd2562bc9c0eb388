package org.hikae.tape.mount;

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
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.tape.mount.Mounts.Purpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cartridges come into drives, are looked at, and go again. */
class MountTest {

    @TempDir
    Path folder;

    private MountRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new MountRig(folder).add("one", 1, 4, "AA").add("two", 2, 4, "BB");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static void write(Mounted mounted, String text) throws IOException {
        mounted.drive().rewind();
        mounted.drive().write(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
        mounted.drive().writeFilemarks(1);
    }

    private Label label(String barcode) throws IOException {
        Label label = new Label(UUID.randomUUID(), barcode, "pool ü", rig.home.id(), MountRig.CLOCK.instant());
        try (Mounted mounted = rig.write(barcode)) {
            mounted.drive().rewind();
            byte[] record = LabelCodec.encode(label, mounted.drive().limits());
            mounted.drive().write(List.of(ByteBuffer.wrap(record)));
            mounted.drive().writeFilemarks(1);
        }
        return label;
    }

    @Test
    void whatIsInTheLibrariesIsListed() throws IOException {
        assertThat(rig.mounts.present())
                .extracting(Present::barcode)
                .containsExactly(
                        "AA0001L9", "AA0002L9", "AA0003L9", "AA0004L9", "BB0001L9", "BB0002L9", "BB0003L9", "BB0004L9");
        try (Mounted mounted = rig.read("BB0002L9")) {
            Present present = rig.mounts.present().get(5);
            assertThat(present.used()).isTrue();
            assertThat(present.place().kind()).isEqualTo(Kind.DRIVE);
            assertThat(present.seen().contents()).isEqualTo(new Contents.Blank());
        }
    }

    @Test
    void aLabelIsReadBack() throws IOException {
        assertThat(rig.read("AA0001L9").label()).isEmpty();
        rig = rig.again();
        Label label = label("AA0001L9");
        try (Mounted mounted = rig.mounts.mount("AA0001L9", label.volume(), Purpose.READ, new TestProgress())) {
            assertThat(mounted.label()).contains(label);
            assertThat(mounted.library()).isEqualTo("one");
        }
    }

    @Test
    void anotherCartridgeWithThatBarcodeIsNotTaken() throws IOException {
        label("AA0001L9");
        assertThatThrownBy(() -> rig.mounts.mount("AA0001L9", UUID.randomUUID(), Purpose.READ, new TestProgress()))
                .isInstanceOf(SwappedException.class)
                .hasMessageContaining("cartridge AA0001L9 in library 'one' is not the one that is expected");
        assertThatThrownBy(() -> rig.mounts.mount("AA0002L9", UUID.randomUUID(), Purpose.WRITE, new TestProgress()))
                .isInstanceOf(SwappedException.class)
                .hasMessageContaining("blank");
        rig.read("AA0001L9").close();
    }

    /** Which one would be loaded is chance: neither is, until one is taken out. */
    @Test
    void ofTwoWithOneBarcodeNoneIsLoaded() throws IOException {
        label("AA0001L9");
        rig.close();
        Path twin = folder.resolve("two/slots/1/BB0002L9.tap");
        Files.move(twin, twin.resolveSibling("AA0001L9.tap"));
        rig = rig.again();
        for (Purpose purpose : Purpose.values()) {
            assertThatThrownBy(() -> rig.mounts.mount("AA0001L9", null, purpose, new TestProgress()))
                    .isInstanceOf(TwinException.class)
                    .hasMessageContaining("2 cartridges of the barcode AA0001L9")
                    .hasMessageContaining("of library 'one'")
                    .hasMessageContaining("slot 1 of library 'two'");
        }
        rig.read("AA0002L9").close();
        Files.delete(twin.resolveSibling("AA0001L9.tap"));
        rig.pass(Duration.ofMinutes(1));
        rig.read("AA0001L9").close();
    }

    @Test
    void whatIsForeignIsReadAndNotWritten() throws IOException {
        try (Mounted mounted = rig.write("AA0001L9")) {
            write(mounted, "something of another program");
        }
        assertThatThrownBy(() -> rig.write("AA0001L9"))
                .isInstanceOf(ForeignException.class)
                .hasMessageContaining("AA0001L9");
        try (Mounted mounted = rig.read("AA0001L9")) {
            assertThat(mounted.contents()).isInstanceOf(Contents.Foreign.class);
            assertThat(mounted.label()).isEmpty();
            assertThatThrownBy(() -> write(mounted, "x")).isInstanceOf(IllegalStateException.class);
        }
        try (Mounted mounted = rig.mounts.mount("AA0001L9", null, Purpose.LABEL, new TestProgress())) {
            write(mounted, "y");
        }
    }

    @Test
    void aDriveThatWasLetGoIsOutOfReach() throws IOException {
        Mounted mounted = rig.read("AA0001L9");
        mounted.close();
        mounted.close();
        assertThatThrownBy(() -> mounted.drive().rewind()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> mounted.drive().unload()).isInstanceOf(IllegalStateException.class);
        assertThat(mounted.isWanted()).isFalse();
    }

    @Test
    void roomIsMadeInTheDriveThatWasNotUsedForLongest() throws IOException {
        rig.read("BB0001L9").close();
        rig.nanos.addAndGet(1);
        rig.read("BB0002L9").close();
        rig.nanos.addAndGet(1);
        rig.read("BB0001L9").close();
        rig.nanos.addAndGet(1);
        TestProgress progress = new TestProgress();
        rig.mounts.mount("BB0003L9", null, Purpose.READ, progress).close();
        assertThat(progress.phases()).anyMatch(phase -> phase.contains("unloading cartridge BB0002L9"));
        assertThat(place("BB0001L9").kind()).isEqualTo(Kind.DRIVE);
        assertThat(place("BB0002L9")).hasToString("slot 1");
    }

    private org.hikae.api.tape.spi.TapeLibrary.Place place(String barcode) {
        return rig.mounts.present().stream()
                .filter(present -> present.barcode().equals(barcode))
                .findFirst()
                .orElseThrow()
                .place();
    }

    @Test
    void whatAnEarlierProcessHasLeftInDrivesIsUsedOrPutAway() throws IOException {
        Label label = label("AA0001L9");
        assertThat(place("AA0001L9").kind()).isEqualTo(Kind.DRIVE);
        rig = rig.again();
        rig.mounts
                .mount("AA0001L9", label.volume(), Purpose.READ, new TestProgress())
                .close();
        rig = rig.again();
        rig.read("AA0002L9").close();
        assertThat(place("AA0001L9").kind()).isEqualTo(Kind.SLOT);
    }

    @Test
    void aPositionIsFoundWhateverIsOnTheWay() throws IOException {
        try (Mounted mounted = rig.write("AA0001L9")) {
            for (int i = 0; i < 5; i++) {
                mounted.drive().write(List.of(ByteBuffer.wrap(new byte[] {(byte) i, 1, 2})));
                mounted.drive().writeFilemarks(1);
            }
            for (long position : new long[] {0, 9, 3, 4, 10, 1}) {
                mounted.seek(position);
                assertThat(mounted.drive().position()).isEqualTo(position);
            }
            assertThatThrownBy(() -> mounted.seek(11)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLibraryWhoseFolderIsAwayIsNotMadeAnew() throws IOException {
        rig.close();
        Files.move(folder.resolve("one"), folder.resolve("elsewhere"));
        MountRig next = new MountRig(folder).open("one");
        assertThat(next.libraries.statuses().get(0).problem()).contains("is not a folder");
        assertThat(next.mounts.isPresent("AA0001L9")).isFalse();
        assertThat(folder.resolve("one")).doesNotExist();
        Files.move(folder.resolve("elsewhere"), folder.resolve("one"));
        next.pass(java.time.Duration.ofSeconds(5));
        next.libraries.refresh();
        assertThat(next.libraries.statuses().get(0).problem()).isNull();
        assertThat(next.mounts.isPresent("AA0001L9")).isTrue();
        next.close();
    }

    @Test
    void aLibraryThatGoesTakesItsDrivesAlong() throws IOException {
        Mounted mounted = rig.read("AA0001L9");
        rig.libraries.leave(rig.handles.get("one"), "its driver went away");
        assertThatThrownBy(() -> mounted.drive().rewind())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its driver went away");
        assertThat(rig.mounts.isPresent("AA0001L9")).isFalse();
        mounted.close();
        rig.open("one");
        rig.read("AA0001L9").close();
    }
}
