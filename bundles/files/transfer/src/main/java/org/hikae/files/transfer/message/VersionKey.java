package org.hikae.files.transfer.message;

import org.hikae.api.fs.FileName;

/**
 * Names a version within an origin.
 *
 * @param run in which it came
 */
public record VersionKey(String backup, long run, FileName path) {}
