package org.hikae.media.format;

import java.util.UUID;

/**
 * A medium as a generation remembers it.
 *
 * @param name its name when the generation was made
 */
public record MediumRef(UUID id, String name) {}
