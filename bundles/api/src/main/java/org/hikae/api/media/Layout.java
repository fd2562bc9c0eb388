package org.hikae.api.media;

import java.util.Locale;

/** How the blocks of a generation lie on its medium. */
public enum Layout {
    /** In compressed frames. */
    PACKED,
    /**
     * In one raw image, each block at its own address, zeros as holes: of use to any tool. Takes a medium that can be
     * overwritten in part, and is a full generation.
     */
    IMAGE;

    /** As manifests, listings and users have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
