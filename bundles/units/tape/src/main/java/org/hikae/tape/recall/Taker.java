package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Who waits for a slot. Exactly one of the methods is called, once, unless it leaves before; by a thread that holds no lock. */
interface Taker {

    /** Takes what it wants of the slot. The buffer, with the slot from 0 to its limit, is the caller's own again after. */
    void take(ByteBuffer slot);

    /** There is nothing to be had. */
    void fail(IOException why);
}
