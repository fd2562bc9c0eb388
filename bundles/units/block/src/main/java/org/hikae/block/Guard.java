package org.hikae.block;

import java.io.IOException;

/** Calls drivers of file system formats: what one throws beyond its contract harms nobody else (I9). */
final class Guard {

    private Guard() {}

    /** What a driver is asked. */
    interface Call<T> {
        T run() throws IOException;
    }

    /** @throws IOException what the driver throws, or says that it failed */
    static <T> T call(String driver, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (IndexOutOfBoundsException e) {
            throw e; // what the contract says of blocks and bytes that are not there
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new IOException("the driver of format '" + driver + "' failed with " + e, e);
        }
    }
}
