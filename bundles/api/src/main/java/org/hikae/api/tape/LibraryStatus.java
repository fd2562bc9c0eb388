package org.hikae.api.tape;

import java.util.List;
import org.hikae.api.tape.spi.TapeLibrary.Element;

/**
 * How a library stands.
 *
 * @param name its name
 * @param driver name of its driver
 * @param location what the driver takes as a location
 * @param elements its places and what is in them; empty with a problem
 * @param drives what each drive does, by its number
 * @param problem why it cannot be used; null if it can
 */
public record LibraryStatus(
        String name, String driver, String location, List<Element> elements, List<DriveStatus> drives, String problem) {

    /**
     * What a drive does.
     *
     * @param description what the drive says of itself
     * @param barcode of the cartridge in it; null without one
     * @param activity in a few words, such as {@code reading}; {@code idle} if nothing
     * @param alerts the last ones that it gave, the newest last
     */
    public record DriveStatus(String description, String barcode, String activity, List<String> alerts) {}
}
