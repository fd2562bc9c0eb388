package org.hikae.api.backup;

import java.nio.file.Path;

/**
 * A proof to make.
 *
 * @param generation id of the generation
 * @param scratch absolute path of a folder with room for what the check of the file system writes; null: in the home
 */
public record DrillRequest(String generation, Path scratch) {}
