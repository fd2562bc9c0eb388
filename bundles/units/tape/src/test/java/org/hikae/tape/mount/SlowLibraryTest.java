package org.hikae.tape.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeLibrary;
import org.hikae.api.tape.spi.TapeLibraryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that take their time, hang, or throw what they must not. */
class SlowLibraryTest {

    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private MountRig rig;
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void open() throws IOException {
        rig = new MountRig(folder, new Limits(SOON, LONG, LONG, SOON)).add("two", 1, 2, "BB");
    }

    @AfterEach
    void close() {
        goOn.countDown();
        rig.close();
    }

    /** A driver that opens what it is given. */
    private record Opening(Opener opener) implements TapeLibraryDriver {
        @Override
        public void prepare(String location, Map<String, String> options) {}

        @Override
        public TapeLibrary open(String location) throws IOException {
            return opener.open();
        }
    }

    private interface Opener {
        TapeLibrary open() throws IOException;
    }

    private void hang() {
        boolean done = false;
        while (!done) {
            try {
                goOn.await();
                done = true;
            } catch (InterruptedException e) {
                // it hangs, whatever it is told
            }
        }
    }

    private LibraryHandle enter(Opener opener) {
        return rig.libraries.enter("one", "odd", "/somewhere", new Opening(opener));
    }

    @Test
    void oneThatDoesNotOpenHoldsUpNobody() throws Exception {
        LibraryHandle handle = enter(() -> {
            hang();
            throw new IOException("it was too late");
        });
        assertThat(handle.problem()).isEqualTo("it is being opened");
        assertThat(rig.mounts.present()).extracting(Present::barcode).contains("BB0001L9");
        rig.read("BB0001L9").close();
        rig.libraries.refresh();
        assertThatThrownBy(() -> rig.libraries.look(handle, new TestProgress()))
                .hasMessageContaining("library 'one' cannot be used: ");
        rig.libraries.retire(handle);
        rig.libraries.leave(handle, "it was removed");
        assertThat(handle.problem()).isEqualTo("it was removed");
    }

    @Test
    void oneThatHangsIsSaidToHangAndIsUsedWhenItAnswers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        FakeLibrary library = new FakeLibrary() {
            @Override
            public List<Element> inventory() {
                if (isOpen) {
                    asked.countDown();
                    hang();
                }
                return super.inventory();
            }
        };
        LibraryHandle handle = enter(() -> library);
        rig.libraries.settled(handle);
        assertThat(handle.problem()).isNull();
        library.isOpen = true;
        assertThatThrownBy(() -> rig.libraries.look(handle, new TestProgress())).isInstanceOf(IOException.class);
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(handle.problem()).contains("looking into library 'one' was cancelled, and does not end");
        assertThat(rig.mounts.isPresent("XX0001")).isFalse();
        goOn.countDown();
        CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
            while (handle.problem() != null) {
                rig.pass(Duration.ofSeconds(5));
                rig.libraries.refresh();
            }
        });
        answered.get(20, TimeUnit.SECONDS);
        assertThat(rig.mounts.isPresent("XX0001")).isTrue();
    }

    @Test
    void oneThatThrowsWhatItMustNotIsAProblem() {
        LibraryHandle handle = enter(() -> {
            throw new IllegalStateException("no such bus");
        });
        assertThat(rig.libraries.settled(handle).problem()).contains("no such bus");
        assertThat(rig.mounts.present()).hasSize(2);
    }

    @Test
    void oneThatOpensNothingIsAProblem() {
        LibraryHandle handle = enter(() -> null);
        assertThat(rig.libraries.settled(handle).problem()).contains("opened nothing");
    }

    @Test
    void oneThatCannotSayWhatIsInItIsClosed() {
        FakeLibrary library = new FakeLibrary() {
            @Override
            public TapeDrive drive(int number) throws IOException {
                throw new IOException("drive " + number + " is on fire");
            }
        };
        LibraryHandle handle = enter(() -> library);
        assertThat(rig.libraries.settled(handle).problem()).contains("drive 0 is on fire");
        assertThat(library.closed).isTrue();
    }

    /** Its drives are its own until then. */
    @Test
    void oneThatTakesItsTimeToCloseIsWaitedFor() throws Exception {
        FakeLibrary library = slowToClose();
        MountRig patient = new MountRig(folder.resolve("patient"), new Limits(LONG, LONG, LONG, LONG));
        LibraryHandle handle = patient.libraries.enter("one", "odd", "/somewhere", new Opening(() -> library));
        patient.libraries.settled(handle);
        patient.libraries.leave(handle, "it was changed");
        CompletableFuture<Boolean> early = new CompletableFuture<>();
        LibraryHandle next = patient.libraries.enter("one", "odd", "/somewhere", new Opening(() -> {
            early.complete(!library.closed);
            return slowToClose();
        }));
        library.closing.await();
        Thread.yield(); // whoever does not wait has opened it now
        goOn.countDown();
        assertThat(early.get(20, TimeUnit.SECONDS)).isFalse();
        patient.libraries.settled(next);
        patient.close();
        assertThat(library.closed).isTrue();
    }

    @Test
    void allAreClosedWhenTapeControlHasEnded() throws Exception {
        FakeLibrary library = slowToClose();
        MountRig patient = new MountRig(folder.resolve("patient"), new Limits(LONG, LONG, LONG, LONG));
        LibraryHandle handle = patient.libraries.enter("one", "odd", "/somewhere", new Opening(() -> library));
        patient.libraries.settled(handle);
        patient.libraries.leave(handle, "it was changed");
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread ending = new Thread(() -> {
            patient.close();
            closed.complete(library.closed);
        });
        ending.start();
        Awaitility.await().until(() -> !ending.isAlive() || ending.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneThatHangsWhenItIsClosedKeepsNobodyFromEnding() throws Exception {
        FakeLibrary library = slowToClose();
        LibraryHandle handle = enter(() -> library);
        rig.libraries.settled(handle);
        rig.libraries.close();
        assertThat(library.closed).isFalse();
    }

    private FakeLibrary slowToClose() {
        return new FakeLibrary() {
            @Override
            public void close() {
                closing.countDown();
                hang();
                super.close();
            }
        };
    }

    /** One slot with a cartridge, and a drive. */
    private static class FakeLibrary implements TapeLibrary {

        volatile boolean isOpen;
        volatile boolean closed;
        final CountDownLatch closing = new CountDownLatch(1);

        @Override
        public List<Element> inventory() {
            return List.of(new Element(new Place(Kind.SLOT, 0), "XX0001"), new Element(new Place(Kind.DRIVE, 0), null));
        }

        @Override
        public void move(Place from, Place to) throws IOException {
            throw new IOException("it is a fake");
        }

        @Override
        public TapeDrive drive(int number) throws IOException {
            return (TapeDrive) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {TapeDrive.class},
                    (self, method, arguments) -> method.getName().equals("description") ? "a fake" : null);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
