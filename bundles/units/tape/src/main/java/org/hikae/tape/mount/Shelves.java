package org.hikae.tape.mount;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hikae.api.tape.spi.TapeLibrary.Place;

/** The libraries that are open, and where a cartridge is in them. Guarded by the {@link DriveQueue}. */
final class Shelves {

    private final SortedMap<String, Library> libraries = new TreeMap<>();

    void add(Library library) {
        libraries.put(library.name(), library);
    }

    void remove(Library library) {
        libraries.remove(library.name(), library);
    }

    /** By name. */
    Collection<Library> libraries() {
        return Collections.unmodifiableCollection(libraries.values());
    }

    Stream<Bay> bays() {
        return libraries.values().stream().flatMap(library -> library.bays().stream());
    }

    /** Where a cartridge is, if possible where it can be loaded from; null: in no library that can be used. */
    Spot find(String barcode) {
        Spot station = null;
        for (Library library : libraries.values()) {
            Place place = library.problem() == null ? library.find(barcode) : null;
            Spot spot = place == null ? null : new Spot(library, place);
            if (spot != null && spot.isLoadable()) {
                return spot;
            }
            station = spot == null ? station : spot;
        }
        return station;
    }

    /** Where a cartridge is. */
    record Spot(Library library, Place place) {

        boolean isLoadable() {
            return library.isLoadable(place);
        }

        /** The drive that it is in; null: it is in none. */
        Bay bay() {
            return library.bays().stream()
                    .filter(bay -> bay.place.equals(place))
                    .findFirst()
                    .orElse(null);
        }

        /** The station, for people, if it is there. */
        String station() {
            return "the station of library '" + library.name() + "'";
        }
    }
}
