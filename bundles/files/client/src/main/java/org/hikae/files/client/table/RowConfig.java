package org.hikae.files.client.table;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a row's configuration; {@link Row} reads and writes them. */
@ObjectClassDefinition(
        name = "Backup of files",
        description =
                "A row of the backup control table: which files of this machine are backed up, when, and to where",
        factoryPid = Rows.PID)
public @interface RowConfig {

    @AttributeDefinition(description = "Name of the row, by which commands know it")
    String name();

    @AttributeDefinition(
            description =
                    "Absolute files and folders, with all that is in them; with * for any characters of a name, ? for"
                            + " one, ** for any number of names")
    String[] paths();

    @AttributeDefinition(
            description =
                    "What is left out of that, as paths; what has no slash is left out wherever a file or folder has"
                            + " that name")
    String[] exclusions() default {};

    @AttributeDefinition(
            description =
                    "Minute, hour, day of the month, month and day of the week of local backups, as cron has them;"
                            + " empty: only when asked for")
    String times() default "";

    @AttributeDefinition(description = "Time zone of all times, such as Europe/Berlin; empty: that of the machine")
    String zone() default "";

    @AttributeDefinition(
            description =
                    "Hours in which files may be sent, such as 22:00-05:30, or Sat,Sun 00:00-24:00; empty: always")
    String window() default "";

    @AttributeDefinition(description = "Whether a transfer that has begun may go on after the window has closed")
    boolean finish() default false;

    @AttributeDefinition(description = "Name of the center, as 'client join' gave it; empty: the only one there is")
    String center() default "";

    @AttributeDefinition(
            description =
                    "How long what has been sent stays in the buffer for quick restores, such as 7d; empty: not at all")
    String keep() default "";

    @AttributeDefinition(
            description =
                    "What releases a run from the buffer: next, the receipt of whoever it is sent to, which may be a"
                            + " relay; end-to-end, those of all centers that are to have it; empty: next")
    String release() default "";
}
