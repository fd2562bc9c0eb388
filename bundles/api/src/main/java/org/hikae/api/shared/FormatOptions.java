package org.hikae.api.shared;

import java.util.UUID;

/**
 * How a file system is to be made.
 *
 * @param id its id
 * @param label the name that people give it, of at most 64 bytes in UTF-8; may be empty
 * @param metadataBytes size of the metadata region; 0: chosen by the size of the disk
 * @param uid owner of the root directory
 * @param gid group of the root directory
 */
public record FormatOptions(UUID id, String label, long metadataBytes, long uid, long gid) {}
