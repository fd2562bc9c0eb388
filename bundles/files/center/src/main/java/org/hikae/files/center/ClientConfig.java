package org.hikae.files.center;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of what is configured of one client; {@link Rule} reads and writes them. */
@ObjectClassDefinition(
        name = "Client of the files center",
        description = "What holds for the files of one client besides the center's own conditions")
@interface ClientConfig {

    @AttributeDefinition(description = "Name of the client; of a relay: for all that it hands on")
    String name();

    @AttributeDefinition(
            description =
                    "Hours in which its files are collected, such as Sat,Sun 00:00-00:00 Europe/Berlin; none for any")
    String[] windows() default {};

    @AttributeDefinition(description = "Most transfers of it at once")
    int transfers() default 1;

    @AttributeDefinition(
            description =
                    "Most bytes per second, such as 08:00-18:00 Europe/Berlin=1048576; none for as much as there is")
    String[] rates() default {};

    @AttributeDefinition(description = "What of its runs is kept, such as last=7,daily=14; empty as of all clients")
    String keep() default "";
}
