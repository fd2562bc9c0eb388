package org.hikae.log;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a configuration of a log strategy looks like; {@link Strategies} reads it. */
@ObjectClassDefinition(
        factoryPid = Strategies.PID,
        name = "Log strategy",
        description = "How the before-image log of a backup is kept")
@interface StrategyConfig {

    @AttributeDefinition(description = "Name of the disk, or _default for disks without a strategy of their own")
    String name() default Strategies.DEFAULT_NAME;

    @AttributeDefinition(
            description =
                    "Where records are gathered: central (by the log manager, at once), or per-node (on each node's "
                            + "temporary log medium, until the copy has ended)")
    String gather() default "central";

    @AttributeDefinition(
            description =
                    "Where the log is kept: medium (at its place on the backup medium, as it comes), separate, or "
                            + "overlay (laid over the backup)")
    String place() default "overlay";

    @AttributeDefinition(
            description = "Name of the medium for a separate log; empty for the medium of the backup itself")
    String logMedium() default "";

    @AttributeDefinition(
            description =
                    "What happens when the log cannot keep up with the writers, or its medium is full: fail-backup "
                            + "(writers go on, and the backup fails), or hold-writes (writers wait, for holdSeconds at most)")
    String overload() default Strategies.FAIL;

    @AttributeDefinition(
            description =
                    "How long a write is held at most, from 1 to 3600 seconds; then it goes on, and the backup fails")
    long holdSeconds() default 60;
}
