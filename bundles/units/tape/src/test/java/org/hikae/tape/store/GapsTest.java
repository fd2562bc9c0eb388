package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.CartridgeInfo.State;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.mount.Mounts.Purpose;
import org.hikae.tape.mount.Volumes.Volume;
import org.hikae.tape.store.write.NoCartridgeLeftException;
import org.hikae.tape.store.write.ObjectStream;
import org.hikae.tape.store.write.Session;
import org.hikae.tapekit.Call.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While cartridges are away, or a home knows less than is on them, nothing is concluded from what is not known. */
class GapsTest {

    @TempDir
    Path folder;

    private StoreRig rig;
    private final RandomWriter writer = new RandomWriter(new Random(7));

    @BeforeEach
    void open() throws IOException {
        rig = new StoreRig(folder).add("one", 1, 4, 1 << 16, "AA");
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private void copy(String pool, String name, int length) throws IOException {
        rig.copy(pool, Map.of(name, writer.bytes(length)));
    }

    private Volume volume(String barcode) throws IOException {
        return rig.store.volumes().volumes().stream()
                .filter(volume -> volume.label().barcode().equals(barcode))
                .findFirst()
                .orElseThrow();
    }

    private void erase(String barcode) throws IOException {
        try (Mounted mounted = rig.mounts.mount(barcode, null, Purpose.WRITE, Progress.NONE)) {
            rig.store.labeller().erase(mounted, false, Progress.NONE);
        }
    }

    /** Begins again in a home while a cartridge is away. */
    private void without(String barcode, String home) throws IOException {
        rig.close();
        Files.move(rig.file(barcode), folder.resolve("away"));
        rig = rig.again(home);
    }

    /** Brings it back, to the slot that it came from. */
    private void bring(String barcode, int slot) throws IOException {
        rig.close();
        Files.move(folder.resolve("away"), folder.resolve("one/slots/" + slot + "/" + barcode + ".tap"));
        rig = rig.again();
    }

    @Test
    void aCartridgeThatIsAwayMayHaveMoreThanAnOldHomeKnows() throws IOException {
        copy("a", "a1", 3000);
        copy("b", "b1", 3000);
        rig.close();
        copyHome(folder.resolve("home"), folder.resolve("old"));
        rig = rig.again();
        copy("a", "a2", 3000);
        copy("b", "b2", 3000);
        without("AA0002L9", "old");
        copy("a", "a3", 3000); // finds that there is more than was known
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isFalse();
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems())
                .singleElement()
                .asString()
                .contains("AA0002L9");
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isFalse();
        bring("AA0002L9", 1);
        assertThat(rig.store.reader().scan(false, Progress.NONE).problems()).isEmpty();
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isTrue();
        assertThat(rig.contents()).containsOnlyKeys("a1", "a2", "a3", "b1", "b2");
    }

    private static void copyHome(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void aPartWhoseRestIsAwayIsNotErased() throws IOException {
        byte[] content = writer.bytes(100_000);
        rig.copy("pool", Map.of("big", content));
        without("AA0002L9", "rebuilt");
        rig.store.reader().scan(true, Progress.NONE);
        assertThat(rig.store.list(StoreRig.MEDIUM, "")).isEmpty();
        assertThat(volume("AA0001L9").state()).isEqualTo(State.FULL);
        assertThatThrownBy(() -> erase("AA0001L9")).hasMessageContaining("go on on a cartridge");
        bring("AA0002L9", 1);
        assertThat(rig.store.reader().scan(false, Progress.NONE).problems()).isEmpty();
        assertThat(rig.read("big")).isEqualTo(content);
    }

    @Test
    void theRestWhoseBeginningIsAwayIsNotErased() throws IOException {
        byte[] content = writer.bytes(100_000);
        rig.copy("pool", Map.of("big", content));
        without("AA0001L9", "rebuilt");
        rig.store.reader().scan(true, Progress.NONE);
        assertThat(volume("AA0002L9").state()).isEqualTo(State.APPENDABLE);
        assertThatThrownBy(() -> erase("AA0002L9")).hasMessageContaining("go on on a cartridge");
        bring("AA0001L9", 0);
        rig.store.reader().scan(false, Progress.NONE);
        assertThat(rig.read("big")).isEqualTo(content);
    }

    /** The first cartridge ends when all is on it, so that the table is on the next one. */
    @Test
    void aCartridgeWithNothingButTheTableOfWhatIsNeededIsNotErased() throws IOException {
        rig.faults.fail(Step.FILEMARKS).onCartridge("AA0001L9").after(2).times(4);
        byte[] content = writer.bytes(3000);
        rig.copy("pool", Map.of("one", content));
        rig.faults.clear();
        assertThat(rig.store.tierCopies(StoreRig.MEDIUM, "one").get(0).cartridges())
                .containsExactly("AA0001L9");
        assertThat(volume("AA0002L9").objects()).isEqualTo(1);
        assertThatThrownBy(() -> erase("AA0002L9")).hasMessageContaining("needed");
        rig = rig.again("rebuilt");
        rig.store.reader().scan(true, Progress.NONE);
        assertThat(rig.read("one")).isEqualTo(content);
        without("AA0001L9", "poorer");
        rig.store.reader().scan(true, Progress.NONE);
        assertThat(rig.store.list(StoreRig.MEDIUM, "")).isEmpty();
        bring("AA0001L9", 0);
        assertThat(rig.store.reader().scan(false, Progress.NONE).objects()).isEqualTo(1);
        assertThat(rig.read("one")).isEqualTo(content);
        rig.store.forget(StoreRig.MEDIUM, "one");
        assertThat(volume("AA0002L9").state()).isEqualTo(State.EXPIRED);
        erase("AA0002L9");
    }

    /** What was given up comes back to a home that knows nothing, but not without its bytes. */
    @Test
    void whatWasWrittenOverDoesNotComeBack() throws IOException {
        rig.faults.fail(Step.FILEMARKS).onCartridge("AA0001L9").after(2).times(4);
        copy("pool", "one", 3000);
        rig.faults.clear();
        rig.store.forget(StoreRig.MEDIUM, "one");
        erase("AA0001L9");
        copy("pool", "two", 3000);
        rig = rig.again("rebuilt");
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems()).isEmpty();
        assertThat(rig.contents()).containsOnlyKeys("two");
    }

