package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a disk may hold on which a guest writes and flushes, when the platform is killed: what was flushed, and, block by
 * block, what it was changed to after that, or was not.
 */
final class GuestWrites {

    private static final int BLOCK = 4096;

    private final byte[] flushed;
    /** All writes that were begun since. */
    private final List<Write> since = new ArrayList<>();

    /** @param content of the disk at first, which stays the caller's */
    GuestWrites(byte[] content) {
        flushed = content.clone();
    }

    private record Write(int at, byte[] bytes) {

        /** Puts it, as far as it is there, into a part of the disk. */
        void onto(byte[] part, int from) {
            int begin = Math.max(at, from);
            int end = Math.min(at + bytes.length, from + part.length);
            if (begin < end) {
                System.arraycopy(bytes, begin - at, part, begin - from, end - begin);
            }
        }
    }

    /** To be called before it is asked for. */
    void write(int at, byte[] bytes) {
        since.add(new Write(at, bytes));
    }

    /** All that was written is durable now. */
    void flushed() {
        since.forEach(write -> write.onto(flushed, 0));
        since.clear();
    }

    /** What guests read, if all writes have ended. */
    byte[] content() {
        byte[] content = flushed.clone();
        since.forEach(write -> write.onto(content, 0));
        return content;
    }

    /** After a kill, what is found is possible, and is what the disk holds from now on. */
    void settle(byte[] found, String about) {
        assertThat(found).as(about).hasSameSizeAs(flushed);
        for (int at = 0; at < found.length; at += BLOCK) {
            assertPossible(at, Arrays.copyOfRange(found, at, Math.min(at + BLOCK, found.length)), about);
        }
        System.arraycopy(found, 0, flushed, 0, found.length);
        since.clear();
    }

    private void assertPossible(int at, byte[] found, String about) {
        byte[] block = Arrays.copyOfRange(flushed, at, at + found.length);
        boolean possible = Arrays.equals(found, block);
        for (Write write : since) {
            write.onto(block, at);
            possible |= Arrays.equals(found, block);
        }
        assertThat(possible)
                .as("the block at %d is what was flushed, or written later, %s", at, about)
                .isTrue();
    }
}
