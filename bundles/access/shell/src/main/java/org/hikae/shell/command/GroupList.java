package org.hikae.shell.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.hikae.shell.call.Call;

/**
 * The lines of a group list, as people give them: in a file, as arguments, or both. Whether a line means anything, the unit
 * knows.
 */
final class GroupList {

    private static final String STANDARD = "-";
    private static final String COMMENT = "#";
    /** Bytes: more is no list that somebody has written. */
    private static final int LONGEST = 4 << 20;

    private GroupList() {}

    /**
     * Those of the file, then the arguments.
     *
     * @param file null: none; {@code -}: standard input
     * @param patterns null: none
     */
    static List<String> of(Call call, String file, List<String> patterns) throws IOException {
        List<String> lines = new ArrayList<>();
        if (file != null) {
            read(call, file)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith(COMMENT))
                    .forEach(lines::add);
            if (lines.isEmpty()) {
                throw new IOException(file + " has no pattern: blank lines and those that begin with # are none");
            }
        }
        lines.addAll(patterns == null ? List.of() : patterns);
        return lines;
    }

    private static String read(Call call, String file) throws IOException {
        byte[] bytes;
        if (file.equals(STANDARD)) {
            bytes = call.caller().in().readNBytes(LONGEST + 1);
        } else if (Files.isDirectory(call.path(file))) {
            throw new IOException(file + " is a folder, and no list");
        } else {
            try (InputStream in = Files.newInputStream(call.path(file))) {
                bytes = in.readNBytes(LONGEST + 1);
            }
        }
        if (bytes.length > LONGEST) {
            throw new IOException(file + " is longer than the " + (LONGEST >> 20) + " MiB that a list may have");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // What it says beside that, a number of bytes, helps nobody.
            throw new IOException(file + " is not in UTF-8; write \\xHH for a byte of a name that is not");
        }
    }

    /** The line as a file has it: where it begins as a comment does, with a backslash before. */
    static String inFile(String line) {
        return line.startsWith(COMMENT) ? "\\" + line : line;
    }
}
