package org.hikae.media.format;

/**
 * An object that belongs to a generation.
 *
 * @param length bytes
 * @param sha256 hash over all of it; null for objects of copied frames, whose frames have checksums in the index
 */
public record ObjectRef(String name, long length, String sha256) {}
