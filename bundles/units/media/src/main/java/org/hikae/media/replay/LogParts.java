package org.hikae.media.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.media.format.ObjectHeader;

/** Finds out whether files are the parts of one log, and brings them into their order. */
final class LogParts {

    private LogParts() {}

    /**
     * The parts of a log in their order, without gaps from the first one on. Whether the last one is the log's end, only
     * its frames say.
     *
     * @throws IOException if a file is no part of a log, or they are not of one log, or one is missing or there twice
     */
    static List<LogPart> of(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            throw new IOException("there is no log to lay over; give its files");
        }
        List<LogPart> parts = new ArrayList<>();
        Map<Object, LogPart> byKey = new HashMap<>();
        for (Path file : files) {
            LogPart part = LogPart.of(file);
            LogPart twin = part.key() == null ? null : byKey.putIfAbsent(part.key(), part);
            if (twin != null) {
                throw new IOException(
                        twin.path() + " and " + file + " are the same file; give each part of the log once");
            }
            checkSameLog(parts.isEmpty() ? part : parts.get(0), part);
            parts.add(part);
        }
        parts.sort(Comparator.comparingInt(part -> part.header().sequence()));
        checkSequence(parts);
        return List.copyOf(parts);
    }

    private static void checkSameLog(LogPart first, LogPart other) throws IOException {
        ObjectHeader a = first.header();
        ObjectHeader b = other.header();
        boolean same = a.diskId().equals(b.diskId())
                && a.generation() == b.generation()
                && a.version() == b.version()
                && a.size() == b.size()
                && a.blockSize() == b.blockSize();
        if (!same) {
            throw new IOException(first.path() + " and " + other.path() + " are parts of different logs (" + name(a)
                    + ", and " + name(b) + "); give the parts of one");
        }
    }

    private static void checkSequence(List<LogPart> parts) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            int sequence = parts.get(i).header().sequence();
            if (i > 0 && sequence == parts.get(i - 1).header().sequence()) {
                throw new IOException(parts.get(i - 1).path() + " and "
                        + parts.get(i).path() + " are both part " + sequence + " of the log; give each part once");
            } else if (sequence != i) {
                throw new IOException(
                        "part " + i + " of the log of " + name(parts.get(0).header())
                                + " is missing; give all of its files, of which there are at least "
                                + (parts.get(parts.size() - 1).header().sequence() + 1));
            }
        }
    }

    /** The generation that a log is of, as users can find it. */
    static String name(ObjectHeader header) {
        return "generation " + header.generation() + " of disk " + header.diskId();
    }
}
