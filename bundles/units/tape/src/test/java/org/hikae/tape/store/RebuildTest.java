package org.hikae.tape.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.ScanReport;
import org.hikae.tape.mount.Volumes.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that knows nothing, or too little, learns from the cartridges what is on them. */
class RebuildTest {

    @TempDir
    Path folder;

    private StoreRig rig;
    private final Random random = new Random(5);
    private final RandomWriter writer = new RandomWriter(random);

    @BeforeEach
    void open() throws IOException {
        rig = new StoreRig(folder).add("one", 1, 4, 1 << 16, "AA").add("two", 1, 4, 1 << 16, "BB");
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    private Map<String, String> facts() throws IOException {
        Map<String, String> facts = new HashMap<>();
        for (Volume volume : rig.store.volumes().volumes()) {
            facts.put(
                    volume.label().barcode(),
                    volume.label() + " " + volume.neededBytes() + " " + volume.writtenBytes() + " " + volume.objects()
                            + " " + volume.lastWritten());
        }
        for (var object : rig.store.list(StoreRig.MEDIUM, "")) {
            facts.put(
                    object.name(),
                    rig.store.copies(StoreRig.MEDIUM, object.name()).stream()
                            .map(copy -> copy.extents() + " " + copy.pool() + " " + copy.written())
                            .sorted()
                            .collect(Collectors.joining()));
        }
        return facts;
    }

    private ScanReport rebuild() throws IOException {
        rig = rig.again("rebuilt" + random.nextInt());
        return rig.store.reader().scan(true, Progress.NONE);
    }

    private void writeMuch() throws IOException {
        for (int i = 0; i < 4; i++) {
            writer.write(rig, 15);
        }
        assertThat(rig.store.volumes().volumes()).hasSizeGreaterThan(2);
    }

    private void damage(String barcode, int from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(rig.file(barcode).toFile(), "rw")) {
            for (int at = from; at < from + 50; at++) {
                file.seek(at);
                int old = file.read();
                file.seek(at);
                file.write(~old);
            }
        }
    }

    @Test
    void allThatMattersIsAsItWas() throws IOException {
        writeMuch();
        Map<String, String> before = facts();
        ScanReport report = rebuild();
        assertThat(report.problems()).isEmpty();
        assertThat(report.objects()).isEqualTo(writer.committed.size());
        assertThat(report.media()).containsOnlyKeys(StoreRig.MEDIUM).containsValue("medium");
        assertThat(facts()).isEqualTo(before);
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isTrue();
        assertThat(rig.store.reader().scan(true, Progress.NONE).objects()).isZero();
        assertThat(facts()).isEqualTo(before);
    }

    @Test
    void aMissingCartridgeIsNamedAndTheRestIsThere() throws IOException {
        writeMuch();
        List<String> barcodes = rig.store.volumes().volumes().stream()
                .map(volume -> volume.label().barcode())
                .sorted()
                .toList();
        Path away = folder.resolve("away.tap");
        Path file = rig.file(barcodes.get(0));
        rig.close();
        Files.move(file, away);
        rig = rig.again("rebuilt");
        ScanReport report = rig.store.reader().scan(true, Progress.NONE);
        assertThat(report.problems()).anySatisfy(problem -> assertThat(problem).contains(barcodes.get(0)));
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isFalse();
        assertThat(report.objects()).isPositive().isLessThan(writer.committed.size());
        writer.write(rig, 5); // which is no reason to believe that all is known
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isFalse();
        rig.close();
        Files.move(away, file);
        rig = rig.again();
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems()).isEmpty();
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isTrue();
        assertThat(rig.contents().keySet()).isEqualTo(writer.committed);
    }

    @Test
    void damageIsNamedAndWhatFollowsIsFound() throws IOException {
        rig.copy("pool", Map.of("first", writer.bytes(10_000)));
        rig.copy("pool", Map.of("second", writer.bytes(3000)));
        damage("AA0001L9", 6000); // in the data of the first
        assertThat(rig.store.reader().verify("AA0001L9", Progress.NONE))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains("AA0001L9"));
        assertThat(rig.store.prove(StoreRig.MEDIUM, "first", Progress.NONE)).hasSize(1);
        assertThat(rig.store.tierCopies(StoreRig.MEDIUM, "first").get(0).isProven())
                .isFalse();
        assertThat(rig.store.prove(StoreRig.MEDIUM, "second", Progress.NONE)).isEmpty();
        rebuild();
        assertThat(rig.store.list(StoreRig.MEDIUM, "")).hasSize(2);
        assertThat(rig.store.prove(StoreRig.MEDIUM, "second", Progress.NONE)).isEmpty();
    }

    @Test
    void aHomeThatWasRestoredFromAnOlderCopyCatchesUp() throws IOException {
        writer.write(rig, 5);
        rig.close();
        Path old = folder.resolve("old");
        copyHome(folder.resolve("home"), old);
        rig = rig.again();
        writer.write(rig, 5);
        rig.close();
        rig = rig.again("old");
        assertThat(rig.contents().keySet()).isNotEqualTo(writer.committed);
        writer.write(rig, 5);
        assertThat(rig.contents().keySet()).isEqualTo(writer.committed);
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isFalse(); // there may be more, on other cartridges
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems()).isEmpty();
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isTrue();
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
    void aRegistryThatIsDamagedIsRefusedAndBegunAnew() throws IOException {
        writer.write(rig, 5);
        rig.close();
        Path file = folder.resolve("home/registry.mv");
        byte[] junk = Files.readAllBytes(file);
        random.nextBytes(junk);
        Files.write(file, junk);
        rig = rig.again();
        assertThat(catchThrowable(() -> rig.contents()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("registry");
        assertThat(rig.store.reader().scan(true, Progress.NONE).problems())
                .singleElement()
                .asString()
                .contains("registry.mv.damaged");
        assertThat(rig.contents().keySet()).isEqualTo(writer.committed);
        assertThat(rig.store.isComplete(StoreRig.MEDIUM)).isTrue();
    }
}
