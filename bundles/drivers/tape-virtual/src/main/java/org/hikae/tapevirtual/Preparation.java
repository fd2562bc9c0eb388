package org.hikae.tapevirtual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/**
 * Makes a folder a library. An empty one is filled with blank cartridges; cartridges that are there get slots. If it is killed,
 * it is done again from its beginning, with the same result.
 */
final class Preparation {

    private final Path folder;
    private final Options options;

    Preparation(Path folder, Options options) {
        this.folder = folder;
        this.options = options;
    }

    void run() throws IOException {
        try (FolderLock lock = FolderLock.await(folder.resolve(VirtualLibrary.LOCK))) {
            runAlone();
        }
    }

    private void runAlone() throws IOException {
        String prefix = Barcodes.prefix(folder);
        SettingsFile file = new SettingsFile(folder);
        Settings old = file.read(prefix);
        Settings settings = old == null ? options.settings(prefix) : options.over(old);
        Places places = new Places(folder, settings);
        if (old != null) {
            checkNoneLost(new Places(folder, old), settings);
        }
        List<Path> loose = places.loose();
        int free = free(places);
        if (loose.size() > free) {
            settings = settings.withSlots(settings.slots() + loose.size() - free);
            places = new Places(folder, settings);
        }
        boolean isNew = old == null && loose.isEmpty() && allBlank(places);
        places.takeIn(Kind.SLOT);
        createBlanks(places, settings.prefix(), options.cartridges(isNew ? settings.slots() : 0), isNew);
        // Last: whoever finds it finds all the rest.
        file.write(settings);
    }

    /** A place that is not any more must not take a cartridge with it. */
    private static void checkNoneLost(Places old, Settings settings) throws IOException {
        for (Place place : old.all()) {
            if (place.number() >= settings.count(place.kind()) && old.cartridge(place) != null) {
                throw new IllegalArgumentException("there is a cartridge at " + place + ", which would be no more");
            }
        }
    }

    private static int free(Places places) throws IOException {
        int free = 0;
        for (Place place : places.all()) {
            free += place.kind() == Kind.SLOT && places.cartridge(place) == null ? 1 : 0;
        }
        return free;
    }

    /** Whether nothing was ever written here, so that what there is was left by a preparation that was killed. */
    private static boolean allBlank(Places places) throws IOException {
        for (Place place : places.all()) {
            Path cartridge = places.cartridge(place);
            if (cartridge != null && Files.size(cartridge) > 0) {
                return false;
            }
        }
        return true;
    }

    /** @param all whether those that are there count */
    private static void createBlanks(Places places, String prefix, int count, boolean all) throws IOException {
        Set<String> taken = new HashSet<>();
        List<Place> free = new ArrayList<>();
        for (Place place : places.all()) {
            String barcode = places.barcode(place);
            if (barcode != null) {
                taken.add(barcode);
            } else if (place.kind() == Kind.SLOT) {
                free.add(place);
            }
        }
        int left = all ? count - taken.size() : count;
        if (left > free.size()) {
            throw new IllegalArgumentException(
                    "there are " + free.size() + " free slots, which is too few for " + left + " cartridges");
        }
        int number = 1;
        for (int i = 0; i < left; i++) {
            while (taken.contains(Barcodes.of(prefix, number))) {
                number++;
            }
            places.createBlank(free.get(i), Barcodes.of(prefix, number++));
        }
    }
}
