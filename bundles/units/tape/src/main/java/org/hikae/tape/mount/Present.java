package org.hikae.tape.mount;

import org.hikae.api.tape.spi.TapeLibrary.Place;

/**
 * A cartridge that is in a library.
 *
 * @param library name of the library
 * @param barcode its barcode
 * @param place where it was when the library was last looked at
 * @param loadable whether it can be mounted from there; not from a station, unless the library has no slots
 * @param used whether somebody has it mounted now
 * @param seen what is at its beginning; null if it was never seen
 */
public record Present(String library, String barcode, Place place, boolean loadable, boolean used, Sighting seen) {}
