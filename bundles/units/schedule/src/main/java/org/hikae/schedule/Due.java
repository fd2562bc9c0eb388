package org.hikae.schedule;

import java.time.Instant;

/**
 * Planned times that one run stands for.
 *
 * @param first the first of them
 * @param last the last of them
 * @param count number of them, at least 1
 * @param full whether one of them is that of a full backup
 */
record Due(Instant first, Instant last, int count, boolean full) {}
