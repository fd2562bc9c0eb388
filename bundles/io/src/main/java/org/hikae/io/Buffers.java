package org.hikae.io;

import java.nio.ByteBuffer;

/** Direct buffers that begin at a page, as I/O past the page cache demands. */
public final class Buffers {

    /** What addresses, offsets and lengths are multiples of where I/O goes past the page cache, in bytes. */
    public static final int ALIGNMENT = 4096;

    private static final int ZEROS = 1 << 18;

    private Buffers() {}

    /** A new direct buffer of {@code size} zero bytes whose address is a multiple of {@link #ALIGNMENT}. */
    public static ByteBuffer allocate(int size) {
        ByteBuffer room = ByteBuffer.allocateDirect(Math.addExact(size, ALIGNMENT));
        return room.slice(room.alignmentOffset(0, ALIGNMENT) == 0 ? 0 : toNextPage(room), size);
    }

    private static int toNextPage(ByteBuffer room) {
        return ALIGNMENT - room.alignmentOffset(0, ALIGNMENT);
    }

    /** A read-only direct buffer of some zero bytes, shared by all; position and limit are the caller's own. */
    public static ByteBuffer zeros() {
        return Zeros.SHARED.duplicate();
    }

    /** Whether the buffer can be read into, from its position on, past the page cache. */
    static boolean isAligned(ByteBuffer buffer) {
        return buffer.isDirect() && buffer.alignmentOffset(buffer.position(), ALIGNMENT) == 0;
    }

    /** Allocated when first asked for. */
    private static final class Zeros {
        static final ByteBuffer SHARED = allocate(ZEROS).asReadOnlyBuffer();
    }
}
