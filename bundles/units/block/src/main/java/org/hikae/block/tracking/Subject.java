package org.hikae.block.tracking;

import java.util.UUID;

/**
 * The disk whose changes are tracked.
 *
 * @param name for messages
 * @param blockSize bytes
 */
record Subject(String name, UUID id, int blockSize) {}
