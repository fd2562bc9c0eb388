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

    @AttributeDefinition(description = "Where records are gathered: central")
    String gather() default "central";

    @AttributeDefinition(description = "Where the log is kept: separate, or overlay (laid over the backup)")
    String place() default "overlay";

    @AttributeDefinition(
            description = "Name of the medium for a separate log; empty for the medium of the backup itself")
    String logMedium() default "";
}
