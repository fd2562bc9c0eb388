package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.media.Media;
import org.hikae.api.media.MediumStatus;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "medium", description = "The media that backups are kept on.")
final class MediumCommand extends Thing {

    static final Listing<MediumStatus> LISTING = new Listing<>(MediumCommand::json)
            .text("NAME", MediumStatus::name)
            .word("DRIVER", MediumStatus::driver)
            .number("FREE", medium -> ByteCount.showOrDash(medium.freeBytes()))
            .number("TOTAL", medium -> ByteCount.showOrDash(medium.totalBytes()))
            .text("LOCATION", MediumStatus::location)
            .wrong("PROBLEM", MediumStatus::problem);

    MediumCommand(Call call) {
        super(call);
    }

    @Command(
            name = "add",
            description = "Add a medium, and make it this home's own.",
            footer = {
                "  medium add m1 directory /backup/m1",
                "  medium add m1 directory /backup/m1 --take-over",
                "  medium add vault tape lib/off-site"
            })
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Parameters(
                            paramLabel = "DRIVER",
                            description = "Name of the driver: directory, tape, or what a bundle brings.")
                    String driver,
            @Parameters(
                            paramLabel = "LOCATION",
                            description = "Where it is; for directory, a folder; for tape, a library, or LIBRARY/POOL.")
                    String location,
            @Option(
                            names = "--take-over",
                            description = "Take over a medium that belongs to another home, which must not use it any"
                                    + " more.")
                    boolean takeOver)
            throws IOException {
        String where = isFile(driver, location) ? call.path(location).toString() : location;
        MediumStatus medium = call.service(Media.class).add(name, driver, where, takeOver);
        String free = medium.freeBytes() < 0 ? "" : ", " + ByteCount.show(medium.freeBytes()) + " free";
        call.say("medium " + medium.name() + " is added: " + medium.driver() + " " + medium.location() + free);
    }

    /** A driver does not know the caller's working folder; it is told whole paths where it is clear that paths are meant. */
    private static boolean isFile(String driver, String location) {
        return driver.equals("directory")
                || location.equals(".")
                || location.equals("..")
                || location.startsWith("./")
                || location.startsWith("../");
    }

    @Command(name = "list", description = "List the media.", footer = "  medium list")
    void list(@Mixin JsonOption json) throws IOException {
        IgnoredFiles.note(call, IgnoredFiles.MEDIA);
        LISTING.print(call, json.on, call.service(Media.class).list(), "there are no media; see 'medium add --help'");
    }

    @Command(name = "info", description = "Show what is known of a medium.", footer = "  medium info m1")
    void info(
            @Parameters(paramLabel = "MEDIUM", description = "Name of the medium.") String name, @Mixin JsonOption json)
            throws IOException {
        MediumStatus medium = call.service(Media.class).get(name);
        if (json.on) {
            call.print(json(medium).node());
            return;
        }
        new Details()
                .put("name", medium.name())
                .put("driver", medium.driver())
                .put("location", medium.location())
                .bytes("free", medium.freeBytes())
                .bytes("total", medium.totalBytes())
                .put("capabilities", String.join(", ", medium.capabilities()))
                .problem(medium.problem())
                .print(call);
    }

    @Command(
            name = "remove",
            description = "Forget a medium. What is on it stays, and can be added again.",
            footer = "  medium remove m1")
    void remove(@Parameters(paramLabel = "MEDIUM", description = "Name of the medium.") String name)
            throws IOException {
        List<String> users = ChosenLogs.users(call.services(), name);
        if (!users.isEmpty()) {
            throw new IOException("medium '" + name + "' is chosen for the before-image logs of "
                    + String.join(", ", users) + "; choose another by 'bilog strategy' with --log-medium, or - for the"
                    + " backup's own");
        }
        call.service(Media.class).remove(name);
        call.say("medium " + name + " is removed; what is on it stays");
    }

    private static Json json(MediumStatus medium) {
        return new Json()
                .put("name", medium.name())
                .put("driver", medium.driver())
                .put("location", medium.location())
                .known("totalBytes", medium.totalBytes())
                .known("freeBytes", medium.freeBytes())
                .put("capabilities", medium.capabilities())
                .put("problem", medium.problem());
    }
}
