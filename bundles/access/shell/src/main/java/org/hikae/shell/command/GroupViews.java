package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.Schedules;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Services;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/** How groups look. */
final class GroupViews {

    private static final int LINES_SHOWN = 3;

    private GroupViews() {}

    /**
     * A group, and what is known of it without looking at its files.
     *
     * @param last its newest generation; null if it has none
     * @param problem null if none is known
     */
    record Line(Group group, GenerationInfo last, String problem) {

        /** @throws IOException if it is not known which generations there are */
        static List<Line> all(Services services, List<Group> groups) throws IOException {
            Optional<Generations> found = services.find(Generations.class);
            List<GenerationInfo> generations = found.isPresent() ? found.get().list() : List.of();
            return groups.stream()
                    .map(group -> new Line(
                            group,
                            LastBackup.of(generations, group.disk(), group.name()),
                            GroupViews.problem(services, group)))
                    .toList();
        }

        Json json() {
            return GroupViews.json(group)
                    .put("lastBackup", last == null ? null : GenerationViews.json(last))
                    .put("problem", problem);
        }
    }

    static Listing<Line> listing(Call call) {
        return new Listing<>(Line::json)
                .text("NAME", line -> line.group.name())
                .text("DISK", line -> line.group.disk())
                .text("LIST", line -> brief(line.group.list()))
                .text("LAST BACKUP", line -> line.last == null ? null : line.last.id())
                .word(
                        "AT",
                        line -> Times.show(
                                line.last == null ? null : line.last.instant(),
                                call.caller().zone()))
                .wrong("PROBLEM", Line::problem);
    }

    /** The first lines of a list. */
    static String brief(List<String> list) {
        String shown = String.join(", ", list.subList(0, Math.min(LINES_SHOWN, list.size())));
        return list.size() <= LINES_SHOWN ? shown : shown + ", ... (" + list.size() + " lines)";
    }

    static Json json(Group group) {
        return new Json().put("name", group.name()).put("disk", group.disk()).put("list", group.list());
    }

    /** What keeps it from being backed up; null if nothing is known. */
    static String problem(Services services, Group group) {
        Optional<Disks> disks = services.find(Disks.class);
        if (disks.isEmpty()) {
            return null;
        }
        Optional<DiskStatus> disk = disks.get().list().stream()
                .filter(each -> each.name().equals(group.disk()))
                .findFirst();
        if (disk.isEmpty()) {
            return "its disk '" + group.disk() + "' is not there; see 'disk list'";
        }
        return Disk.RAW.equals(disk.get().driver())
                ? "its disk '" + group.disk() + "' is raw: it has no files that are known; see 'disk info "
                        + group.disk() + "'"
                : problemOfList(services, group);
    }

    private static String problemOfList(Services services, Group group) {
        try {
            services.get(Groups.class).check(group.list());
            return null;
        } catch (IOException e) {
            return Reason.of(e);
        }
    }

    /** Names of the schedules that back it up. */
    static List<String> schedules(Services services, String group) {
        List<ScheduleStatus> all =
                services.find(Schedules.class).map(Schedules::list).orElse(List.of());
        return all.stream()
                .map(ScheduleStatus::schedule)
                .filter(schedule -> schedule.subject() instanceof Schedule.OfGroup of
                        && of.group().equals(group))
                .map(Schedule::name)
                .toList();
    }
}
