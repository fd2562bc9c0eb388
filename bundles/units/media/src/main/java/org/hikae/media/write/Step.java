package org.hikae.media.write;

import java.io.IOException;

/** Something that is done, and may fail. */
@FunctionalInterface
public interface Step {
    void run() throws IOException;
}
