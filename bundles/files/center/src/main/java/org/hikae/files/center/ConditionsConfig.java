package org.hikae.files.center;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of the center's conditions (e.4); {@link Rule} reads and writes them. */
@ObjectClassDefinition(
        pid = CenterSettings.CONDITIONS_PID,
        name = "Conditions of the files center",
        description = "When and how files are collected")
@interface ConditionsConfig {

    @AttributeDefinition(
            description = "Hours in which files are collected, such as Mon,Tue 22:00-06:00 Europe/Berlin; none for any")
    String[] windows() default {};

    @AttributeDefinition(description = "Most transfers at once")
    int transfers() default Rule.TRANSFERS;

    @AttributeDefinition(
            description = "Most bytes per second, such as 08:00-18:00 Europe/Berlin=1048576; where several hold, the"
                    + " smallest; none for as much as there is")
    String[] rates() default {};

    @AttributeDefinition(description = "Bytes that stay free on the medium; transfers wait below that")
    long freeSpace() default 0;

    @AttributeDefinition(description = "Runnable threads a processor above which nothing is begun; 0 for any")
    double load() default 0;

    @AttributeDefinition(
            description = "What of a client's runs is kept where it has no rule of its own, such as last=7,daily=14;"
                    + " empty for all")
    String keep() default "";
}
