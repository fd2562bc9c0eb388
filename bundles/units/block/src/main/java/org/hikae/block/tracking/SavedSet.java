package org.hikae.block.tracking;

/**
 * A file with blocks that were changed in some epochs. Several files may stand for the same epochs; their union counts.
 *
 * @param file number of the file
 * @param epochs the epochs that it stands for
 */
record SavedSet(long file, Span epochs) {}
