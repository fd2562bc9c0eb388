package org.hikae.shell.command;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.hikae.api.schedule.Schedule;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is backed up when. Whether the times can be understood, the unit knows. */
final class ScheduleOptions {

    @Option(names = "--group", paramLabel = "GROUP", description = "Back this group of files up.")
    private String group;

    @Option(names = "--disk", paramLabel = "DISK", description = "Back this disk up.")
    private String disk;

    @Mixin
    private MetaOption meta;

    @Option(names = "--to", paramLabel = "MEDIUM", required = true, description = "Name of the medium.")
    private String medium;

    @Option(
            names = "--full",
            paramLabel = "CRON",
            description =
                    "When full backups are made: minute, hour, day of the month, month and day of the week, as cron"
                            + " has them.")
    private String full;

    @Option(
            names = "--differential",
            paramLabel = "CRON",
            description = "When differential ones are made. Where both are due, a full one is.")
    private String differential;

    @Option(
            names = "--window",
            paramLabel = "HH:MM-HH:MM",
            description =
                    "The hours in which backups may run; outside they stand still, and go on in the next. Always if"
                            + " not given.")
    private String window;

    @Option(
            names = "--keep",
            paramLabel = "REASON=N",
            split = ",",
            description =
                    "After each backup: what to keep, such as last=7,daily=14, as 'generation merge --auto'; the rest"
                            + " is merged, or removed where nothing needs it. Everything if not given.")
    private List<String> keep;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of all these times, such as Europe/Berlin; yours if not given.")
    private String zone;

    @Mixin
    private ScheduleTapeOptions tape;

    /** @throws UsageException if they do not go with each other, or one makes no sense */
    Schedule schedule(Call call, String name) throws IOException {
        if ((group == null) == (disk == null)) {
            throw new UsageException("give either --group GROUP or --disk DISK");
        } else if (full == null && differential == null) {
            throw new UsageException("give --full, --differential, or both; write, for instance, --full '0 3 * * 0'"
                    + " --differential '0 3 * * 1-6'");
        }
        return new Schedule(
                name,
                subject(),
                medium,
                full,
                differential,
                zone(call),
                window == null ? null : WindowOption.parse(window),
                keep == null ? null : KeepOption.parse(keep),
                tape.policy(),
                false);
    }

    private Schedule.Subject subject() throws UsageException {
        if (disk == null) {
            return new Schedule.OfGroup(group, meta.meta());
        }
        meta.checkUnused("--group");
        return new Schedule.OfDisk(disk);
    }

    private ZoneId zone(Call call) throws UsageException {
        try {
            return zone == null ? call.caller().zone() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new UsageException("there is no time zone '" + zone + "'; write, for instance, Europe/Berlin or UTC");
        }
    }
}
