package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.group.Group;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/**
 * All that is known of a group.
 *
 * @param schedules names of those that back it up
 */
record GroupDetails(GroupViews.Line line, GroupContent content, List<String> schedules, Call call) {

    static GroupDetails of(Group group, Call call) throws IOException {
        return new GroupDetails(
                GroupViews.Line.all(call.services(), List.of(group)).get(0),
                GroupContent.of(call, group),
                GroupViews.schedules(call.services(), group.name()),
                call);
    }

    /** What is known to be wrong without a look, else what that has shown. */
    private String problem() {
        return line.problem() != null ? line.problem() : content.problem();
    }

    Json json() {
        return line.json()
                .put("problem", problem())
                .known("files", content.files())
                .known("directories", content.directories())
                .known("bytes", content.bytes())
                .known("blocks", content.blocks())
                .known("blockSize", content.blockSize())
                .put("schedules", schedules);
    }

    Details forPeople() {
        Details details = new Details()
                .put("name", line.group().name())
                .put("disk", line.group().disk());
        line.group().list().forEach(each -> details.put("list", each));
        return details.put("files", count(content.files()))
                .put("directories", count(content.directories()))
                .bytes("content", content.bytes())
                .put("blocks", blocks())
                .put("last backup", lastBackup())
                .put("schedules", String.join(", ", schedules))
                .problem(problem());
    }

    private static String count(long number) {
        return number < 0 ? null : Long.toString(number);
    }

    private String blocks() {
        return content.blocks() < 0 ? null : content.blocks() + " of " + content.blockSize() + " bytes";
    }

    private String lastBackup() {
        return line.last() == null
                ? null
                : line.last().id() + ", "
                        + Times.show(line.last().instant(), call.caller().zone());
    }
}
