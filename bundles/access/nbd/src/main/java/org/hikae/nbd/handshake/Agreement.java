package org.hikae.nbd.handshake;

import org.hikae.nbd.export.Lease;

/**
 * What client and server agreed on.
 *
 * @param lease the chosen export; its holder closes it
 * @param structured whether replies are structured
 * @param allocation whether the client may ask which blocks are allocated
 */
public record Agreement(Lease lease, boolean structured, boolean allocation) {}
