package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;

/** A generation and those that it builds upon, as one. Thread-safe. */
final class Chain implements Closeable {

    private final Layer newest;

    Chain(Layer newest) {
        this.newest = newest;
    }

    /** What a block is: in a frame, zeros, or not in the generation. */
    Piece at(long block) throws IOException {
        return newest.at(block);
    }

    Layer newest() {
        return newest;
    }

    @Override
    public void close() {
        newest.close();
    }
}
