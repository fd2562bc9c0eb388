package org.hikae.schedule;

import java.io.IOException;
import java.util.List;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.group.Groups;
import org.hikae.api.media.Layout;
import org.hikae.api.schedule.Schedule;

/** What schedules back up, as backups are asked for. */
final class Subjects {

    private final Groups groups;

    Subjects(Groups groups) {
        this.groups = groups;
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

    RetentionRequest retention(Schedule schedule) throws IOException {
        return new RetentionRequest(disk(schedule), group(schedule), schedule.keep(), true);
    }
}
