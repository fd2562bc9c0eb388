package org.hikae.shell.command;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.ByteRate;
import picocli.CommandLine.Option;

/** What can be said of the center's conditions. */
final class ConditionOptions {

    private static final String ANY = "any";

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "What holds for this client besides, or for all that comes from this relay.")
    private String client;

    @Option(names = "--clear", description = "With --client: nothing of its own holds any more.")
    private boolean clear;

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            description = "Collect in these hours alone, such as 22:00-06:00 or 'Sat,Sun 00:00-24:00'; several may be"
                    + " given; any: at any time.")
    private List<String> windows;

    @Option(names = "--transfers", paramLabel = "N", description = "Most transfers at once.")
    private Integer transfers;

    @Option(
            names = "--rate",
            paramLabel = "[WINDOW=]RATE",
            description = "Receive no faster than this, all transfers together, such as 08:00-18:00=1MiB/s or 50MiB/s;"
                    + " where several hold, the smallest; any: as fast as can be.")
    private List<String> rates;

    @Option(
            names = "--free",
            paramLabel = "SIZE",
            description = "So much stays free on the medium; transfers wait below that.")
    private String free;

    @Option(
            names = "--load",
            paramLabel = "L",
            description = "Begin nothing while more threads than this a processor are runnable, such as 2; 0: whatever"
                    + " the load is.")
    private Double load;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of these hours, such as Europe/Berlin; yours if not given.")
    private String zone;

    /** Null: the center's own. */
    String client() {
        return client;
    }

    boolean clear() {
        return clear;
    }

    /** @throws UsageException if what was given does not go together */
    void check() throws UsageException {
        if (clear && (any() || zone != null)) {
            throw new UsageException("--clear goes with --client alone: nothing of its own holds any more");
        } else if (zone != null && windows == null && rates == null) {
            throw new UsageException("--zone is that of hours: it goes with --window or --rate");
        }
    }

    /** Whether anything is to be changed. */
    boolean any() {
        return windows != null || transfers != null || rates != null || free != null || load != null;
    }

    /** @param before null: nothing was said before */
    Conditions change(Conditions before, Call call) throws UsageException {
        Conditions from = before == null ? new Conditions(List.of(), 1, List.of(), 0, 0) : before;
        if (transfers != null && transfers < 1) {
            throw new UsageException("--transfers is 1 at least, not " + transfers);
        } else if (load != null && !(load >= 0)) {
            throw new UsageException("--load is not negative");
        } else if (client != null && (free != null || load != null)) {
            throw new UsageException("--free and --load are the center's own, not one client's");
        }
        ZoneId where = zone(call);
        try {
            return new Conditions(
                    windows == null ? from.windows() : windows(where),
                    transfers == null ? from.transfers() : transfers,
                    rates == null ? from.rates() : rates(where),
                    free == null ? from.freeSpace() : ByteCount.parse(free).bytes(),
                    load == null ? from.load() : load);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private ZoneId zone(Call call) throws UsageException {
        try {
            return zone == null ? call.caller().zone() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new UsageException("there is no time zone '" + zone + "'; write, for instance, Europe/Berlin or UTC");
        }
    }

    private List<TransferWindow> windows(ZoneId where) {
        List<TransferWindow> all = new ArrayList<>();
        for (String text : windows) {
            if (!text.equals(ANY)) {
                all.add(TransferHours.parse(text, where));
            }
        }
        return all;
    }

    private List<Conditions.Rate> rates(ZoneId where) {
        List<Conditions.Rate> all = new ArrayList<>();
        for (String text : rates) {
            if (!text.equals(ANY)) {
                int equals = text.lastIndexOf('=');
                TransferWindow when = equals < 0
                        ? new TransferWindow(
                                EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, where)
                        : TransferHours.parse(text.substring(0, equals), where);
                all.add(new Conditions.Rate(
                        when, ByteRate.parse(text.substring(equals + 1)).bytesPerSecond()));
            }
        }
        return all;
    }
}
