package org.hikae.media.merge;

import org.hikae.media.format.Manifest;

/**
 * A merged generation that lacks nothing but its manifest.
 *
 * @param manifest complete, to be written as it is
 * @param movedBytes bytes of frames that were copied as they were
 * @param recodedBytes bytes of blocks that were compressed anew
 */
public record Merged(Manifest manifest, long movedBytes, long recodedBytes) {}
