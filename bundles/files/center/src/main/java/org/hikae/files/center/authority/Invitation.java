package org.hikae.files.center.authority;

import java.time.Instant;

/**
 * Somebody may join.
 *
 * @param name under which
 * @param replace whether in the place of a member of that name
 * @param expires first instant at which it is too late
 */
public record Invitation(String name, boolean replace, Instant expires) {}
