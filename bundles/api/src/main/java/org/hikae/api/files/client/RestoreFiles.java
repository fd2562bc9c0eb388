package org.hikae.api.files.client;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What is to be given back (e.7).
 *
 * @param path a file, or a folder with all that was in it; absolute
 * @param at the state at this time, by the time of the local backups; null: the latest
 * @param to the folder in which it is put, under its own name; null: where it was
 * @param overwrite whether files are replaced that are newer than what is given back; else they stay, and are named
 * @param center name of the center that is asked; null: whoever has the row's files
 * @param incomplete whether it is no failure that some files cannot be given back: all others are in either case, and those are named
 */
public record RestoreFiles(String path, Instant at, Path to, boolean overwrite, String center, boolean incomplete) {

    /** One that fails if not all can be given back. */
    public RestoreFiles(String path, Instant at, Path to, boolean overwrite, String center) {
        this(path, at, to, overwrite, center, false);
    }
}
