package org.hikae.media.write;

import java.io.IOException;

/** Whether something can still be used. */
@FunctionalInterface
interface Liveness {

    /** @throws IOException if it can not; says why */
    void check() throws IOException;
}
