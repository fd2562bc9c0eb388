package org.hikae.media.format;

/**
 * The generation that another one builds upon, as that one remembers it.
 *
 * @param id {@code DISK@N}
 * @param medium where it was when the other was made
 * @param sha256 hash over its manifest: another generation under the same id is not the same generation
 */
public record ParentRef(String id, MediumRef medium, String sha256) {}
