package org.hikae.shell.command;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.client.BackupRow;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.TimeSpan;
import picocli.CommandLine.Option;

/** What is backed up of a client's files, and when. Whether paths and times can be understood, the unit knows. */
final class ClientRowOptions {

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Leave this out: an absolute path or pattern, or a name such as '*.tmp', which is left out"
                    + " wherever it is. May be given several times.")
    private List<String> exclusions;

    @Option(
            names = "--backup",
            paramLabel = "CRON",
            description = "When local backups are made: minute, hour, day of the month, month and day of the week, as"
                    + " cron has them; '' for only when asked.")
    private String times;

    @Option(
            names = "--window",
            paramLabel = "HH:MM-HH:MM",
            description = "The hours in which files are sent, such as 22:00-06:00 or 'Sat,Sun 00:00-24:00'; '' for"
                    + " always.")
    private String window;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of all these times, such as Europe/Berlin; yours if not given.")
    private String zone;

    @Option(
            names = "--finish",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Let a transfer that has begun end after its window has closed.")
    private Boolean finish;

    @Option(
            names = "--center",
            paramLabel = "CENTER",
            description = "The center that gets the files, as 'client join' named it; '' for the only one there is.")
    private String center;

    @Option(
            names = "--keep",
            paramLabel = "SPAN",
            description =
                    "How long what has been sent stays in the buffer for quick restores, such as 7d; not at all if"
                            + " not given.")
    private TimeSpan keep;

    @Option(
            names = "--release",
            paramLabel = "WHEN",
            description = "When what has been sent leaves the buffer: 'next', once whoever it was sent to has it, which"
                    + " may be a relay; 'end-to-end', once all centers behind that have it too. 'next' if not given.")
    private String release;

    /** A new row. */
    BackupRow row(Call call, String name, List<String> paths) throws IOException {
        return changed(
                call, new BackupRow(name, paths, List.of(), null, zone(call, null), null, false, null, Duration.ZERO));
    }

    /** The row with what was given, and the rest as it was. */
    BackupRow changed(Call call, BackupRow row) throws IOException {
        ZoneId at = zone == null ? row.zone() : zone(call, zone);
        return new BackupRow(
                row.name(),
                row.paths(),
                exclusions == null ? row.exclusions() : exclusions(call),
                given(times, row.times()),
                at,
                window(row, at),
                finish == null ? row.finish() : finish,
                given(center, row.center()),
                keep == null ? row.keepInBuffer() : keep.duration(),
                endToEnd(row));
    }

    private boolean endToEnd(BackupRow row) throws UsageException {
        if (release == null) {
            return row.endToEnd();
        }
        return switch (release) {
            case "next" -> false;
            case "end-to-end" -> true;
            default -> throw new UsageException("--release: '" + release + "' is not next or end-to-end");
        };
    }

    private static String given(String value, String before) {
        return value == null ? before : value.isBlank() ? null : value;
    }

    /** One with a slash is a path of the caller's. */
    private List<String> exclusions(Call call) throws IOException {
        List<String> all = new ArrayList<>();
        for (String exclusion : exclusions) {
            String name = exclusion.replaceFirst("/+$", "");
            boolean path = name.indexOf('/') >= 0;
            if (!exclusion.isEmpty()) {
                all.add(path ? call.path(name).toString() : name);
            }
        }
        return all;
    }

    private TransferWindow window(BackupRow row, ZoneId at) throws UsageException {
        if (window == null) {
            TransferWindow before = row.window();
            return before == null ? null : new TransferWindow(before.days(), before.from(), before.to(), at);
        } else if (window.isBlank()) {
            return null;
        }
        try {
            return TransferHours.parse(window, at);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--window: " + e.getMessage());
        }
    }

    private static ZoneId zone(Call call, String zone) throws UsageException {
        try {
            return zone == null ? call.caller().zone() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new UsageException("there is no time zone '" + zone + "'; write, for instance, Europe/Berlin or UTC");
        }
    }
}
