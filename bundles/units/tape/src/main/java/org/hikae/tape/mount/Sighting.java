package org.hikae.tape.mount;

import java.time.Instant;

/**
 * What was seen at the beginning of a cartridge, the last time that it was in a drive. Before it is written it is looked at
 * again.
 *
 * @param barcode by which the library knows it
 * @param library name of the library that it was in
 * @param contents null if it could not be read
 * @param problem why it could not be read; null if it could
 * @param seen when
 */
public record Sighting(String barcode, String library, Contents contents, String problem, Instant seen) {}
