package org.hikae.api.copy;

import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.media.GenerationReader;

/**
 * A copy from a generation onto a device.
 *
 * @param wanted the blocks to copy, in the generation's block size; null: all. What is not wanted is left as it is
 * @param target at least as large as the generation
 * @param targetIsZero true: the target holds nothing but zeros so far, so that zeros need not be written
 * @param bytesPerSecond limit of the writing rate in bytes per second; 0: none
 */
public record RestoreCopy(
        GenerationReader source, BlockSet wanted, BlockDevice target, boolean targetIsZero, long bytesPerSecond) {}
