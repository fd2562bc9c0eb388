package org.hikae.tapevirtual;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;
import org.hikae.io.DurableFiles;

/**
 * The places of a library: each is a folder, and the cartridge in it is a file there. A cartridge is moved by renaming its
 * file, which is one step: whatever happens, it is in one place.
 */
final class Places {

    private static final String SUFFIX = ".tap";

    private final Path folder;
    private final Settings settings;

    /** @param folder without symbolic links */
    Places(Path folder, Settings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** All places, in the order of an inventory. */
    List<Place> all() {
        List<Place> places = new ArrayList<>();
        add(places, Kind.SLOT, settings.slots());
        add(places, Kind.STATION, settings.station());
        add(places, Kind.DRIVE, settings.drives());
        return places;
    }

    private static void add(List<Place> places, Kind kind, int count) {
        for (int i = 0; i < count; i++) {
            places.add(new Place(kind, i));
        }
    }

    List<Element> inventory() throws IOException {
        takeIn(Kind.STATION);
        List<Element> elements = new ArrayList<>();
        for (Place place : all()) {
            elements.add(new Element(place, barcode(place)));
        }
        return elements;
    }

    /** Puts cartridges that lie around into free places, as many as there are. */
    void takeIn(Kind kind) throws IOException {
        List<Path> loose = loose();
        if (loose.isEmpty()) {
            return;
        }
        List<Place> free = new ArrayList<>();
        for (Place place : all()) {
            if (place.kind() == kind && cartridge(place) == null) {
                free.add(place);
            }
        }
        for (int i = 0; i < Math.min(loose.size(), free.size()); i++) {
            rename(loose.get(i), free.get(i));
        }
    }

    /** Cartridges that are in the library's folder, but in no place. */
    List<Path> loose() throws IOException {
        List<Path> loose = new ArrayList<>(cartridges(folder));
        loose.addAll(cartridges(folder.resolve(name(Kind.STATION))));
        return loose;
    }

    /** The file of the cartridge in a place; null if there is none. */
    Path cartridge(Place place) throws IOException {
        List<Path> files = cartridges(of(place));
        return files.isEmpty() ? null : files.get(0);
    }

    /** The barcode of the cartridge in a place; null if there is none. */
    String barcode(Place place) throws IOException {
        Path file = cartridge(place);
        return file == null ? null : Barcodes.of(stem(file));
    }

    /** Moves a cartridge; nobody else may move one meanwhile. */
    void move(Place from, Place to) throws IOException {
        check(from);
        check(to);
        Path file = cartridge(from);
        if (file == null) {
            throw new IOException("there is no cartridge at " + from);
        }
        String there = barcode(to);
        if (there != null) {
            throw new IOException("cartridge " + there + " is at " + to);
        }
        rename(file, to);
    }

    private void check(Place place) throws IOException {
        int count = settings.count(place.kind());
        if (place.number() < 0 || place.number() >= count) {
            throw new IOException("there is no " + place + ": there are " + count + ", from 0");
        }
    }

    private void rename(Path file, Place to) throws IOException {
        DurableFiles.createFolders(of(to));
        Files.move(file, of(to).resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceFolder(of(to));
        DurableFiles.forceFolder(file.getParent());
    }

    /** Makes a blank cartridge. */
    void createBlank(Place place, String barcode) throws IOException {
        DurableFiles.createFolders(of(place));
        Files.createFile(of(place).resolve(barcode + SUFFIX));
        DurableFiles.forceFolder(of(place));
    }

    /** The folder that is a place. */
    Path of(Place place) {
        return folder.resolve(name(place.kind())).resolve(Integer.toString(place.number()));
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case SLOT -> "slots";
            case STATION -> "station";
            case DRIVE -> "drives";
        };
    }

    private static List<Path> cartridges(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Places::isCartridge)) {
            all.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return files; // an empty place needs no folder
        }
        files.sort(null);
        return files;
    }

    private static boolean isCartridge(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(SUFFIX) && Files.isRegularFile(file);
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
