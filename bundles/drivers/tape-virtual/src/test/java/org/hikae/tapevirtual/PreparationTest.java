package org.hikae.tapevirtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private final VirtualLibraryDriver driver = new VirtualLibraryDriver();

    private Map<Place, String> inventory(Path folder) throws IOException {
        try (VirtualLibrary library = driver.open(folder.toString())) {
            Map<Place, String> full = new java.util.LinkedHashMap<>();
            for (Element element : library.inventory()) {
                if (element.isFull()) {
                    full.put(element.place(), element.barcode());
                }
            }
            return full;
        }
    }

    private static Place slot(int number) {
        return new Place(Kind.SLOT, number);
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            Map<String, Long> files = new TreeMap<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.size(file));
            }
            return files;
        }
    }

    @Test
    void fillsANewLibraryWithBlankCartridges() throws Exception {
        Path folder = root.resolve("new");
        driver.prepare(folder.toString(), Map.of("slots", "3", "drives", "2", "prefix", "HK"));
        assertThat(inventory(folder)).isEqualTo(Map.of(slot(0), "HK0001L9", slot(1), "HK0002L9", slot(2), "HK0003L9"));
        try (VirtualLibrary library = driver.open(folder.toString())) {
            assertThat(library.inventory()).hasSize(3 + 4 + 2);
        }
    }

    @Test
    void givesTwoLibrariesDifferentBarcodes() throws Exception {
        List<String> barcodes = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            driver.prepare(root.resolve(name).toString(), Map.of());
            barcodes.addAll(inventory(root.resolve(name)).values());
        }
        assertThat(barcodes).hasSize(16).doesNotHaveDuplicates().allMatch(code -> code.matches("[A-Z0-9]{6}L9"));
    }

    @Test
    void opensCartridgesOfOthers() throws Exception {
        List<String> names = List.of("b.tap", "HK0007.TAP", "mit Zwischenraum.tap", "磁帯.tap", "x".repeat(60) + ".tap");
        for (String name : names) {
            Files.writeString(root.resolve(name), name);
        }
        Files.writeString(root.resolve("readme.txt"), "not a cartridge");
        driver.prepare(root.toString(), Map.of("slots", "2"));
        assertThat(inventory(root).values())
                .hasSize(5)
                .contains("B", "HK0007")
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[A-Z0-9_-]{1,32}"));
        assertThat(inventory(root).keySet()).allMatch(place -> place.kind() == Kind.SLOT);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(file -> file.toString().toLowerCase().endsWith(".tap"))
                    .toList()) {
                assertThat(file).hasContent(file.getFileName().toString());
            }
        }
        assertThat(root.resolve("readme.txt")).exists();
    }

    @Test
    void neverEmptiesALibrary() throws Exception {
        driver.prepare(root.toString(), Map.of("slots", "3", "prefix", "HK"));
        Path cartridge = root.resolve("slots/1/HK0002L9.tap");
        Files.writeString(cartridge, "anything");
        Map<Place, String> before = inventory(root);
        driver.prepare(root.toString(), Map.of());
        driver.prepare(root.toString(), Map.of("slots", "5", "drives", "3"));
        assertThat(inventory(root)).isEqualTo(before);
        assertThat(cartridge).hasContent("anything");
        driver.prepare(root.toString(), Map.of("cartridges", "2"));
        assertThat(inventory(root)).hasSize(5).containsAllEntriesOf(before).containsEntry(slot(4), "HK0005L9");
    }

    @Test
    void keepsPlacesThatAreFull() throws Exception {
        driver.prepare(root.toString(), Map.of("slots", "3"));
        Map<String, Long> before = files(root);
        assertThatThrownBy(() -> driver.prepare(root.toString(), Map.of("slots", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slot 2");
        assertThat(files(root)).isEqualTo(before);
    }

    @Test
    void doesAgainWhatWasInterrupted() throws Exception {
        Map<String, String> options = Map.of("slots", "4", "prefix", "HK", "cartridges", "3");
        Path whole = root.resolve("whole");
        driver.prepare(whole.toString(), options);
        for (int made = 0; made <= 3; made++) {
            Path folder = Files.createDirectory(root.resolve("part" + made));
            Files.createFile(folder.resolve(".lock"));
            Files.createFile(folder.resolve(".library.json.next"));
            for (int i = 0; i < made; i++) {
                Path slot = Files.createDirectories(folder.resolve("slots/" + i));
                Files.createFile(slot.resolve("HK000" + (i + 1) + "L9.tap"));
            }
            assertThatThrownBy(() -> driver.open(folder.toString())).hasMessageContaining("library.json");
            driver.prepare(folder.toString(), options);
            assertThat(files(folder)).isEqualTo(files(whole));
        }
    }

    @Test
    void saysWhichOptionsThereAre() {
        String folder = root.resolve("none").toString();
        assertThatThrownBy(() -> driver.prepare(folder, Map.of("drive", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'drive'")
                .hasMessageContaining("capacity, cartridges, drives");
        for (Map<String, String> wrong : List.of(
                Map.of("drives", "0"),
                Map.of("slots", "-1"),
                Map.of("slots", "many"),
                Map.of("capacity", "100"),
                Map.of("capacity", "1 parsec"),
                Map.of("capacity", "99999999999PB"),
                Map.of("prefix", "hk"),
                Map.of("simulate", "lto1"),
                Map.of("pace", "-1"),
                Map.of("capacity", "1MB", "reserve", "1MB"))) {
            assertThatThrownBy(() -> driver.prepare(folder, wrong))
                    .as("%s", wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be");
        }
        assertThat(root.resolve("none")).doesNotExist();
    }

    @Test
    void understandsSizes() {
        Map<String, Long> sizes =
                Map.of("100GB", 100_000_000_000L, "64MiB", 64L << 20, "1.5 GiB", 3L << 29, "1000000", 1_000_000L);
        sizes.forEach((text, bytes) -> assertThat(
                        new Options(Map.of("capacity", text)).settings("HK").capacity())
                .isEqualTo(bytes));
    }

    @Test
    void findsEveryPaceThatItTakes() throws Exception {
        for (String pace : List.of("0", "1", "0.000001", "0.5", "100", "999999.999999")) {
            Path folder = root.resolve("pace" + pace);
            driver.prepare(folder.toString(), Map.of("slots", "1", "pace", pace));
            assertThat(new SettingsFile(folder).read("HK").pace()).isEqualTo(Double.parseDouble(pace));
        }
    }

    @Test
    void makesNothingWhereTheParentIsMissing() {
        Path folder = root.resolve("missing/library");
        assertThatThrownBy(() -> driver.prepare(folder.toString(), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not there");
        assertThatThrownBy(() -> driver.prepare("relative", Map.of())).hasMessageContaining("absolute");
        assertThat(root.resolve("missing")).doesNotExist();
    }

    @Test
    void refusesSettingsOfALaterVersion() throws Exception {
        for (String text : List.of("{\"version\": 2}", "{}", "[]", "{", "{\"version\": 1, \"drives\": \"none\"}")) {
            Files.writeString(root.resolve("library.json"), text);
            assertThatThrownBy(() -> driver.open(root.toString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("library.json");
        }
    }
}
