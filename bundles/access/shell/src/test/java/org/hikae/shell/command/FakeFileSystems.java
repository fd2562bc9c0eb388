package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.DiskNotBlankException;
import org.hikae.api.shared.FileSystems;
import org.hikae.api.shared.FormatOptions;
import org.hikae.api.shared.SharedFileSystem.Space;

/** Remembers what was formatted. */
final class FakeFileSystems implements FileSystems {

    /** What was formatted, and how. */
    record Formatted(String disk, String format, FormatOptions options, boolean force) {}

    final List<Formatted> formatted = new ArrayList<>();
    final Map<Long, String> paths = new HashMap<>();
    boolean blank = true;
    CheckReport report = new CheckReport(12, 3, 1000, List.of(), 0);

    @Override
    public void format(String disk, String format, FormatOptions options, boolean force) throws IOException {
        if (!blank && !force) {
            throw new DiskNotBlankException("disk '" + disk + "' holds an ext4 file system");
        }
        formatted.add(new Formatted(disk, format, options, force));
    }

    @Override
    public CheckReport check(String disk) {
        return report;
    }

    @Override
    public Space space(String disk) throws IOException {
        if (!disk.equals("work")) {
            throw new IOException("disk '" + disk + "' has no file system that nodes share");
        }
        return new Space(4096, 60000, 45000, 12, 16 << 20, 2 << 20, 12 << 20);
    }

    @Override
    public Map<Long, String> paths(String disk, Set<Long> inodes, int most) {
        Map<Long, String> found = new HashMap<>(paths);
        found.keySet().retainAll(inodes);
        return found;
    }

    @Override
    public void unmount(String disk) {
        throw new UnsupportedOperationException("the shell unmounts nothing");
    }
}
