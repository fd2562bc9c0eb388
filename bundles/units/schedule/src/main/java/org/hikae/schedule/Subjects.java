package org.hikae.schedule;

import java.io.IOException;
import java.util.List;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.group.Groups;
import org.hikae.api.media.Layout;
import org.hikae.api.schedule.Schedule;

/** What schedules back up, as backups are asked for. */
final class Subjects {

    private final Groups groups;
    private final Known known;

    Subjects(Groups groups, Known known) {
        this.groups = groups;
        this.known = known;
    }

    /** The schedules that there are. */
    @FunctionalInterface
    interface Known {
        List<Settings> all() throws IOException;
    }

    /** @throws IOException if there is no such group */
    String disk(Schedule schedule) throws IOException {
        return schedule.subject() instanceof Schedule.OfGroup group
                ? groups.get(group.group()).disk()
                : ((Schedule.OfDisk) schedule.subject()).disk();
    }

    /** The disk whose backups it queues with; for want of the group, a name that no disk has. */
    String queue(Schedule schedule) {
        try {
            return disk(schedule);
        } catch (IOException e) {
            return "(of " + schedule.subject() + ")";
        }
    }

    /** The names that the subject of its jobs has. */
    List<String> names(Schedule schedule) {
        String group = group(schedule);
        return group == null ? List.of(queue(schedule), schedule.medium()) : List.of(group, schedule.medium());
    }

    private static String group(Schedule schedule) {
        return schedule.subject() instanceof Schedule.OfGroup group ? group.group() : null;
    }

    BackupRequest backup(Schedule schedule, boolean full) throws IOException {
        BackupRequest.OfGroup group = schedule.subject() instanceof Schedule.OfGroup of
                ? new BackupRequest.OfGroup(of.group(), of.meta())
                : null;
        return new BackupRequest(
                disk(schedule),
                schedule.medium(),
                List.of(),
                new CopyLimits(0, 0),
                Layout.PACKED,
                !full,
                null,
                Quieting.NONE,
                group);
    }

    /**
     * What is kept of all that the subject has, whoever made it: what any of its schedules keeps. While one of them keeps all, or
     * it cannot be understood what it keeps, nothing is removed.
     *
     * @throws IOException if there is no such group, or the schedules cannot be read
     */
    RetentionRequest retention(Schedule schedule) throws IOException {
        Retention keep = schedule.keep();
        boolean remove = true;
        for (Settings each : known.all()) {
            Schedule other = each.schedule();
            if (isOfTheSame(schedule, other)) {
                keep = other.keep() == null ? keep : both(keep, other.keep());
                remove &= other.keep() != null;
            }
        }
        return new RetentionRequest(disk(schedule), group(schedule), keep, remove);
    }

    /**
     * What goes to tape of all that the subject has, whoever made it; null: nothing.
     *
     * @throws IOException if there is no such group
     */
    MigrateRequest migration(Schedule schedule) throws IOException {
        return schedule.tape() == null ? null : new MigrateRequest(disk(schedule), group(schedule), schedule.tape());
    }

    private static boolean isOfTheSame(Schedule one, Schedule other) {
        boolean another = !one.name().equals(other.name());
        return another
                && (group(one) == null
                        ? one.subject().equals(other.subject())
                        : group(one).equals(group(other)));
    }

    /** Of more periods those of fewer are a part. */
    private static Retention both(Retention one, Retention other) {
        return new Retention(
                Math.max(one.last(), other.last()),
                Math.max(one.hourly(), other.hourly()),
                Math.max(one.daily(), other.daily()),
                Math.max(one.weekly(), other.weekly()),
                Math.max(one.monthly(), other.monthly()),
                Math.max(one.yearly(), other.yearly()));
    }
}
