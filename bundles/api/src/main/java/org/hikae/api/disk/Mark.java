package org.hikae.api.disk;

import java.time.Instant;

/**
 * A time that differentials can start from (a.11).
 *
 * @param time when all nodes stood still for it
 * @param point what {@link ChangeTracker#changedSince} takes; tracking may since have begun anew, and then cannot tell
 */
public record Mark(String name, Instant time, TrackingPoint point) {}
