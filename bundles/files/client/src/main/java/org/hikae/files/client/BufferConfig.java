package org.hikae.files.client;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of the buffer's configuration; {@link BufferLimits} reads and writes them. */
@ObjectClassDefinition(
        name = "Buffer of files",
        description = "Where local backups of files wait until they are sent",
        pid = BufferLimits.PID)
@interface BufferConfig {

    @AttributeDefinition(description = "Bytes that it may take; 0: a quarter of its file system")
    long limit() default 0;

    @AttributeDefinition(description = "What a local backup does when it is full: fail, or wait until its next time")
    String whenFull() default "fail";
}
