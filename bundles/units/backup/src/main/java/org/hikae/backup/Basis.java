package org.hikae.backup;

import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.media.GenerationInfo;

/**
 * What a backup builds upon, settled before T0.
 *
 * @param parent the generation that answers for what did not change; null: none, the backup is a full one
 * @param from since when changes are taken: the parent's T0, or the mark; null without a parent
 * @param mark name of the mark; null: none
 * @param fullBecause why a full backup is made although a differential one was asked for; null: it is as asked
 */
record Basis(GenerationInfo parent, TrackingPoint from, String mark, String fullBecause) {

    /** A full backup that was asked for. */
    static final Basis NONE = new Basis(null, null, null, null);

    /** A full backup, since a differential one would not be right. */
    static Basis fullBecause(String reason) {
        return new Basis(null, null, null, reason);
    }

    boolean differential() {
        return parent != null;
    }

    String parentId() {
        return parent == null ? null : parent.id();
    }
}
