package org.hikae.media.meta;

import org.hikae.media.format.DamagedException;

/** What an item of meta information is. All but the first are of the file before them. */
enum ItemKind {
    /** A name of a file, its number and its attributes. */
    FILE(1),
    /** An extended attribute: its name, and its value or the beginning of that. */
    ATTRIBUTE(2),
    /** More of the value of the attribute before. */
    MORE(3),
    /** A symlink's target, or a part of it. */
    TARGET(4),
    /** Content that lies in no block, or a part of it. */
    DATA(5),
    /** Extents of the content. */
    EXTENTS(6);

    private final byte code;

    ItemKind(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static ItemKind of(byte code) throws DamagedException {
        for (ItemKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new DamagedException("it has something of an unknown kind");
    }
}
