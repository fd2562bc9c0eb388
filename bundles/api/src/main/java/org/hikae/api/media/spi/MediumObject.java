package org.hikae.api.media.spi;

/**
 * A committed object.
 *
 * @param name its name, as {@link Medium} defines it
 * @param length bytes
 */
public record MediumObject(String name, long length) {}
