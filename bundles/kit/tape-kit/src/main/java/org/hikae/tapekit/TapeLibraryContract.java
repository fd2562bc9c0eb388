package org.hikae.tapekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.api.tape.spi.NoCartridgeException;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeLibrary;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every library of tapes must do. To be extended by the tests of a driver; cartridges that are in the library are
 * overwritten.
 */
public abstract class TapeLibraryContract {

    private TapeLibrary library;

    /**
     * Opens the library of the test; one that was opened before was closed. It has two cartridges at least, none of them in a
     * drive when it is opened first, and more free places than drives.
     */
    protected abstract TapeLibrary open() throws Exception;

    @BeforeEach
    void openLibrary() throws Exception {
        library = open();
    }

    @AfterEach
    void closeLibrary() throws Exception {
        library.close();
    }

    private List<Place> places(boolean full, Kind... kinds) throws IOException {
        return library.inventory().stream()
                .filter(element -> element.isFull() == full)
                .map(Element::place)
                .filter(place -> Arrays.asList(kinds).contains(place.kind()))
                .toList();
    }

    private Place cartridge() throws IOException {
        return places(true, Kind.SLOT, Kind.STATION).get(0);
    }

    private String barcode(Place place) throws IOException {
        return library.inventory().stream()
                .filter(element -> element.place().equals(place))
                .findFirst()
                .orElseThrow()
                .barcode();
    }

    @Test
    void listsItsPlacesInOrder() throws Exception {
        List<Place> places = library.inventory().stream().map(Element::place).toList();
        List<Place> expected = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            long count = places.stream().filter(place -> place.kind() == kind).count();
            for (int i = 0; i < count; i++) {
                expected.add(new Place(kind, i));
            }
        }
        assertThat(places).isEqualTo(expected);
        assertThat(places).contains(new Place(Kind.DRIVE, 0));
    }

    @Test
    void readsBarcodes() throws Exception {
        for (Element element : library.inventory()) {
            if (element.isFull()) {
                assertThat(element.barcode()).matches("[A-Z0-9_-]{0,32}");
            }
        }
    }

    @Test
    void loadsACartridgeAndBringsItBack() throws Exception {
        Place from = cartridge();
        Place to = new Place(Kind.DRIVE, 0);
        String barcode = barcode(from);
        TapeDrive drive = library.drive(0);
        assertThat(drive.isLoaded()).isFalse();
        assertThatThrownBy(drive::load).isInstanceOf(NoCartridgeException.class);
        library.move(from, to);
        assertThat(barcode(from)).isNull();
        assertThat(barcode(to)).isEqualTo(barcode);
        assertThat(drive.isLoaded()).isFalse();
        drive.load();
        assertThat(drive.isLoaded()).isTrue();
        assertThat(barcode(to)).isEqualTo(barcode);
        drive.write(List.of(record(drive)));
        drive.writeFilemarks(1);
        drive.unload();
        library.move(to, from);
        assertThat(barcode(from)).isEqualTo(barcode);
        assertThat(barcode(to)).isNull();
    }

    private static ByteBuffer record(TapeDrive drive) {
        return ByteBuffer.allocate(drive.limits().least());
    }

    @Test
    void keepsCartridgesApart() throws Exception {
        List<Place> all = places(true, Kind.SLOT, Kind.STATION);
        TapeDrive drive = library.drive(0);
        for (int i = 0; i < 2; i++) {
            library.move(all.get(i), new Place(Kind.DRIVE, 0));
            drive.load();
            for (int record = 0; record <= i; record++) {
                drive.write(List.of(record(drive)));
            }
            drive.writeFilemarks(1);
            drive.unload();
            library.move(new Place(Kind.DRIVE, 0), all.get(i));
        }
        for (int i = 0; i < 2; i++) {
            library.move(all.get(i), new Place(Kind.DRIVE, 0));
            drive.load();
            drive.spaceToEnd();
            assertThat(drive.position()).isEqualTo(i + 2);
            drive.unload();
            library.move(new Place(Kind.DRIVE, 0), all.get(i));
        }
    }

    @Test
    void refusesMovesThatCannotBe() throws Exception {
        List<Element> before = library.inventory();
        List<Place> full = places(true, Kind.SLOT, Kind.STATION);
        Place empty = places(false, Kind.values()).get(0);
        assertThatThrownBy(() -> library.move(empty, new Place(Kind.DRIVE, 0))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> library.move(full.get(0), full.get(1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> library.move(full.get(0), new Place(Kind.SLOT, 1 << 30)))
                .isInstanceOf(IOException.class);
        assertThat(library.inventory()).isEqualTo(before);
    }

    @Test
    void givesTheSameDriveEachTime() throws Exception {
        assertThat(library.drive(0)).isSameAs(library.drive(0));
        assertThatThrownBy(() -> library.drive(1 << 30)).isInstanceOf(IOException.class);
    }

    @Test
    void leavesCartridgesWhereTheyAre() throws Exception {
        Place from = cartridge();
        library.move(from, new Place(Kind.DRIVE, 0));
        TapeDrive drive = library.drive(0);
        drive.load();
        drive.write(List.of(record(drive)));
        drive.writeFilemarks(1);
        List<Element> before = library.inventory();
        library.close();
        library.close();
        library = open();
        assertThat(library.inventory()).isEqualTo(before);
        TapeDrive again = library.drive(0);
        again.load();
        again.spaceToEnd();
        assertThat(again.position()).isEqualTo(2);
        again.unload();
        library.move(new Place(Kind.DRIVE, 0), from);
    }

    @Test
    void isOfNoUseOnceClosed() throws Exception {
        TapeDrive drive = library.drive(0);
        library.close();
        assertThatThrownBy(() -> library.inventory()).isInstanceOf(IOException.class);
        assertThatThrownBy(drive::load).isInstanceOf(IOException.class);
    }

    @Test
    void movesOneAfterTheOther() throws Exception {
        Map<String, Long> before = count();
        List<Place> shelves = new ArrayList<>(places(true, Kind.SLOT, Kind.STATION));
        shelves.addAll(places(false, Kind.SLOT, Kind.STATION));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> movers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                movers.add(threads.submit(mover(shelves, i)));
            }
            int moved = 0;
            for (Future<Integer> mover : movers) {
                moved += mover.get();
            }
            assertThat(moved).isPositive();
        } finally {
            threads.shutdown();
        }
        assertThat(count()).isEqualTo(before);
    }

    private Callable<Integer> mover(List<Place> shelves, long seed) {
        Random random = new Random(seed);
        return () -> {
            int moved = 0;
            for (int i = 0; i < 25; i++) {
                try {
                    library.move(
                            shelves.get(random.nextInt(shelves.size())), shelves.get(random.nextInt(shelves.size())));
                    moved++;
                } catch (IOException e) {
                    // Another one was quicker, or chance has chosen what cannot be.
                    assertThat(e).hasMessageNotContaining("null");
                }
            }
            return moved;
        };
    }

    private Map<String, Long> count() throws IOException {
        Map<String, Long> counts = new HashMap<>();
        for (Element element : library.inventory()) {
            if (element.isFull()) {
                counts.merge(element.barcode(), 1L, Long::sum);
            }
        }
        return counts;
    }
}
