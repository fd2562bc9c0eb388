package org.hikae.shell.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.tape.LibraryStatus;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code tape library}. */
@Command(name = "library", description = "The libraries that cartridges and drives are in.")
final class TapeLibraryVerbs {

    private static final String VIRTUAL = "virtual";

    private final Call call;

    TapeLibraryVerbs(Call call) {
        this.call = call;
    }

    @Command(
            name = "add",
            description = "Add a library. What is there is opened, never emptied; a virtual one that is not there is"
                    + " made, with blank cartridges.",
            footer = {
                "  tape library add lib virtual /tapes --drives 2 --slots 8 --capacity 100GB",
                "  tape library add lib virtual /tapes --option simulate=lto9"
            })
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Parameters(paramLabel = "LIBRARY-DRIVER", description = "Name of the driver, such as virtual.")
                    String driver,
            @Parameters(paramLabel = "LOCATION", description = "Where it is; for virtual, a folder.") String location,
            @Option(names = "--drives", paramLabel = "N", description = "Number of drives, if the driver asks for it.")
                    Integer drives,
            @Option(names = "--slots", paramLabel = "N", description = "Number of slots, if the driver asks for it.")
                    Integer slots,
            @Option(
                            names = "--capacity",
                            paramLabel = "SIZE",
                            description = "What a cartridge takes, if the driver asks for it.")
                    ByteCount capacity,
            @Option(names = "--option", paramLabel = "K=V", description = "Whatever else the driver asks for.")
                    List<String> others)
            throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        put(options, "drives", drives);
        put(options, "slots", slots);
        put(options, "capacity", capacity == null ? null : capacity.bytes());
        for (String each : others == null ? List.<String>of() : others) {
            String[] both = each.split("=", 2);
            if (both.length < 2 || both[0].isEmpty()) {
                throw new UsageException("--option is K=V, such as simulate=lto9, not '" + each + "'");
            }
            put(options, both[0], both[1]);
        }
        LibraryStatus library = add(name, driver, location, options);
        call.say("tape library " + name + " is added: " + driver + " " + library.location());
        LibraryViews.LIBRARIES.print(call, false, List.of(library), "");
    }

    private static void put(Map<String, String> options, String name, Object value) throws UsageException {
        if (value != null && options.put(name, value.toString()) != null) {
            throw new UsageException("the option " + name + " is given twice");
        }
    }

    private LibraryStatus add(String name, String driver, String location, Map<String, String> options)
            throws IOException {
        String where = driver.equals(VIRTUAL) ? call.path(location).toString() : location;
        try {
            return call.service(Tapes.class).addLibrary(name, driver, where, options);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    @Command(
            name = "list",
            description = "List the libraries.",
            footer = {"  tape library list", "  tape library list --json"})
    void list(@Mixin JsonOption json) throws IOException {
        IgnoredFiles.note(call, IgnoredFiles.LIBRARIES);
        LibraryViews.LIBRARIES.print(
                call,
                json.on,
                call.service(Tapes.class).libraries(),
                "there are no tape libraries; see 'tape library add --help'");
    }

    @Command(
            name = "info",
            description = "Show a library: its drives and what they do, and its places and what is in them.",
            footer = "  tape library info lib")
    void info(
            @Parameters(paramLabel = "LIBRARY", description = "Name of the library.") String name,
            @Mixin JsonOption json)
            throws IOException {
        LibraryStatus library = Find.library(call.service(Tapes.class), name);
        if (json.on) {
            call.print(LibraryViews.json(library).node());
            return;
        }
        new Details()
                .put("name", library.name())
                .put("driver", library.driver())
                .put("location", library.location())
                .problem(library.problem())
                .print(call);
        if (library.problem() == null) {
            call.say("");
            LibraryViews.DRIVES.print(call, false, LibraryViews.drives(library), "it has no drives");
            call.say("");
            LibraryViews.PLACES.print(call, false, library.elements(), "it has no places");
        }
    }

    @Command(
            name = "remove",
            description = "Forget a library. Its cartridges and what is known of them stay.",
            footer = "  tape library remove lib")
    void remove(@Parameters(paramLabel = "LIBRARY", description = "Name of the library.") String name)
            throws IOException {
        call.service(Tapes.class).removeLibrary(name);
        call.say("tape library " + name + " is removed; its cartridges stay");
    }
}
