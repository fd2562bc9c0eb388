package org.hikae.files.center;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of the center's own configuration; {@link CenterSettings} reads and writes them. */
@ObjectClassDefinition(
        pid = CenterSettings.PID,
        name = "Files center",
        description = "Where files of clients are received, and put")
@interface CenterConfig {

    @AttributeDefinition(description = "Whether it listens, if the platform stays")
    boolean running() default false;

    @AttributeDefinition(description = "Address and port to listen at, such as 192.0.2.7:7443")
    String listen() default "";

    @AttributeDefinition(description = "Names and addresses by which clients call it besides, separated by commas")
    String names() default "";

    @AttributeDefinition(description = "Name of the medium that collected files are put on")
    String medium() default "";
}
