package org.hikae.api.backup;

import java.nio.file.Path;
import java.util.List;

/**
 * A log to lay over an image (a.7).
 *
 * @param log the files of the log, absolute; all of them
 * @param image a raw image, absolute; written to
 */
public record ReplayRequest(List<Path> log, Path image) {}