    /** Its last records have their table elsewhere: behind its own last table it looks as if a session had been killed. */
    @Test
    void whatIsFoundAgainIsNotWrittenOver() throws IOException {
        rig.faults.fail(Step.FILEMARKS).onCartridge("AA0001L9").after(2).times(4);
        byte[] content = writer.bytes(3000);
        rig.copy("pool", Map.of("one", content));
        rig.faults.clear();
        assertThat(volume("AA0001L9").state()).isEqualTo(State.DAMAGED);
        rig.store.volumes().lose("AA0001L9", Set.of(), true);
        assertThat(rig.contents()).isEmpty();
        without("AA0002L9", "home");
        copy("pool", "two", 3000); // looks at it first
        assertThat(rig.store.reader().scan(false, Progress.NONE).problems()).isEmpty();
        assertThat(volume("AA0001L9").state()).isEqualTo(State.DAMAGED);
        copy("pool", "three", 3000);
        bring("AA0002L9", 1);
        assertThat(rig.read("one")).isEqualTo(content);
        assertThat(rig.contents()).containsOnlyKeys("one", "two", "three");
    }

    /** What this home alone can find is not relied upon, however well it reads. */
    @Test
    void whatHasLostItsTableIsNotProvenByReading() throws IOException {
        rig.faults.fail(Step.FILEMARKS).onCartridge("AA0001L9").after(2).times(4);
        byte[] content = writer.bytes(3000);
        rig.copy("pool", Map.of("one", content));
        rig.faults.clear();
        assertThat(rig.store.tierCopies(StoreRig.MEDIUM, "one").get(0).isProven())
                .isTrue();
        rig.store.volumes().lose("AA0002L9", Set.of(), true);
        assertThat(rig.store.prove(StoreRig.MEDIUM, "one", Progress.NONE)).isEmpty();
        assertThat(rig.read("one")).isEqualTo(content);
        assertThat(rig.store.tierCopies(StoreRig.MEDIUM, "one").get(0).isProven())
                .isFalse();
        assertThat(rig.store.reader().scan(false, Progress.NONE).problems()).isEmpty(); // it is found again
        assertThat(rig.store.prove(StoreRig.MEDIUM, "one", Progress.NONE)).isEmpty();
        assertThat(rig.store.tierCopies(StoreRig.MEDIUM, "one").get(0).isProven())
                .isTrue();
    }

