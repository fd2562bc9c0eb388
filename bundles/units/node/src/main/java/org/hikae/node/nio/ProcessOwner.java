package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whom this process runs as, as Linux tells it in {@code /proc/self/status}. */
final class ProcessOwner {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** What is usual where the system does not tell. */
    private static final NewFiles UNKNOWN = new NewFiles(0, 0, 022);

    private ProcessOwner() {}

    static NewFiles newFiles() {
        try {
            return parse(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** From lines such as {@code Uid: 1000 1000 1000 1000}, of which the last number is the one for files. */
    static NewFiles parse(List<String> status) {
        Map<String, String> values = new HashMap<>();
        for (String line : status) {
            String[] words = line.split("[:\\s]+");
            values.put(words[0], words[words.length - 1]);
        }
        return new NewFiles(
                Long.parseLong(values.getOrDefault("Uid", Long.toString(UNKNOWN.uid()))),
                Long.parseLong(values.getOrDefault("Gid", Long.toString(UNKNOWN.gid()))),
                Integer.parseInt(values.getOrDefault("Umask", Integer.toOctalString(UNKNOWN.mask())), 8));
    }
}
