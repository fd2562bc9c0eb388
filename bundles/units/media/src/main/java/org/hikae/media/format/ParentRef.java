package org.hikae.media.format;

/**
 * A generation as another one remembers it, which builds upon it or has swallowed it in a merge (a.10).
 *
 * @param id {@code DISK@N}
 * @param medium where it was then
 * @param sha256 hash over its manifest: another generation under the same id is not the same generation
 */
public record ParentRef(String id, MediumRef medium, String sha256) {}
