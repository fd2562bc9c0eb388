package org.hikae.tape.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cartridges that are in no library are waited for, but not for ever. */
class AbsenceTest {

    private static final String ABSENT =
            "cartridge AA0001L9 is in no library: put it into the station of library 'one' and run 'tape import'";

    @TempDir
    Path folder;

    private MountRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new MountRig(folder).add("one", 1, 4, "AA");
        rig.libraries.export("AA0001L9", new TestProgress());
        takeOut();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Path cartridge() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("AA0001L9.tap"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void takeOut() throws IOException {
        Files.move(cartridge(), folder.resolve("AA0001L9.tap"));
        rig.libraries.look(rig.handles.get("one"), new TestProgress());
    }

    private void putIn() throws IOException {
        Files.move(folder.resolve("AA0001L9.tap"), folder.resolve("one/AA0001L9.tap"));
    }

    private CompletableFuture<Mounted> waiting() throws Exception {
        return rig.waiting("AA0001L9", new TestProgress(), "waiting: " + ABSENT);
    }

    private static Mounted get(CompletableFuture<Mounted> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    @Test
    void afterPatienceNobodyWaits() throws Exception {
        CompletableFuture<Mounted> waits = waiting();
        assertThat(rig.mounts.awaited()).containsExactly(ABSENT);
        rig.pass(Duration.ofMinutes(5).minusNanos(1));
        assertThat(waits).isNotDone();
        rig.pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> get(waits))
                .hasCauseInstanceOf(CartridgeAbsentException.class)
                .hasMessageEndingWith(ABSENT);
        assertThat(rig.mounts.awaited()).isEmpty();
        // Those who come now need not wait as long again.
        assertThatThrownBy(() -> rig.read("AA0001L9")).isInstanceOf(CartridgeAbsentException.class);
        rig.pass(Duration.ofSeconds(10));
        CompletableFuture<Mounted> again = waiting();
        rig.patience.set(Duration.ZERO);
        rig.libraries.patienceChanged();
        assertThatThrownBy(() -> get(again)).hasCauseInstanceOf(CartridgeAbsentException.class);
    }

    @Test
    void thoseWhoWereThereBeforeWaitAsLongAsOthers() throws Exception {
        CompletableFuture<Mounted> first = waiting();
        rig.pass(Duration.ofMinutes(3));
        CompletableFuture<Mounted> second = waiting();
        rig.pass(Duration.ofMinutes(2));
        assertThatThrownBy(() -> get(first)).hasCauseInstanceOf(CartridgeAbsentException.class);
        assertThat(second).isNotDone();
        rig.pass(Duration.ofMinutes(3));
        assertThatThrownBy(() -> get(second)).hasCauseInstanceOf(CartridgeAbsentException.class);
    }

    @Test
    void aLongerPatienceCountsForThoseWhoWait() throws Exception {
        CompletableFuture<Mounted> waits = waiting();
        rig.patience.set(Duration.ofMinutes(20));
        rig.libraries.patienceChanged();
        rig.pass(Duration.ofMinutes(19));
        assertThat(waits).isNotDone();
        rig.pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> get(waits)).hasCauseInstanceOf(CartridgeAbsentException.class);
    }

    @Test
    void whatIsImportedComesAtOnce() throws Exception {
        CompletableFuture<Mounted> waits = waiting();
        putIn();
        assertThat(rig.libraries.importAll(rig.handles.get("one"), new TestProgress()))
                .containsExactly("AA0001L9");
        get(waits).close();
    }

    @Test
    void whatIsInTheStationHasToBeImported() throws Exception {
        putIn();
        CompletableFuture<Mounted> waits = rig.waiting("AA0001L9", new TestProgress(), "waiting: " + ABSENT);
        rig.libraries.look(rig.handles.get("one"), new TestProgress());
        assertThat(rig.mounts.isPresent("AA0001L9")).isFalse();
        assertThat(rig.mounts.awaited())
                .containsExactly("cartridge AA0001L9 is in the station of library 'one': run 'tape import'");
        rig.libraries.importAll(rig.handles.get("one"), new TestProgress());
        get(waits).close();
    }

    @Test
    void anImportForgivesThoseThatWereGivenUp() throws Exception {
        rig.patience.set(Duration.ZERO);
        assertThatThrownBy(() -> rig.read("AA0001L9")).isInstanceOf(CartridgeAbsentException.class);
        rig.patience.set(Duration.ofMinutes(5));
        rig.libraries.patienceChanged();
        CompletableFuture<Mounted> waits = waiting();
        putIn();
        rig.libraries.importAll(rig.handles.get("one"), new TestProgress());
        get(waits).close();
    }

    @Test
    void whatIsInALibraryThatIsAwayComesBackWithIt() throws Exception {
        putIn();
        rig.libraries.importAll(rig.handles.get("one"), new TestProgress());
        rig.read("AA0001L9").close();
        rig.libraries.leave(rig.handles.get("one"), "its driver went away");
        CompletableFuture<Mounted> waits =
                rig.waiting("AA0001L9", new TestProgress(), "cartridge AA0001L9 is in no library: there is none");
        rig.open("one");
        get(waits).close();
    }

    @Test
    void whichLibraryIsMissedIsSaid() throws Exception {
        putIn();
        rig.libraries.importAll(rig.handles.get("one"), new TestProgress());
        rig.read("AA0001L9").close();
        rig.close();
        Files.move(folder.resolve("one"), folder.resolve("elsewhere"));
        rig = new MountRig(folder).open("one");
        rig.patience.set(Duration.ZERO);
        assertThatThrownBy(() -> rig.read("AA0001L9"))
                .isInstanceOf(CartridgeAbsentException.class)
                .hasMessageContaining("was last seen in library 'one', which cannot be used: ")
                .hasMessageContaining("is not a folder");
    }

    @Test
    void aCartridgeInUseIsNotExported() throws Exception {
        try (Mounted mounted = rig.read("AA0002L9")) {
            assertThatThrownBy(() -> rig.libraries.export("AA0002L9", new TestProgress()))
                    .hasMessageContaining("cartridge AA0002L9 is in use");
        }
        rig.libraries.export("AA0002L9", new TestProgress());
        assertThatThrownBy(() -> rig.libraries.export("AA0002L9", new TestProgress()))
                .hasMessageContaining("is in the station of library 'one' already");
        assertThatThrownBy(() -> rig.libraries.export("AA0001L9", new TestProgress()))
                .hasMessageContaining("is in no library");
    }
}
