package org.hikae.api.files.center;

import java.time.Instant;

/**
 * Which stored versions are asked for.
 *
 * @param origin of this client alone; null: all
 * @param backup of this row alone; null: all
 * @param path of this file, or of what is in this folder; null: all
 * @param at those that were there at this time; null: all
 */
public record Files(String origin, String backup, String path, Instant at) {}
