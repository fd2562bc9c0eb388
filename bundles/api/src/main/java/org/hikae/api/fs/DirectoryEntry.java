package org.hikae.api.fs;

/**
 * A name in a directory. There are none for the directory itself and its parent.
 *
 * @param name one to 255 bytes without {@code /} and NUL
 * @param inode number of the file of that name
 */
public record DirectoryEntry(FileName name, long inode) {}
