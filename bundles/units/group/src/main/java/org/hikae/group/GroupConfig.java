package org.hikae.group;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a configuration of a group looks like; {@link ConfiguredGroups} reads it. */
@ObjectClassDefinition(
        factoryPid = ConfiguredGroups.PID,
        name = "Group of files",
        description = "Files of a disk that are backed up together")
@interface GroupConfig {

    @AttributeDefinition(description = "Name of the group, by which commands know it")
    String name();

    @AttributeDefinition(description = "Name of the disk that the files are on")
    String disk();

    @AttributeDefinition(
            description = "The group list: patterns, which take files in, and X with a pattern, which takes files out; "
                    + "of the lines that match a file, the last one decides")
    String[] list();
}
