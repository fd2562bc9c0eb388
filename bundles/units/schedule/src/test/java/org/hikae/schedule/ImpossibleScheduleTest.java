package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.hikae.api.group.Meta;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun.State;
import org.junit.jupiter.api.Test;

/** Schedules that cannot be: added, they are refused; written by hand, they have a problem, and keep no others from being run. */
class ImpossibleScheduleTest extends LastingPlatform {

    @Test
    void whatCannotBeIsNotAdded() {
        assertRefused(
                ScheduleUnitTest.schedule("h", new Schedule.OfDisk("d9"), "0 * * * *", null), "there is no disk 'd9'");
        assertRefused(
                ScheduleUnitTest.schedule("h", new Schedule.OfGroup("g9", Meta.ALL), "0 * * * *", null),
                "there is no group 'g9'");
        assertRefused(ScheduleUnitTest.schedule("h", new Schedule.OfDisk("d1"), null, null), "it has no times");
        assertRefused(
                ScheduleUnitTest.schedule("h", new Schedule.OfDisk("d1"), "0 0 30 2 *", null),
                "the times '0 0 30 2 *' never come");
        assertRefused(
                ScheduleUnitTest.schedule("h", new Schedule.OfDisk("d1"), "0 0 * *", null),
                "the times '0 0 * *' cannot be");
        assertRefused(
                ScheduleUnitTest.schedule("../h", new Schedule.OfDisk("d1"), "0 0 * * *", null), "cannot be the name");
        Schedule all = ScheduleUnitTest.hourly("h", "d1");
        assertRefused(
                new Schedule("h", all.subject(), "m9", all.full(), null, all.zone(), null, null, false),
                "there is no medium 'm9'");
        assertThat(platform.unit.list()).isEmpty();
    }

    private void assertRefused(Schedule schedule, String why) {
        assertThatThrownBy(() -> platform.unit.add(schedule))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aConfigurationThatMakesNoSenseIsAScheduleWithAProblem() throws IOException {
        Map<String, Object> right = Settings.properties(ScheduleUnitTest.hourly("h", "d1"));
        platform.configure("times", right, "full", "0 0 * *");
        platform.configure("both", right, "group", "papers");
        platform.configure("zone", right, "zone", "Mars/Olympus");
        platform.configure("window", right, "window", "22-5");
        platform.configure("keep", right, "keep", "last=some");
        platform.configure("paused", right, "paused", "perhaps");
        platform.configure("medium", right, "medium", "");
        platform.configure("../name", right, "disk", "d1");
        platform.configure("disk", right, "disk", "d9");
        platform.configure("tape-age", right, "tapeAfter", "7 weeks");
        platform.configure("tape-mark", right, "tapeAbove", "100");
        platform.configure("tape-word", right, "tapeAbove", "full");
        platform.configure("tape-pool", right, "tapePool", "p");
        platform.configure("right", right, "disk", "d1");
        platform.set(NOON.plus(MINUTE));
        List<ScheduleStatus> list = platform.unit.list();
        assertThat(list).hasSize(14);
        Map<String, String> problems = new HashMap<>();
        list.forEach(status -> problems.put(status.schedule().name(), status.problem()));
        assertThat(problems)
                .hasEntrySatisfying("times", text -> assertThat(text).startsWith("the times '0 0 * *' cannot"))
                .containsEntry("both", "its configuration must name a disk or a group, and not both")
                .hasEntrySatisfying("zone", text -> assertThat(text).contains("Mars/Olympus"))
                .hasEntrySatisfying("window", text -> assertThat(text).startsWith("the window '22-5' cannot"))
                .hasEntrySatisfying("keep", text -> assertThat(text).startsWith("what is kept, 'last=some', cannot"))
                .containsEntry("paused", "whether it is paused, 'perhaps', is not true or false")
                .containsEntry("medium", "its configuration names no medium")
                .containsEntry("../name", "'../name' cannot be the name of a schedule")
                .containsEntry("disk", "there is no disk 'd9'; see 'disk list'")
                .hasEntrySatisfying("tape-age", text -> assertThat(text).startsWith("the time '7 weeks' cannot"))
                .hasEntrySatisfying("tape-mark", text -> assertThat(text).contains("not 100"))
                .hasEntrySatisfying(
                        "tape-word", text -> assertThat(text).startsWith("the mark 'full' is no percentage"))
                .containsEntry(
                        "tape-pool",
                        "its configuration does not say what goes to tape: give tapeAfter, tapeAbove, or both")
                .containsEntry("right", null);

        Awaitility.await()
                .until(() -> home.resolve("schedules/right.json").toFile().exists());
        platform.set(NOON.plus(HOUR));
        platform.awaitFirst("right", State.DONE);
        platform.awaitFirst("disk", State.DONE);
        assertThat(platform.backups.backups).hasSize(2);
        assertThatThrownBy(() -> platform.unit.run("times", true)).hasMessageContaining("cannot be run");
        platform.unit.remove("../name");
    }
}
