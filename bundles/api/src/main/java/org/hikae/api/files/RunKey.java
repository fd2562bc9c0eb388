package org.hikae.api.files;

import java.util.UUID;

/**
 * A run, and no other one that has its number.
 *
 * @param identity see {@link RunInfo}
 */
public record RunKey(RunId run, UUID identity) {}
