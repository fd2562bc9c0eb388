package org.hikae.schedule;

import org.hikae.api.tape.Tapes;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a schedule's configuration; {@link Settings} reads and writes them. */
@ObjectClassDefinition(
        name = "Schedule",
        description = "When a disk or a group of files is backed up",
        factoryPid = ScheduleUnit.PID)
@interface ScheduleConfig {

    @AttributeDefinition(description = "Name of the schedule, by which commands know it")
    String name();

    @AttributeDefinition(description = "Name of the disk that is backed up; without it, there must be a group")
    String disk() default "";

    @AttributeDefinition(description = "Name of the group of files that is backed up; without it, there must be a disk")
    String group() default "";

    @AttributeDefinition(
            description =
                    "Whose names and attributes are taken with a group (b.6): all, those of the whole file system, or group")
    String meta() default Settings.META;

    @AttributeDefinition(description = "Name of the medium that backups go to")
    String medium();

    @AttributeDefinition(
            description = "Minute, hour, day of the month, month and day of the week of full backups, as cron has them;"
                    + " empty for never. Where the hours are fixed, a time that clocks are put forward over is at the first"
                    + " instant after, and one that comes twice is the first of both")
    String full() default "";

    @AttributeDefinition(
            description = "The same of differential backups; where both are due, a full one is made; empty for never")
    String differential() default "";

    @AttributeDefinition(
            description = "Time zone of all these times, such as Europe/Berlin; empty for that of the system")
    String zone() default "";

    @AttributeDefinition(
            description = "Hours of each day in which backups may run, such as 22:00-05:30; outside they stand still;"
                    + " empty for all")
    String window() default "";

    @AttributeDefinition(
            description =
                    "What is kept after each backup, such as last=7,daily=14; beside these there are hourly, weekly,"
                            + " monthly and yearly; empty for all")
    String keep() default "";

    @AttributeDefinition(
            description =
                    "Generations of the disk or group that are older than this go to tape after each backup, such as 7d"
                            + " or 12h; empty for none")
    String tapeAfter() default "";

    @AttributeDefinition(
            description =
                    "Those go to tape after each backup, the oldest first, and leave their medium, that lie on one of"
                            + " which more than this many percent is used, 1 to 99; empty or 0 for none")
    String tapeAbove() default "";

    @AttributeDefinition(
            description = "How long the data of what is on tape stays on its medium too, such as 14d; empty for good")
    String tapeKeepBoth() default "";

    @AttributeDefinition(description = "The pool of cartridges that it goes to")
    String tapePool() default Tapes.DEFAULT_POOL;

    @AttributeDefinition(description = "Whether nothing is begun until it is resumed")
    boolean paused() default false;
}
