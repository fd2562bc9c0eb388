package org.hikae.fs.shared.model;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/** A file of the model. */
final class ModelFile {

    final FileType type;
    int mode;
    long size;
    /** Of a directory: the one that it is in. */
    long parent;
    /** Number of names. */
    int names = 1;
    /** What was written to its blocks, by their numbers. */
    final TreeMap<Long, Integer> content = new TreeMap<>();

    final TreeMap<FileName, Long> entries = new TreeMap<>();
    final TreeMap<FileName, String> attributes = new TreeMap<>();
    final Map<Long, Integer> openers = new HashMap<>();

    ModelFile(FileType type, int mode, long parent) {
        this.type = type;
        this.mode = mode;
        this.parent = parent;
    }

    ModelFile copy() {
        ModelFile copy = new ModelFile(type, mode, parent);
        copy.size = size;
        copy.names = names;
        copy.content.putAll(content);
        copy.entries.putAll(entries);
        copy.attributes.putAll(attributes);
        return copy;
    }

    boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    boolean isThere() {
        return names > 0 || !openers.isEmpty();
    }
}
