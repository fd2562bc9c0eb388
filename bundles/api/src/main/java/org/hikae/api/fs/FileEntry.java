package org.hikae.api.fs;

/**
 * A file under one of its names.
 *
 * @param path names as text ({@link FileName#toString}) from the root on, each after a {@code /}; the root is {@code /}
 */
public record FileEntry(String path, FileAttributes attributes) {}
