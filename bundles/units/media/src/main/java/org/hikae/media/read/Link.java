package org.hikae.media.read;

import org.hikae.media.format.Manifest;
import org.hikae.media.medium.UsableMedium;

/**
 * A generation of a chain, with what is needed to read it.
 *
 * @param sha256 hash over its manifest object
 * @param log the medium of its log; null if the manifest names no objects there
 */
public record Link(Manifest manifest, String sha256, UsableMedium medium, UsableMedium log) {}
