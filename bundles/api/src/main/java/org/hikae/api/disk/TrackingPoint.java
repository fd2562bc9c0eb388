package org.hikae.api.disk;

import java.util.UUID;

/**
 * The instant at which an epoch of change tracking ended (R12): what changed since then stands in the later epochs of the
 * same lineage. Every generation and every mark bears one.
 *
 * @param lineage given when tracking of the disk began, anew whenever it cannot tell what changed before
 * @param epoch number of the epoch that ended, from 1; 0: the beginning of the lineage
 */
public record TrackingPoint(UUID lineage, long epoch) {}
