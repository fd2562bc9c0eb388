package org.hikae.api.media.tier;

import java.util.List;

/**
 * What was copied.
 *
 * @param objects number of objects that were copied
 * @param bytes that were copied; holes do not count
 * @param present number of objects that had copies already
 * @param cartridges barcodes of those that were written, in their order
 */
public record TierReport(int objects, long bytes, int present, List<String> cartridges) {}
