package org.hikae.api.schedule;

import java.time.ZoneId;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.group.Meta;

/**
 * When a disk or a group is backed up.
 *
 * @param name a letter or digit, then up to 62 letters, digits, dots, dashes and underscores
 * @param subject what is backed up
 * @param medium name of the medium
 * @param full when full backups are made: minute, hour, day of the month, month and day of the week as cron has them; null: never
 * @param differential when differential ones are made; where both are due, a full one is. Null: never
 * @param zone the time zone of all these times
 * @param window null: always open
 * @param keep what is kept after each backup; null: everything
 * @param tape what goes to tape after each backup, and when it leaves the disk; null: nothing
 * @param paused whether nothing is begun until it is resumed
 */
public record Schedule(
        String name,
        Subject subject,
        String medium,
        String full,
        String differential,
        ZoneId zone,
        Window window,
        Retention keep,
        TapePolicy tape,
        boolean paused) {

    /** Without a word on tape. */
    public Schedule(
            String name,
            Subject subject,
            String medium,
            String full,
            String differential,
            ZoneId zone,
            Window window,
            Retention keep,
            boolean paused) {
        this(name, subject, medium, full, differential, zone, window, keep, null, paused);
    }

    /** What is backed up. */
    public sealed interface Subject permits OfDisk, OfGroup {}

    /** A whole disk, by its name. */
    public record OfDisk(String disk) implements Subject {}

    /**
     * A group of files.
     *
     * @param group its name
     * @param meta whose names and attributes are taken too (b.6)
     */
    public record OfGroup(String group, Meta meta) implements Subject {}
}
