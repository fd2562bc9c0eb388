package org.hikae.shell.command;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.LibraryStatus.DriveStatus;
import org.hikae.api.tape.spi.TapeLibrary.Element;
import org.hikae.api.tape.spi.TapeLibrary.Kind;
import org.hikae.shell.text.Json;

/** How libraries of tapes look. */
final class LibraryViews {

    static final Listing<LibraryStatus> LIBRARIES = new Listing<LibraryStatus>(LibraryViews::json)
            .text("NAME", LibraryStatus::name)
            .word("DRIVER", LibraryStatus::driver)
            .number("CARTRIDGES", library -> sound(library, Long.toString(cartridges(library))))
            .number("SLOTS", library -> sound(library, Long.toString(slots(library))))
            .number(
                    "DRIVES",
                    library -> sound(library, Integer.toString(library.drives().size())))
            .text("LOCATION", LibraryStatus::location)
            .wrong("PROBLEM", LibraryStatus::problem);

    static final Listing<Drive> DRIVES = new Listing<Drive>(LibraryViews::json)
            .number("DRIVE", drive -> Integer.toString(drive.number()))
            .text("CARTRIDGE", drive -> drive.status().barcode())
            .word("ACTIVITY", drive -> drive.status().activity())
            .text("DESCRIPTION", drive -> drive.status().description())
            .wrong("ALERTS", drive -> alerts(drive.status()));

    static final Listing<Element> PLACES = new Listing<Element>(LibraryViews::json)
            .word("PLACE", element -> element.place().toString())
            .text("CARTRIDGE", LibraryViews::barcode);

    private LibraryViews() {}

    /** A drive of a library. */
    record Drive(int number, DriveStatus status) {}

    /** Of one with a problem nothing is known. */
    private static String sound(LibraryStatus library, String text) {
        return library.problem() == null ? text : null;
    }

    private static long cartridges(LibraryStatus library) {
        return library.elements().stream().filter(Element::isFull).count();
    }

    private static long slots(LibraryStatus library) {
        return library.elements().stream()
                .filter(element -> element.place().kind() == Kind.SLOT)
                .count();
    }

    private static String alerts(DriveStatus drive) {
        return drive.alerts().isEmpty() ? null : String.join("; ", drive.alerts());
    }

    /** Null: none; a question mark for one that cannot be read. */
    private static String barcode(Element element) {
        return Objects.equals(element.barcode(), "") ? "?" : element.barcode();
    }

    static Json json(LibraryStatus library) {
        return new Json()
                .put("name", library.name())
                .put("driver", library.driver())
                .put("location", library.location())
                .put("drives", DRIVES.json(drives(library)))
                .put("places", PLACES.json(library.elements()))
                .put("problem", library.problem());
    }

    static List<Drive> drives(LibraryStatus library) {
        return IntStream.range(0, library.drives().size())
                .mapToObj(number -> new Drive(number, library.drives().get(number)))
                .toList();
    }

    private static Json json(Drive drive) {
        return new Json()
                .put("number", drive.number())
                .put("description", drive.status().description())
                .put("barcode", drive.status().barcode())
                .put("activity", drive.status().activity())
                .put("alerts", drive.status().alerts());
    }

    private static Json json(Element element) {
        return new Json().put("place", element.place().toString()).put("barcode", element.barcode());
    }
}
