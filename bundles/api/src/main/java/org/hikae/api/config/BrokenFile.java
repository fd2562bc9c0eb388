package org.hikae.api.config;

import java.nio.file.Path;

/**
 * A configuration file that is ignored, so that what it configures is not there.
 *
 * @param file its path
 * @param pid the PID that its name stands for, {@code FACTORY~NAME} of a factory; null if its name stands for none
 * @param problem what is wrong with it, with the line where there is one
 */
public record BrokenFile(Path file, String pid, String problem) {

    /** Whether it is one of the configurations of that factory PID. */
    public boolean isOf(String factoryPid) {
        return pid != null && pid.startsWith(factoryPid + "~");
    }
}
