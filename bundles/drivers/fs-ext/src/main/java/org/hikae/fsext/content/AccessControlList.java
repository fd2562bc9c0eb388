package org.hikae.fsext.content;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The two forms of an access control list, both little-endian: on disk, version 1, whose entries have an id only where a
 * tag needs one; and as the kernel shows it in an extended attribute, version 2, where all have one.
 */
final class AccessControlList {

    private static final int STORED_VERSION = 1;
    private static final int SHOWN_VERSION = 2;
    private static final int USER = 2;
    private static final int GROUP = 8;
    private static final int NO_ID = -1;
    private static final int SHORT_ENTRY = 4;
    private static final int LONG_ENTRY = 8;

    private AccessControlList() {}

    /** What the kernel would show; empty if this is no such list. */
    static Optional<byte[]> shown(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        if (stored.length < Integer.BYTES || in.getInt() != STORED_VERSION) {
            return Optional.empty();
        }
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + in.remaining() / SHORT_ENTRY * LONG_ENTRY)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SHOWN_VERSION);
        while (in.remaining() >= SHORT_ENTRY) {
            short tag = in.getShort();
            out.putShort(tag).putShort(in.getShort());
            boolean named = tag == USER || tag == GROUP;
            if (named && in.remaining() < Integer.BYTES) {
                return Optional.empty();
            }
            out.putInt(named ? in.getInt() : NO_ID);
        }
        byte[] shown = new byte[out.flip().limit()];
        out.get(shown);
        return in.hasRemaining() ? Optional.empty() : Optional.of(shown);
    }
}
