package org.hikae.api.group;

import java.util.List;

/**
 * A group of files (b.1) of one disk.
 *
 * @param name a letter or digit, then up to 62 letters, digits, dots, dashes and underscores; unique on the platform
 * @param disk name of the disk
 * @param list its group list ([0090]), at least one line: see {@link Groups}
 */
public record Group(String name, String disk, List<String> list) {

    public Group {
        list = List.copyOf(list);
    }
}