    @Test
    void whatEndsForWantOfACartridgeDoesNotGoOn() throws IOException {
        copy("pool", "one", 3000);
        assertThatThrownBy(() -> copy("pool", "much", 400_000)).isInstanceOf(NoCartridgeLeftException.class);
        rig = rig.again("rebuilt");
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems()).isEmpty();
        assertThat(rig.contents()).containsOnlyKeys("one");
    }

    /** Only what was not whole is written again. */
    @Test
    void whatWasWholeWhenTheCartridgesRanOutStays() throws IOException {
        Map<String, byte[]> objects = new LinkedHashMap<>();
        objects.put("one", writer.bytes(3000));
        objects.put("none", new byte[0]);
        objects.put("two", writer.bytes(5000));
        objects.put("much", writer.bytes(400_000));
        assertThatThrownBy(() -> rig.copy("pool", objects)).isInstanceOf(NoCartridgeLeftException.class);
        assertThat(rig.contents()).containsOnlyKeys("one", "none", "two");
        assertThat(rig.read("two")).isEqualTo(objects.get("two"));
        objects.remove("much");
        assertThat(rig.store
                        .copy(List.of(StoreRig.source("one", objects.get("one"))), "pool", false, Progress.NONE)
                        .present())
                .isEqualTo(1);
        rig = rig.again("rebuilt");
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems()).isEmpty();
        assertThat(rig.contents()).containsOnlyKeys("one", "none", "two");
    }

    @Test
    void anEmptyObjectIsNeededWhereItsTableIs() throws IOException {
        rig.copy("pool", Map.of("empty", new byte[0]));
        assertThat(volume("AA0001L9").objects()).isEqualTo(1);
        assertThatThrownBy(() -> erase("AA0001L9")).hasMessageContaining("needed");
    }

    @Test
    void whatIsBeingWrittenIsNotErased() throws IOException {
        try (Session session = rig.store.begin("pool", null, Progress.NONE)) {
            ObjectStream stream = session.begin(new ObjectStream.Name(StoreRig.MEDIUM, "medium", "big"));
            stream.write(ByteBuffer.wrap(writer.bytes(100_000)));
            assertThat(volume("AA0001L9").state()).isEqualTo(State.FULL);
            assertThat(volume("AA0001L9").pending()).isTrue();
        }
        assertThat(volume("AA0001L9").state()).isEqualTo(State.EXPIRED);
        erase("AA0001L9");
    }

    /** The end of the medium is met without a warning, so that a table on the next cartridge is the first that names what is on it. */
    @Test
    void whatIsBeingWrittenIsNotErasedWhereNoTableNamesItYet() throws IOException {
        rig.faults.endOfMedium().onCartridge("AA0001L9").after(30);
        byte[] content = writer.bytes(80_000);
        try (Session session = rig.store.begin("pool", null, Progress.NONE)) {
            ObjectStream stream = session.begin(new ObjectStream.Name(StoreRig.MEDIUM, "medium", "big"));
            stream.write(ByteBuffer.wrap(content));
            for (String barcode : List.of("AA0001L9", "AA0002L9")) {
                assertThat(volume(barcode).pending()).isTrue();
                assertThatThrownBy(() -> erase(barcode)).hasMessageContaining("being written");
            }
            assertThat(volume("AA0001L9").state()).isEqualTo(State.FULL);
            session.commit(new Session.Pending(List.of(stream.finish())));
            assertThat(volume("AA0001L9").pending()).isFalse();
        }
        assertThat(rig.read("big")).isEqualTo(content);
        rig.store.forget(StoreRig.MEDIUM, "big");
        assertThat(volume("AA0001L9").state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void aCartridgeWhoseLabelIsDamagedIsNamed() throws IOException {
        copy("pool", "one", 3000);
        try (RandomAccessFile file = new RandomAccessFile(rig.file("AA0001L9").toFile(), "rw")) {
            file.seek(120);
            int old = file.read();
            file.seek(120);
            file.write(old ^ 1);
        }
        rig = rig.again("rebuilt");
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems())
                .singleElement()
                .asString()
                .contains("AA0001L9", "no label that can be read");
    }

    /** Nothing of it can be on a cartridge that was lost before. */
    @Test
    void aMediumThatBeganAfterALossIsKnownWholly() throws IOException {
        copy("a", "a1", 3000);
        copy("b", "b1", 3000);
        copy("a", "a0", 3000); // which lists the other cartridge
        without("AA0002L9", "rebuilt");
        rig.store.reader().scan(true, Progress.NONE);
        UUID later = UUID.randomUUID();
        assertThat(rig.store.isComplete(later)).isFalse();
        rig.store.begin(later);
        rig.store.begin(StoreRig.MEDIUM); // which has copies
        assertThat(rig.store.isComplete(later)).isTrue();
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isFalse();
        copy("a", "a2", 3000);
        rig = rig.again();
        assertThat(rig.store.isComplete(later)).isTrue();
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isFalse();
        rig.close();
        Files.delete(folder.resolve("rebuilt/registry.mv"));
        rig = rig.again();
        assertThat(rig.store.isComplete(later)).isFalse();
    }

    /** The clock of these tests stands still, and tables are numbered by it: so it is behind. */
    @Test
    void whatWasErasedIsNotMissingWhateverTheClockSays() throws IOException {
        for (int i = 0; i < 3; i++) {
            copy("pool", "o" + i, 3000);
            copy("other", "p" + i, 3000);
            rig.store.forget(StoreRig.MEDIUM, "o" + i);
        }
        erase("AA0001L9");
        assertThat(rig.store.gaps()).isEmpty();
        rig = rig.again("rebuilt");
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems()).isEmpty();
    }

    @Test
    void aRegistryThatIsLostIsNotTakenForAnEmptyOne() throws IOException {
        copy("pool", "one", 3000);
        rig.close();
        Files.delete(folder.resolve("home/registry.mv"));
        rig = rig.again();
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isFalse();
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems()).isEmpty();
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isTrue();
        assertThat(rig.contents()).containsOnlyKeys("one");
    }
}
