package org.hikae.files.center.store;

import org.hikae.api.files.StoredVersion;

/**
 * A version that is here.
 *
 * @param id by which it is known within its origin, also after the tables were lost: {@code [A-Za-z0-9._/-]}
 */
public record Version(String id, StoredVersion version) {}
