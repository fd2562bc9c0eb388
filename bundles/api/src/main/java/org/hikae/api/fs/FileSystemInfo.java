package org.hikae.api.fs;

import java.util.List;

/**
 * What a file system says of itself.
 *
 * @param format the format, exactly, such as {@code ext4}
 * @param label the name that people gave it; empty if none
 * @param id its own id, mostly a UUID; empty if it has none
 * @param blockSize bytes, a power of two; the unit of all block numbers of the file system
 * @param blockCount number of blocks; the device may be larger
 * @param fileCount number of files that it has room for; -1 if there is no such limit
 * @param features names of the format's features that it uses
 * @param stamp changes with every writing mount or repair, and means nothing else (R14); empty if the format keeps
 *     nothing of that kind
 * @param notes what people should know, a sentence each, such as that its journal is not replayed
 * @param outdated why names and files are shown as they were before, and not as a mount would show them, in a sentence;
 *     null if they are not
 */
public record FileSystemInfo(
        String format,
        String label,
        String id,
        int blockSize,
        long blockCount,
        long fileCount,
        List<String> features,
        String stamp,
        List<String> notes,
        String outdated) {

    public FileSystemInfo {
        features = List.copyOf(features);
        notes = List.copyOf(notes);
    }
}
