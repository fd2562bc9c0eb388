package org.hikae.nbd.session;

import static org.hikae.nbd.session.FailedException.onDevice;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.media.GenerationReader;
import org.hikae.nbd.protocol.Request;

/** What is known not to be readable before it is tried. */
final class Readable {

    private Readable() {}

    /**
     * Fails a request for what a generation of a group does not have (R2). A simple reply says that all is well before all is
     * read: without this a long one would cost the client its connection, where it should be told of an error.
     */
    static void check(BlockDevice device, Request request) throws FailedException {
        if (device instanceof GenerationReader generation && generation.info().group() != null) {
            onDevice(() -> check(generation, request));
        }
    }

    private static void check(GenerationReader generation, Request request) throws IOException {
        BlockRun run = BlockRun.covering(request.offset(), request.length(), generation.blockSize());
        if (!generation.set().containsAll(run)) {
            throw new IOException("some of blocks " + run + " are no part of group "
                    + generation.info().groupName() + " in generation "
                    + generation.info().id());
        }
    }
}
